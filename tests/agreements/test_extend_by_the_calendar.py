"""How long an agreement lasts is what the calendar says: automatic extension and the day to confer are never stored."""

import datetime as dt

import pytest

from agreements import actions, rules
from agreements.models import Agreement, Validity
from tests import factories

D = dt.date


def agreement(ends, months=None, extension="automatic", **more):
    fields = {"starts": D(2020, 1, 1), "ends": ends, "extension": extension, "extension_months": months}
    return Agreement(status="signed", **fields | more)


@pytest.mark.parametrize(
    ("ends", "months", "day", "last"),
    [
        (D(2026, 12, 31), 12, D(2026, 12, 31), D(2026, 12, 31)),
        (D(2026, 12, 31), 12, D(2027, 1, 1), D(2027, 12, 31)),
        (D(2026, 12, 31), 12, D(2031, 6, 1), D(2031, 12, 31)),
        (D(2026, 12, 31), 48, D(2027, 1, 1), D(2030, 12, 31)),
        (D(2026, 6, 30), 6, D(2026, 7, 1), D(2026, 12, 31)),
        (D(2023, 2, 28), 12, D(2023, 3, 1), D(2024, 2, 29)),
        (D(2024, 2, 29), 12, D(2024, 3, 1), D(2025, 2, 28)),
        (D(2024, 2, 29), 12, D(2027, 12, 1), D(2028, 2, 29)),
        (D(2024, 1, 31), 1, D(2024, 2, 10), D(2024, 2, 29)),
        (D(2026, 12, 31), 12, D(2020, 1, 1), D(2026, 12, 31)),
    ],
)
def test_it_goes_on_by_whole_periods(ends, months, day, last):
    assert agreement(ends, months).last_day_on(day) == last


def test_no_day_falls_between_two_periods():
    one = agreement(D(2024, 1, 30), 1)

    lasts = [one.last_day_on(D(2024, 1, 1) + dt.timedelta(days=n)) for n in range(800)]

    assert all(last >= D(2024, 1, 1) + dt.timedelta(days=n) for n, last in enumerate(lasts))
    assert lasts == sorted(lasts)


def test_it_is_in_force_for_as_long_as_nobody_terminates_it():
    one = agreement(D(2026, 12, 31), 12)

    assert {one.validity(D(year, 12, 15)) for year in range(2021, 2060)} == {Validity.IN_FORCE}


def test_a_terminated_one_is_not_extended_beyond_its_last_day():
    one = agreement(D(2026, 12, 31), 12, terminated_on=D(2028, 3, 31))

    assert one.last_day_on(D(2028, 2, 1)) == D(2028, 3, 31)
    assert one.last_day_on(D(2030, 1, 1)) == D(2028, 3, 31)
    assert one.validity(D(2028, 4, 1)) == Validity.EXPIRED


@pytest.mark.parametrize("extension", ["none", "consultation"])
def test_others_end_when_they_say(extension):
    assert agreement(D(2026, 12, 31), 12, extension).last_day_on(D(2028, 1, 1)) == D(2026, 12, 31)
    assert agreement(None, 12, extension).last_day_on(D(2028, 1, 1)) is None


@pytest.mark.parametrize(
    ("ends", "months", "by"),
    [
        (D(2026, 12, 31), 6, D(2026, 6, 30)),
        (D(2023, 7, 31), 6, D(2023, 1, 31)),
        (D(2024, 8, 31), 6, D(2024, 2, 29)),
        (D(2026, 12, 31), None, None),
    ],
)
def test_the_day_to_confer_by(ends, months, by):
    one = agreement(ends, extension="consultation", consultation_months=months)

    assert one.consult_by(D(2026, 1, 1)) == by


def test_the_day_to_confer_moves_with_the_extension():
    one = agreement(D(2026, 12, 31), 12, consultation_months=6)

    assert one.consult_by(D(2026, 3, 1)) == D(2026, 6, 30)
    assert one.consult_by(D(2029, 3, 1)) == D(2029, 6, 30)


def test_the_form_asks_for_the_period_of_an_automatic_extension(go, bo, draft, form):
    answer = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, extension="automatic"))

    assert "extension_months" in answer.context["form"].errors


def test_the_day_to_confer_is_shown_in_the_list_and_among_what_waits(go, bo, signed, day):
    ends = D(day.year + 1, day.month, 28)
    other = factories.AgreementFactory(
        partnership=signed.partnership,
        title="Med samråd",
        starts=D(2021, 1, 1),
        ends=ends,
        extension="consultation",
        consultation_months=12,
        status="signed",
        signed_on=D(2021, 1, 1),
        frozen={"parties": []},
        checksum="e" * 64,
        replaces=None,
        kind="strategic",
    )
    assert other.consult_by(day) <= day + dt.timedelta(days=31)

    shown = go(bo, f"/overenskommelser/?samverkan={signed.partnership_id}").content.decode()

    assert "Samråd senast" in shown


def test_overlapping_ones_are_told_and_replaced_ones_are_not(signed, bo, day):
    where = {"partnership": signed.partnership, "created_by": bo}
    beside = factories.AgreementFactory(starts=D(2028, 1, 1), ends=D(2031, 12, 31), **where)
    after = factories.AgreementFactory(starts=D(2030, 1, 1), ends=D(2031, 12, 31), **where)
    replacing = factories.AgreementFactory(starts=D(2028, 1, 1), replaces=signed, **where)
    yearly = factories.AgreementFactory(starts=D(2028, 1, 1), kind="yearly", **where)
    district = factories.AgreementFactory(starts=D(2028, 1, 1), area="Norrmalm", **where)

    found = {one: rules.overlapping(one, day) for one in (beside, after, replacing, yearly, district)}

    assert found == {beside: [signed], after: [], replacing: [], yearly: [], district: []}


def test_the_overlap_is_told_before_it_is_sent_and_on_the_page(go, bo, signed, draft, police, municipality_party):
    beside = factories.AgreementFactory(
        partnership=signed.partnership, purpose="S", areas="O", starts=D(2027, 1, 1), created_by=bo
    )
    beside.parties.set([police, municipality_party])

    assert "överlappar perioden" in go(bo, f"/overenskommelser/{beside.pk}/skicka/").content.decode()
    assert "Överlappar" in go(bo, f"/overenskommelser/{beside.pk}/").content.decode()
    actions.propose(beside, by=bo)
