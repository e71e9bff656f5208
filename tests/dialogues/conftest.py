"""A dialogue in Lycksele that the police and the municipality hold, on a day in June."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache

from tests import factories

NOW = dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def _own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def make(cycle, lycksele, partnership, bo):
    """A dialogue of that kind in that status, held by police and municipality."""

    def made(**fields):
        organisers = fields.pop("organisers", None)
        fields = {"cycle": cycle, "municipality": lycksele, "created_by": bo} | fields
        dialogue = factories.DialogueFactory(**fields)
        dialogue.organisers.set(organisers or partnership.parties.all())
        return dialogue

    return made


@pytest.fixture
def planned(make):
    return make()


@pytest.fixture
def held(make):
    return make(status="held")


@pytest.fixture
def theme(held, bo):
    return factories.ThemeFactory(dialogue=held, created_by=bo)


@pytest.fixture
def walk(make):
    return make(kind="walk", method="walk", status="held", title="Vandring i centrum")


@pytest.fixture
def staff(make, police):
    """The police's own dialogue with its staff, not shared."""
    return make(kind="staff_what", method="staff_meeting", municipality=None, organisers=[police], title="Personalen")


@pytest.fixture
def done(held, theme):
    """Held, its theme answered and those who took part told."""
    type(theme).objects.update(outcome="not_now", answer="Inte i år.", answered_on="2026-06-01")
    type(held).objects.filter(pk=held.pk).update(
        feedback="Det här hörde vi.", feedback_how="På webben", feedback_on="2026-06-10"
    )
    held.refresh_from_db()
    return held


@pytest.fixture
def asking(planned, bo):
    """Open to residents until the end of the month, with one question of each kind."""
    ask = {"dialogue": planned, "created_by": bo}
    factories.QuestionFactory(**ask, text="Var är det otryggt?")
    factories.QuestionFactory(**ask, text="Är du ute på kvällen?", kind="choice", options=["Ja", "Nej"])
    factories.QuestionFactory(**ask, text="Hur trygg är du?", kind="scale")
    type(planned).objects.filter(pk=planned.pk).update(
        opens_at=NOW - dt.timedelta(days=1), closes_at=dt.datetime(2026, 6, 30, 22, tzinfo=dt.UTC)
    )
    planned.refresh_from_db()
    return planned


def errors(response, form="form"):
    """The form's errors as {field: [sentence]}, "" for the form as a whole."""
    return {("" if name == "__all__" else name): list(found) for name, found in response.context[form].errors.items()}


def told(response):
    """The messages on the page."""
    return [str(message) for message in response.context["messages"]]
