"""The tables of steps as a document: docs/states.md is written from the rules, never by hand."""

import importlib
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings

from accounts.models import Role
from journal.steps import Step

PATH = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD = """# Lägen och steg

Skrivs av `manage.py write_states` ur reglerna i varje rum; ändra där, inte här. Varje rad är ett steg som en person
kan ta: knappens text, från vilket läge, till vilket, och vem som får.
"""


def tables() -> dict[str, list[Step]]:
    """Every list of steps in every room's rules, by "room.NAME", in the house's order."""
    found: dict[str, list[Step]] = {}
    for app in apps.get_app_configs():
        if not app.path.startswith(str(settings.BASE_DIR)) or not find_spec(f"{app.name}.rules"):
            continue
        rules = importlib.import_module(f"{app.name}.rules")
        for name, value in vars(rules).items():
            if name.endswith("STEPS") and isinstance(value, list | tuple) and value:
                found[f"{app.name}.{name}"] = list(value)
    return found


def document() -> str:
    """The whole of docs/states.md."""
    return HEAD + "".join(_section(name, steps) for name, steps in tables().items())


def _section(name: str, steps: list[Step]) -> str:
    lines = [
        f"\n## {name}\n",
        "| steg | knapp | från | till | vem | motivering |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for step in steps:
        old = ", ".join(_label(status) for status in step.old)
        who = ", ".join(sorted(Role(role).label for role in step.roles))
        reason = "krävs" if step.asks_reason else ""
        lines.append(f"| `{step.verb}` | {step.label} | {old} | {_label(step.new)} | {who} | {reason} |")
    return "\n".join(lines) + "\n"


def _label(status: str) -> str:
    return str(getattr(status, "label", status))
