"""The house's own rules, checked on the house itself. The reasons stand in docs/house.md."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from samverkan import states

ROOT = Path(settings.BASE_DIR)
FLOORS = [
    "journal",
    "municipalities",
    "accounts",
    "attachments",
    "accessibility",
    "indicators",
    "partnerships",
    "situation",
    "agreements",
    "dialogues",
    "citizen_promises",
    "followup",
    "five_steps",
    "subscriptions",
    "overview",
    "residents",
    "reports",
    "demo",
    "samverkan",
]
# Doors that open without signing in. Adding one is a decision: write it here and say why in its docstring.
PUBLIC = {
    "accessibility:privacy",
    "accessibility:report",
    "accessibility:statement",
    "accessibility:thanks",
    "accounts:accept",
    "dialogues:reply",
    "dialogues:thanks",
    # What residents read stands open in whole: the room has no other doors.
    "residents:calendar",
    "residents:county_feed",
    "residents:embed",
    "residents:follow",
    "residents:municipality_feed",
    "residents:nation_feed",
    "residents:panel",
    "residents:promise_feed",
    "residents:agreement",
    "residents:county",
    "residents:data",
    "residents:data_set",
    "residents:openapi",
    "residents:schema",
    "residents:dialogue",
    "residents:document",
    "residents:municipality",
    "residents:nation",
    "residents:promise",
    "residents:qr",
    "residents:register",
    "health",
    "subscriptions:confirm",
    "subscriptions:end",
    "subscriptions:municipality",
    "subscriptions:promise",
}
PRODUCTION = [
    path for room in [*FLOORS, "lib"] for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name(path):
    return str(path.relative_to(ROOT))


def code_lines(path):
    return [line for line in path.read_text().splitlines() if line.strip() and not line.strip().startswith("#")]


@pytest.mark.parametrize("room", FLOORS)
def test_keys_point_downstairs(room):
    for model in apps.get_app_config(room).get_models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model._meta.label == "accounts.User":
                continue
            target = field.related_model._meta.app_label
            assert FLOORS.index(target) <= FLOORS.index(room), f"{model._meta.label}.{field.name}"


def test_keys_between_rooms_leave_no_attribute_below():
    for room in FLOORS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model._meta.app_label != room:
                    assert field.remote_field.related_name.endswith("+"), f"{model._meta.label}.{field.name}"


def views(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from views(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback


def test_only_the_listed_doors_are_open_to_all():
    ours = {
        door
        for door, view in views()
        if not getattr(view, "login_required", True) and not view.__module__.startswith("allauth")
    }

    assert ours == PUBLIC


# The demo's cases are stories, long because history is.
@pytest.mark.parametrize("path", [path for path in PRODUCTION if path.parent.name != "cases"], ids=name)
def test_files_fit_in_their_room(path):
    assert len(code_lines(path)) <= 300


@pytest.mark.parametrize("path", [p for p in PRODUCTION if p.name == "views.py" or "views" in p.parts], ids=name)
def test_views_are_short(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 25, f"{name(path)}:{node.name}"


# Public registers; and how a view begins to ask for anything else. The rest lies under what was found so.
REGISTERS = {"Municipality", "LocalPoliceArea", "Indicator"}
ASKED = {"visible_to", "of", "public", "ever_public", "about", "by_token", "by_key", "none"}
UNDER = ("in=visible", "cycle=cycle", "email=invitation.email")


@pytest.mark.parametrize("path", [p for p in PRODUCTION if p.name == "views.py" or "views" in p.parts], ids=name)
def test_views_fetch_only_what_may_be_seen(path):
    found = re.findall(r"\b([A-Z]\w+)\.objects\.(\w+)\(([^)]*)", path.read_text())

    assert [
        (model, method)
        for model, method, said in found
        if model not in REGISTERS and method not in ASKED and not any(under in said for under in UNDER)
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_are_short_and_carry_no_inline_code(path):
    text = path.read_text()

    assert len(text.splitlines()) <= (80 if path.name == "base.html" else 100)
    assert not re.search(r"<[^>]+\sstyle\s*=|<style|<[^>]+\son[a-z]+\s*=|<script(?![^>]*\bsrc=)[^>]*>", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_comments_in_templates_end_on_their_line(path):
    """Django shows a {# comment #} that runs over two lines to the reader."""
    assert [line for line in path.read_text().splitlines() if line.count("{#") != line.count("#}")] == []


def test_the_tables_of_steps_are_documented():
    assert states.PATH.read_text() == states.document(), "run manage.py write_states"


@pytest.mark.parametrize("table", states.tables().values(), ids=states.tables().keys())
def test_a_step_leads_somewhere_else_and_somebody_may_take_it(table):
    assert len({step.verb for step in table}) == len(table)
    for step in table:
        assert step.roles, step.verb
        assert step.old, step.verb
        assert step.new not in step.old, step.verb
