"""Two people at the same moment: one is done, the other is told, and nothing is overwritten."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from journal.steps import NotAllowed, take
from partnerships import actions
from partnerships.models import Cycle, Party
from partnerships.rules import CANCEL, CLOSE
from tests import factories
from tests.partnerships.conftest import needs_row_locks

pytestmark = [needs_row_locks, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 3, 12)
ROUNDS = 8


def told(answers, sentence=""):
    """That one answer is a refusal with the sentence, and the rest are not."""
    refusals = [a for a in answers if isinstance(a, ValidationError | NotAllowed)]
    assert not [a for a in answers if isinstance(a, Exception) and a not in refusals], answers
    return len(refusals) == 1 and sentence in str(refusals[0])


def test_two_fill_a_seat_for_the_same_days(at_once, seat, anna, bo):
    """Closed periods, which no unique constraint would stop."""
    for number in range(ROUNDS):
        starts = DAY + dt.timedelta(days=10 * number)
        both = [
            lambda by=by, starts=starts: actions.fill(
                seat, by=by, name=by.name, starts=starts, ends=starts + dt.timedelta(days=5)
            )
            for by in (anna, bo)
        ]
        assert told(at_once(*both), "har redan funktionen")
    assert seat.holdings.count() == ROUNDS


def test_two_replace_the_same_holder(at_once, holding, anna, bo):
    both = [lambda by=by: actions.replace(holding, by=by, name=by.name, starts=DAY) for by in (anna, bo)]
    assert told(at_once(*both), "har redan funktionen")
    assert holding.seat.holdings.count() == 2


def test_one_fills_while_another_ends_the_function(at_once, seat, anna, bo):
    answers = at_once(
        lambda: actions.fill(seat, by=anna, name="Karin", starts=DAY),
        lambda: actions.end_seat(seat, by=bo, ends=DAY - dt.timedelta(days=1)),
    )
    assert told(answers)


def test_two_open_a_main_cycle(at_once, partnership, anna, bo):
    both = [lambda by=by: actions.open_cycle(partnership, by=by, name=by.name, starts=DAY) for by in (anna, bo)]
    assert told(at_once(*both), "Det finns redan en öppen omgång.")
    assert partnership.cycles.count() == 1


def test_one_closes_while_another_cancels(at_once, cycle, anna, bo):
    ends = {"closed_on": cycle.starts, "closed_reason": "Slut"}
    answers = at_once(
        lambda: take(CLOSE, cycle, by=anna, note="Klart.", **ends),
        lambda: take(CANCEL, Cycle.objects.get(pk=cycle.pk), by=bo, note="Klart.", **ends),
    )
    assert told(answers, "läget har ändrats")


def test_the_last_two_municipalities_do_not_both_leave(at_once, partnership, anna, eva, organisations):
    factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"], created_by=eva)
    parties = Party.objects.filter(organisation__kind="municipality").select_related("partnership")
    both = [
        lambda party=party, by=by: actions.let_leave(party, by=by, left=DAY, reason="Slut")
        for party, by in zip(parties, (anna, eva), strict=True)
    ]
    assert told(at_once(*both), "Minst en part måste vara en kommun")


def test_two_add_the_same_party(at_once, partnership, organisations, anna, bo):
    both = [
        lambda by=by: actions.add_party(
            partnership, by=by, organisation=organisations["landskrona"], kind="main", joined=DAY
        )
        for by in (anna, bo)
    ]
    assert told(at_once(*both), "är redan part")
    assert partnership.parties.count() == 3
