"""Settling a line of the five steps: confirm, begin, dismiss, reopen."""

import pytest
from django.db import IntegrityError

from five_steps import actions
from five_steps.handbook import LINES
from five_steps.models import StepLine
from five_steps.rules import STEPS, may
from journal.models import Event
from journal.steps import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def address(cycle, code="S1.1", verb="bekrafta"):
    return f"/steg/{cycle.pk}/{code}/{verb}/"


def row(cycle, code="S1.1"):
    return StepLine.objects.filter(cycle=cycle, code=code).first()


def test_a_coordinator_confirms_a_line_by_hand(client, bo, cycle):
    client.force_login(bo)
    response = client.post(address(cycle), {"confirm-note": "Beslut i styrgruppen 14 januari."})

    assert response.headers["Location"] == f"/steg/{cycle.pk}/S1.1/"
    assert row(cycle).status == StepLine.Status.DONE
    assert (row(cycle).reason, row(cycle).proven) == ("Beslut i styrgruppen 14 januari.", False)
    assert (row(cycle).confirmed_by, row(cycle).evidence) == (bo, ["Bekräftas för hand"])


def test_what_was_done_stands_in_the_book(client, bo, cycle):
    client.force_login(bo)
    client.post(address(cycle), {"confirm-note": "Beslut."})

    event = Event.objects.about(row(cycle)).get()
    assert (event.verb, event.by, event.note) == ("confirm", bo, "Beslut.")
    assert event.changes["status"] == {"label": "Läge", "from": "Ej påbörjad", "to": "Klar"}


def test_without_full_evidence_the_person_must_say_what_shows_it(client, bo, cycle):
    client.force_login(bo)
    response = client.post(address(cycle), {"confirm-note": " "})

    assert response.status_code == 422
    assert "Skriv vad som visar att raden är klar, eftersom det inte syns i systemet." in response.text
    assert row(cycle) is None


def test_with_full_evidence_no_words_are_needed(client, bo, cycle, seat):
    seat("communication")
    client.force_login(bo)
    client.post(address(cycle, "S1.4"))

    assert row(cycle, "S1.4").proven
    assert row(cycle, "S1.4").evidence == ["Kommunikationsansvarig är tillsatt."]


def test_the_database_refuses_a_confirmation_without_evidence_or_words(bo, cycle):
    with pytest.raises(IntegrityError):
        actions.confirm(cycle, "S1.1", by=bo)


def test_a_line_is_begun(client, bo, cycle):
    client.force_login(bo)
    client.post(address(cycle, verb="paborja"))

    assert row(cycle).status == StepLine.Status.ONGOING


def test_a_line_that_is_begun_can_be_confirmed(bo, anna, cycle):
    actions.begin(cycle, "S1.1", by=bo)
    actions.confirm(cycle, "S1.1", by=anna, note="Beslut.")

    assert row(cycle).status == StepLine.Status.DONE


def test_a_line_is_dismissed_with_a_reason(client, bo, cycle):
    client.force_login(bo)
    client.post(address(cycle, "S4.5a", "ej-aktuell"), {"dismiss-note": "Inga löften i år."})

    assert row(cycle, "S4.5a").status == StepLine.Status.NOT_APPLICABLE
    assert row(cycle, "S4.5a").reason == "Inga löften i år."


@pytest.mark.parametrize("verb", ["ej-aktuell", "oppna-igen"])
def test_a_reason_is_asked_for(client, bo, cycle, verb):
    if verb == "oppna-igen":
        actions.confirm(cycle, "S1.1", by=bo, note="Beslut.")
    client.force_login(bo)
    before = row(cycle)

    assert client.post(address(cycle, verb=verb)).status_code == 422
    assert row(cycle) == before


