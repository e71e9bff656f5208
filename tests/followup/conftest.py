"""A decided measure with a log, a published promise, and what is typed for each kind of follow-up."""

import datetime as dt

import pytest
import time_machine

from tests import factories
from tests.promising import publish

COMMON = {
    "period_from": "2026-01-01",
    "period_to": "2026-06-15",
    "outcome": "16 av 25 fotpatruller",
    "decision": "continue",
    "decision_why": "Det märks på torget.",
    "revision": 0,
}
TYPED = {
    "production": COMMON | {"carried_out": "yes"},
    "process": COMMON | {"lessons": "Boka passen i januari.", "hours": 120, "cost": 45000},
    "effect": COMMON
    | {
        "baseline": "14 brott 2025",
        "measured": "9 brott 2026",
        "grounds": "several",
        "change": "decreased",
        "contribution": "partly",
        "contribution_why": "Minskningen kom där vi gick.",
        "other_explanations": "Krogen stängde i mars.",
    },
}


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def measure(cycle, police, lycksele):
    """A measure of Lycksele, with 16 of 25 done."""
    problem = factories.ProblemFactory(cycle=cycle)
    made = factories.MeasureFactory(
        problem=problem, responsible=police, municipality=lycksele, status="ongoing", ends=dt.date(2027, 3, 31)
    )
    for count in (7, 9):
        factories.MeasureLogFactory(measure=made, count=count)
    return made


@pytest.fixture
def promise(cycle, lycksele, bo):
    """A published promise of Lycksele."""
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    made = factories.PromiseFactory(document=document)
    publish(document, by=bo)
    return made


@pytest.fixture
def draft(measure, bo):
    """A production follow-up of the measure, as a draft."""
    return factories.FollowUpFactory(
        measure=measure, municipality=measure.municipality, created_by=bo, decision_why="Det märks på torget."
    )


def errors(response):
    """The form's errors as {field: [sentence]}, "" for the form as a whole."""
    return {("" if name == "__all__" else name): list(found) for name, found in response.context["form"].errors.items()}


def told(response):
    """The messages on the page."""
    return [str(message) for message in response.context["messages"]]
