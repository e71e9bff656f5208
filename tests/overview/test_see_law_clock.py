"""Two years after the decision the law wants a new lägesbild (2023:196, 6 §): half a year before, it shows."""

import pytest

from lib.dates import add_months, today
from overview import todo
from situation.models import LegalDecision
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(full, cycle, lycksele, bo):
    """A decision so many months ago."""

    def note(months):
        picture = factories.PictureFactory(partnership=full, cycle=cycle)
        made = {"municipality": lycksele, "body": "Kommunstyrelsen", "created_by": bo}
        return LegalDecision.objects.create(picture=picture, decided_on=add_months(today(), -months), **made)

    return note


def waiting(person):
    return [item.word for group in todo.groups(person, today()) for item in group.items if item.kind == "law"]


@pytest.mark.parametrize(
    ("months", "word", "waits"), [(6, "Aktuell", False), (20, "Snart två år", True), (25, "Två år har gått", True)]
)
def test_the_clock_shows_on_the_page_and_among_what_waits(client, anna, decided, months, word, waits):
    decided(months)
    client.force_login(anna)

    assert word in client.get("/kommuner/lycksele/").text
    assert bool(waiting(anna)) == waits


def test_only_the_latest_decision_counts(anna, decided):
    decided(30)
    decided(2)

    assert waiting(anna) == []


def test_without_a_decision_the_page_says_so(client, anna, full):
    client.force_login(anna)

    assert "Inget beslut om lagens lägesbild är noterat." in client.get("/kommuner/lycksele/").text