def test_a_settled_line_is_opened_again_and_nothing_is_lost(client, bo, anna, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Beslut.")
    client.force_login(anna)
    client.post(address(cycle, verb="oppna-igen"), {"reopen-note": "Ny ledning."})

    assert (row(cycle).status, row(cycle).confirmed_by) == (StepLine.Status.ONGOING, None)
    assert [event.note for event in Event.objects.about(row(cycle))] == ["Ny ledning.", "Beslut."]


# --- Two at once, and too late


def test_the_second_of_two_who_confirm_is_told(client, bo, anna, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Mötet den 14.")
    client.force_login(anna)
    response = client.post(address(cycle), {"confirm-note": "Mötet den 15."}, follow=True)

    assert "läget har ändrats sedan sidan öppnades" in response.text
    assert (row(cycle).confirmed_by, row(cycle).reason) == (bo, "Mötet den 14.")


def test_a_line_is_not_dismissed_after_it_was_confirmed(bo, anna, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Beslut.")

    with pytest.raises(NotAllowed):
        actions.dismiss(cycle, "S1.1", by=anna, note="Behövs inte.")


def test_a_closed_cycle_does_not_change(client, bo, cycle):
    type(cycle).objects.filter(pk=cycle.pk).update(status="closed", closed_on=cycle.starts)
    client.force_login(bo)
    response = client.post(address(cycle), {"confirm-note": "Beslut."}, follow=True)

    assert "läget har ändrats" in response.text
    assert row(cycle) is None


# --- Who


def test_a_stranger_finds_nothing(client, eva, cycle):
    client.force_login(eva)

    assert client.post(address(cycle), {"confirm-note": "Beslut."}).status_code == 404


def test_an_unknown_line_is_not_found(client, bo, cycle):
    client.force_login(bo)

    assert client.post(address(cycle, "S9.9"), {"confirm-note": "Beslut."}).status_code == 404


@pytest.mark.parametrize("verb", ["paborja", "bekrafta", "ej-aktuell", "oppna-igen"])
def test_a_button_cannot_be_followed_as_a_link(client, bo, cycle, verb):
    client.force_login(bo)

    assert client.get(address(cycle, verb=verb)).status_code == 405


# Who may make any of the moves, on a line of both, of the police and of the municipality.
WHO = {
    "anna": (True, False, True),
    "bo": (True, True, False),
    "cecilia": (False, False, False),
    "david": (False, False, False),
    "eva": (False, False, False),
    "fia": (False, False, False),
    "greta": (False, False, False),
    "hans": (False, False, False),
    "lisa": (False, False, False),
    "ove": (False, False, False),
}


@pytest.mark.parametrize("first", WHO)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.verb)
def test_who_may(cast, cycle, first, step):
    lines = [LINES[code] for code in ("S1.1", "S2.1P", "S2.1K")]

    assert tuple(may(cast[first], step, cycle, line) for line in lines) == WHO[first]


@pytest.mark.parametrize("first", ["cecilia", "hans", "fia", "greta", "ove"])
def test_those_who_may_only_read_are_refused(client, cast, cycle, first):
    client.force_login(cast[first])

    assert client.post(address(cycle), {"confirm-note": "Beslut."}).status_code == 403
    assert row(cycle) is None


def test_a_municipalitys_own_cycle_is_not_for_its_neighbour(partnership, lycksele, anna, bo, eva, organisations):
    factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"])
    local = factories.CycleFactory(partnership=partnership, municipality=lycksele)

    assert [may(who, STEPS[0], local, LINES["S1.1"]) for who in (anna, bo, eva)] == [True, True, False]


# Every move from every status: it starts where the table says and nowhere else.
FROM = {
    "begin": {"not_started"},
    "confirm": {"not_started", "ongoing"},
    "dismiss": {"not_started", "ongoing"},
    "reopen": {"done", "not_applicable"},
}


@pytest.mark.parametrize("status", StepLine.Status.values)
@pytest.mark.parametrize("verb", FROM)
def test_a_move_starts_where_the_table_says(bo, cycle, verb, status):
    to_get_there = {"ongoing": "begin", "done": "confirm", "not_applicable": "dismiss"}
    notes = {"begin": {}}
    if earlier := to_get_there.get(status):
        getattr(actions, earlier)(cycle, "S1.1", by=bo, **notes.get(earlier, {"note": "Skäl."}))

    try:
        getattr(actions, verb)(cycle, "S1.1", by=bo, **notes.get(verb, {"note": "Skäl."}))
        moved = True
    except NotAllowed:
        moved = False

    assert moved == (status in FROM[verb])
