"""Planned hours per function and month against what was set aside: nothing is lost, and what is too much is told."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements import capacity, capacity_bars
from agreements.models import Agreement, Measure
from tests import factories

YEAR = dt.date(2026, 1, 1)
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@UNHURRIED
@given(hours=st.integers(0, 100_000), one=DAYS, other=DAYS)
def test_spreading_never_loses_hours(hours, one, other):
    first, last = sorted([one, other])

    months = capacity.spread(hours, first, last)

    assert sum(months.values()) == hours * capacity.HOUR
    assert min(months) == first.replace(day=1)
    assert max(months) == last.replace(day=1)
    assert all(minutes >= 0 for minutes in months.values())


@UNHURRIED
@given(hours=st.integers(0, 10_000), days=st.lists(DAYS, min_size=3, max_size=3))
def test_who_leaves_takes_only_what_was_used(hours, days):
    first, until, last = sorted(days)

    whole, cut = capacity.spread(hours, first, last), capacity.spread(hours, first, last, until)

    assert sum(cut.values()) <= sum(whole.values())
    assert all(cut[month] <= whole[month] for month in cut)
    assert max(cut) == until.replace(day=1)


@UNHURRIED
@given(hours=st.integers(1, 10_000), first=DAYS)
def test_whole_years_are_spread_by_the_days_of_their_months(hours, first):
    january = first.replace(month=1, day=1)
    last = january.replace(month=12, day=31)

    months = capacity.spread(hours, january, last)

    days = (last - january).days + 1
    for month, minutes in months.items():
        inside, _ = capacity.share_of_month(month, january, last)
        assert abs(minutes - hours * capacity.HOUR * inside / days) <= 1


def test_a_month_s_share():
    assert capacity.share_of_month(dt.date(2026, 2, 1), dt.date(2026, 2, 15), None) == (14, 28)
    assert capacity.share_of_month(dt.date(2026, 2, 1), dt.date(2026, 3, 1), None) == (0, 28)
    assert capacity.share_of_month(dt.date(2024, 2, 1), YEAR, dt.date(2020, 1, 1)) == (0, 29)


# --- In a partnership


@pytest.fixture
def seat(partnership, police):
    return factories.SeatFactory(partnership=partnership, organisation=police.organisation, function="area_police")


@pytest.fixture
def planned(problem, police, seat):
    """A measure with hours over the year, unless other things are said."""

    def made(**fields):
        usual = {"seat": seat, "hours": 120, "starts": YEAR, "ends": dt.date(2026, 12, 31)}
        return factories.MeasureFactory(problem=problem, responsible=police, **usual | fields)

    return made


def of(partnership, municipality=None, first=YEAR):
    return capacity.of(partnership, municipality, first)


def only(lines):
    assert len(lines) == 1
    return lines[0]


def test_all_hours_that_were_entered_are_on_the_page(partnership, planned, seat, municipality_party):
    measures = [planned(hours=hours) for hours in (7, 100, 13)]
    planned(hours=31, seat=None)
    planned(hours=50, starts=dt.date(2024, 3, 5), ends=dt.date(2031, 2, 1))
    factories.ParticipantFactory(measure=measures[0], seat=seat, hours=11)

    found = of(partnership)

    entered = 7 + 100 + 13 + 31 + 50 + 11
    assert sum(line.total for line in [*found.seats, *found.seatless]) == entered * capacity.HOUR
    assert sum(line.total for line in found.parties) == entered * capacity.HOUR
    inside = sum(cell.planned for line in found.parties for cell in line.cells(found.months))
    assert inside + sum(line.outside(found.months) for line in found.parties) == entered * capacity.HOUR


@pytest.mark.parametrize(("status", "counted"), [("proposed", True), ("done", True), ("cancelled", False)])
def test_what_was_called_off_takes_no_time(partnership, planned, status, counted):
    planned(status=status)

    assert bool(of(partnership).seats) is counted


def test_more_than_the_share_is_over(partnership, planned, seat):
    factories.HoldingFactory(seat=seat, share=10)
    planned(hours=31, starts=dt.date(2026, 5, 1), ends=dt.date(2026, 5, 31))

    (line, cells) = only(of(partnership).over)

    cell = only(cells)
    assert (line.name, cell.month) == ("Områdespolis", dt.date(2026, 5, 1))
    assert cell.aside == capacity.FULL_TIME_HOURS_PER_MONTH * 6
    assert cell.over == 31 * 60 - 990


def test_half_a_month_has_half_the_time(partnership, planned, seat):
    factories.HoldingFactory(seat=seat, share=100, starts=dt.date(2026, 4, 16))
    planned()

    aside = only(of(partnership).seats).aside

    assert aside[dt.date(2026, 4, 1)] == capacity.FULL_TIME_HOURS_PER_MONTH * 30
    assert aside[dt.date(2026, 3, 1)] == 0


def test_a_vacancy_has_no_time_at_all(partnership, planned):
    planned()

    assert [len(cells) for _, cells in of(partnership).over] == [12]


def test_where_no_share_is_told_nothing_is_called_over(partnership, planned, seat):
    factories.HoldingFactory(seat=seat, share=None)
    planned(hours=100_000)

    found = of(partnership)

    assert found.over == []
    assert set(only(found.seats).aside.values()) == {None}


def test_an_open_end_is_the_cycle_s(partnership, planned, cycle):
    planned(ends=None, hours=100)

    found = of(partnership, first=dt.date(2029, 1, 1))

    assert found.open_ended == 1
    assert only(found.seats).total == 6000
    assert max(only(found.seats).planned) == dt.date(2029, 12, 1)


@pytest.mark.parametrize(("plan_ends", "last"), [("2026-06-30", dt.date(2026, 6, 1)), (None, dt.date(2026, 12, 1))])
def test_in_a_cycle_without_end_it_is_the_plan_s_or_a_year(partnership, planned, cycle, plan_ends, last):
    type(cycle).objects.filter(pk=cycle.pk).update(ends=None)
    plan = factories.ActionPlanFactory(cycle=cycle, starts=YEAR, ends=plan_ends)
    plan.measures.add(planned(ends=None))

    assert max(only(of(partnership).seats).planned) == last


def test_an_open_measure_that_begins_after_the_cycle_s_end_is_not_lost(partnership, planned):
    planned(starts=dt.date(2035, 1, 1), ends=None, hours=5)

    assert only(of(partnership).seats).total == 300


def test_who_left_a_measure_takes_no_time_after(partnership, planned, seat):
    factories.HoldingFactory(seat=seat, share=100)
    measure = planned(hours=None)
    factories.ParticipantFactory(measure=measure, seat=seat, hours=365, ended_on=dt.date(2026, 1, 31))

    found = of(partnership)

    assert only(found.seats).planned == {YEAR: 31 * 60}
    assert [row["pk"] for row in found.untold] == [measure.pk]


@pytest.fixture
def undertaken(partnership, police):
    """A signed agreement in which the police set aside hours a month."""

    def made(hours, **fields):
        agreement = factories.AgreementFactory(partnership=partnership, **fields)
        factories.UndertakingFactory(agreement=agreement, party=police, hours_per_month=hours)
        by = {"status": "signed", "signed_on": YEAR, "frozen": {}, "checksum": "e" * 64}
        Agreement.objects.filter(pk=agreement.pk).update(**by)
        return agreement

    return made


def test_what_the_party_took_on_is_set_against_all_its_hours(partnership, planned, undertaken):
    undertaken(10)
    planned(hours=31 * 8, starts=dt.date(2026, 5, 1), ends=dt.date(2026, 5, 31), seat=None)

    (line, cells) = only(of(partnership).over)

    assert (line.name, only(cells).over) == (str(Agreement.objects.get().undertakings.get().party), (248 - 10) * 60)


def test_a_local_part_is_a_share_of_the_common_one(partnership, police, planned, undertaken):
    common = undertaken(100)
    undertaken(30, parent=common)
    planned()

    aside = next(line.aside for line in of(partnership).parties if line.name == str(police))

    assert set(aside.values()) == {6000}


def test_a_draft_sets_nothing_aside(partnership, police, planned):
    factories.UndertakingFactory(agreement__partnership=partnership, party=police)
    planned()

    assert of(partnership).over[0][0].name == "Områdespolis"
    assert all(not line.aside for line in of(partnership).parties)


def test_an_agreement_that_ends_sets_nothing_aside_after(partnership, police, planned, undertaken):
    undertaken(100, starts=YEAR, ends=dt.date(2026, 3, 31))
    planned()

    aside = next(line.aside for line in of(partnership).parties if line.name == str(police))

    assert sorted(aside) == [dt.date(2026, month, 1) for month in (1, 2, 3)]


def test_a_municipality_s_page_has_its_functions_with_all_that_is_planned_for_them(
    partnership, planned, lycksele, neighbour, seat
):
    factories.SeatFactory(partnership=partnership, organisation=neighbour.organisation, municipality=None)
    planned(municipality=neighbour.organisation.municipality, hours=40)

    found = of(partnership, lycksele)

    assert only(found.seats).total == 40 * 60
    assert str(neighbour) not in [line.name for line in found.parties]


# --- The page


def test_the_page_tells_what_is_over(client, hans, partnership, planned, seat):
    factories.HoldingFactory(seat=seat, share=10)
    planned(hours=310, starts=dt.date(2026, 5, 1), ends=dt.date(2026, 5, 31))
    planned(hours=None, title="Utan timmar")
    client.force_login(hans)

    page = client.get(f"/overenskommelser/kapacitet/?samverkan={partnership.pk}&fran=2026-01").text

    assert "Mer är lovat än vad som är avsatt" in page
    assert "Över 293,5" in page
    assert "Utan timmar" in page
    assert "165 timmar i månaden" in page


@pytest.mark.parametrize("asked", ["", "2026", "2026-13", "0001-01", "9999-12", "x" * 300])
def test_an_odd_month_is_this_month(client, hans, partnership, asked):
    client.force_login(hans)

    assert client.get(f"/overenskommelser/kapacitet/?samverkan={partnership.pk}&fran={asked}").status_code == 200


@pytest.mark.parametrize("count", [1, 1_000])
def test_the_page_costs_the_same(client, hans, partnership, planned, seat, django_assert_num_queries, count):
    one = planned()
    names = ("partnership", "cycle", "problem", "responsible", "seat", "created_by")
    same = {f"{name}_id": getattr(one, f"{name}_id") for name in names}
    Measure.objects.bulk_create(
        Measure(title=f"Åtgärd {n}", hours=n, starts=YEAR, prevention="social", kind="youth", **same)
        for n in range(count)
    )
    client.force_login(hans)

    with django_assert_num_queries(14):
        client.get(f"/overenskommelser/kapacitet/?samverkan={partnership.pk}&fran=2026-01")


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0"), (1, "< 0,1"), (30, "0,5"), (60, "1"), (90, "1,5"), (60 * 1234, "1\xa0234")]
)
def test_hours_in_words(minutes, words):
    assert capacity_bars.hours(minutes) == words


def test_the_bars_say_what_they_show():
    cells = [capacity.Cell(YEAR, 600, 300), capacity.Cell(dt.date(2026, 2, 1), 0, 300)]

    drawing = capacity_bars.draw(cells)

    first, second = drawing.bars
    assert (first.height, first.over_height, first.mark) == (32.0, 32.0, 32.0)
    assert (second.height, second.over_height) == (0, 0)
    assert drawing.says == "Planerat 10 timmar på tolv månader, över det som är avsatt i 1 månad"


def leave(agreement, party, kind, day):
    said = {"reason": "Flyttar.", "function": "Chef", "name": "N", "checksum": "e" * 64}
    agreement.adherences.create(party=party, kind=kind, day=day, created_by=agreement.created_by, **said)


def aside_of(partnership, party):
    return next(line.aside for line in of(partnership).parties if line.name == str(party))


def test_a_party_that_has_left_the_agreement_sets_nothing_aside_until_it_is_back(
    partnership, police, planned, undertaken
):
    agreement = undertaken(31)
    leave(agreement, police, "left", dt.date(2026, 3, 15))
    leave(agreement, police, "joined", dt.date(2026, 6, 1))
    planned()

    aside = aside_of(partnership, police)

    assert [month.month for month in sorted(aside)] == [1, 2, 3, 6, 7, 8, 9, 10, 11, 12]
    assert (aside[dt.date(2026, 2, 1)], aside[dt.date(2026, 3, 1)]) == (31 * 60, 15 * 60)


def test_a_party_that_has_left_the_partnership_sets_nothing_aside_after(partnership, police, planned, undertaken):
    undertaken(31)
    type(police).objects.filter(pk=police.pk).update(left=dt.date(2026, 2, 28), left_reason="Flyttar.")
    planned()

    assert [month.month for month in sorted(aside_of(partnership, police))] == [1, 2]


def test_the_hours_of_the_logs_stand_against_those_planned(client, hans, partnership, planned, problem, police):
    measure = planned(hours=40)
    factories.ParticipantFactory(measure=measure, hours=10)
    untold = factories.MeasureFactory(problem=problem, responsible=police, title="Utan plan")
    for one, hours in ((measure, "12.5"), (measure, "8"), (untold, "3")):
        factories.MeasureLogFactory(measure=one, hours=hours)
    client.force_login(hans)

    found = of(partnership)
    page = client.get(f"/overenskommelser/kapacitet/?samverkan={partnership.pk}").text

    assert [(one.pk, one.planned, one.used) for one in found.used] == [
        (measure.pk, 50, Decimal("20.5")),
        (untold.pk, None, Decimal("3.0")),
    ]
    assert (found.used_in_all.planned, found.used_in_all.used) == (50, Decimal("20.5"))
    assert "20,5" in page
    assert "inte angivet" in page
