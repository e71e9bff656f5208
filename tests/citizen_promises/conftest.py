"""A draft with one promise, the same published, and the day on which everything happens."""

import datetime as dt

import pytest
import time_machine

from tests import factories, promising

DAY = dt.date(2026, 6, 15)


@pytest.fixture(autouse=True)
def clock():
    """The moment at which everything happens; `move_to` another."""
    with time_machine.travel(dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def measure(cycle, police):
    problem = factories.ProblemFactory(cycle=cycle)
    return factories.MeasureFactory(problem=problem, responsible=police, title="Fotpatruller på torget")


@pytest.fixture
def draft(cycle, lycksele, bo):
    """A document for Lycksele without promises."""
    return factories.PromiseDocumentFactory(
        cycle=cycle,
        municipality=lycksele,
        created_by=bo,
        title="Löften i Lycksele 2026–2027",
        starts=dt.date(2026, 4, 1),
        ends=dt.date(2028, 3, 31),
    )


@pytest.fixture
def promise(draft, bo):
    """25 foot patrols, in the draft."""
    return factories.PromiseFactory(document=draft, created_by=bo, why="Många undviker torget sena kvällar.")


@pytest.fixture
def published(draft, promise, bo):
    """The draft with its promise, published by the police."""
    promising.publish(draft, by=bo)
    return draft


@pytest.fixture
def publish(cycle, lycksele, bo):
    """Publish a document with one promise (or those texts), for Lycksele unless said otherwise."""

    def make(*texts, by=bo, **fields):
        fields = {"cycle": cycle, "municipality": lycksele} | fields
        document = factories.PromiseDocumentFactory(**fields)
        for order, text in enumerate(texts or ("Synlig polis i centrum",), start=1):
            factories.PromiseFactory(document=document, text=text, order=order)
        promising.publish(document, by=by)
        return document

    return make


@pytest.fixture
def neighbour(partnership, organisations):
    """Landskrona joins the partnership: Eva is then inside, but speaks only to Landskrona's residents."""
    return factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"])


@pytest.fixture
def document_data(cycle, lycksele):
    """What is typed to begin a document."""
    return {
        "municipality": lycksele.pk,
        "cycle": cycle.pk,
        "title": "Löften 2027",
        "starts": "2027-01-01",
        "ends": "2027-12-31",
        "situation": "Torget är mörkt.",
        "how_made": "Dialog i mars.",
        "follow_up": "Vi berättar varje halvår.",
        "revision": 0,
    }


@pytest.fixture
def promise_data():
    """What is typed to add a promise."""
    return {
        "text": "Vi går fotpatrull 25 kvällar.",
        "promiser": "police",
        "planned_count": 25,
        "unit": "fotpatruller",
        "function": "Områdespolis",
        "revision": 0,
    }


def errors(response):
    """The form's errors as {field: [sentence]}, "" for the form as a whole."""
    return {("" if name == "__all__" else name): list(found) for name, found in response.context["form"].errors.items()}


def told(response):
    """The messages on the page."""
    return [str(message) for message in response.context["messages"]]
