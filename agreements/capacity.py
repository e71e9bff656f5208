"""Planned hours per function and month against the time that was set aside for it.

The hours of a measure, and of each who takes part in it, are spread evenly over the days of its period. Everything is
counted in whole minutes, so that nothing is lost on the way: the months of a measure sum to its hours exactly.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, Q, Sum

from agreements.models import ActionPlan, Adherence, Agreement, Measure, MeasureLog, Participant, Undertaking
from agreements.queries import with_common
from lib.dates import add_months
from municipalities.models import Municipality
from partnerships.models import Holding, Partnership, Party, Seat
from partnerships.queries import concerning

# A full-time post in a month: 40 hours a week less public holidays, on average over a year. It is the divisor by which
# the collective agreement of Swedish municipalities (AB) turns a month's pay into an hour's.
FULL_TIME_HOURS_PER_MONTH = 165
MONTHS = 12
HOUR = 60  # minutes
# What was called off takes nobody's time; what has been done took it.
COUNTED = ("proposed", "decided", "ongoing", "done", "partly")
OPEN_MONTHS = 12  # for a measure whose end nobody has set, in a cycle and a plan without end

Months = dict[dt.date, int]  # minutes by the first day of the month


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def months_from(first: dt.date, count: int = MONTHS) -> list[dt.date]:
    return [add_months(month_of(first), number) for number in range(count)]


def spread(hours: int, starts: dt.date, ends: dt.date, until: dt.date | None = None) -> Months:
    """The minutes of each month when the hours are spread evenly over the days; what falls after `until` is left out.

    Each month gets the difference between what is used up by its last day and by the last of the month before, in
    whole minutes: so the months sum to the whole, whatever does not divide evenly.
    """
    days = (ends - starts).days + 1
    last = min(ends, until) if until else ends
    found: Months = {}
    used, month = 0, month_of(starts)
    while month <= last:
        upto = min(last, add_months(month, 1) - dt.timedelta(days=1))
        now_used = hours * HOUR * max(0, (upto - starts).days + 1) // days
        found[month] = now_used - used
        used, month = now_used, add_months(month, 1)
    return found


def share_of_month(month: dt.date, starts: dt.date, ends: dt.date | None) -> tuple[int, int]:
    """How many of the month's days lie in the period, and how many days the month has."""
    after = add_months(month, 1)
    first, last = max(month, starts), min(after - dt.timedelta(days=1), ends or dt.date.max)
    return max(0, (last - first).days + 1), (after - month).days


@dataclass
class Line:
    """A function, or a party, with what is planned for it month by month and what was set aside."""

    name: str
    where: str = ""
    url: str = ""
    planned: Months = field(default_factory=lambda: defaultdict(int))
    # None in a month for which nobody has said how much time is set aside.
    aside: dict[dt.date, int | None] = field(default_factory=dict)

    def add(self, months: Mapping[dt.date, int]) -> None:
        for month, minutes in months.items():
            self.planned[month] += minutes

    def cells(self, months: Sequence[dt.date]) -> list["Cell"]:
        return [Cell(month, self.planned.get(month, 0), self.aside.get(month)) for month in months]

    @property
    def total(self) -> int:
        return sum(self.planned.values())

    def outside(self, months: Sequence[dt.date]) -> int:
        """What is planned before and after the months that are shown."""
        return self.total - sum(self.planned.get(month, 0) for month in months)


@dataclass(frozen=True)
class Cell:
    """A month of a line, in minutes."""

    month: dt.date
    planned: int
    aside: int | None

    @property
    def over(self) -> int:
        """How much is promised beyond what was set aside; nothing where nobody has said how much that is."""
        return max(0, self.planned - self.aside) if self.aside is not None else 0


@dataclass(frozen=True)
class Capacity:
    """Everything the page tells. `untold` are measures that plan no hours, so that the sums are known to lack them."""

    months: list[dt.date]
    seats: list[Line]
    parties: list[Line]
    seatless: list[Line]  # hours whose function is not chosen among the partnership's own, by responsible party
    untold: list[dict[str, Any]]
    open_ended: int
    used: list["Used"]

    @property
    def used_in_all(self) -> "Used":
        """Of the measures that plan hours, so that the two sums can be compared."""
        told = [one for one in self.used if one.planned is not None]
        return Used(0, "", sum(one.planned or 0 for one in told), sum((one.used for one in told), Decimal()))

    @property
    def over(self) -> list[tuple[Line, list[Cell]]]:
        """Functions and parties that have promised more than they have, with the months where they do."""
        found = [(line, [c for c in line.cells(self.months) if c.over]) for line in (*self.seats, *self.parties)]
        return [(line, cells) for line, cells in found if cells]


@dataclass(frozen=True)
class Used:
    """The hours that a measure's log tells of, against those planned for it; None where nobody planned any."""

    pk: int
    title: str
    planned: int | None
    used: Decimal


def of(partnership: Partnership, municipality: Municipality | None, first: dt.date) -> Capacity:
    """Twelve months from the first. Twelve queries, however many measures there are.

    With a municipality: the functions and parties that concern it, with all that is planned for them wherever: who
    works in six municipalities has only one week.
    """
    months = months_from(first)
    seats = {seat.pk: seat for seat in _seats(partnership, municipality)}
    parties = {party.pk: party for party in _parties(partnership, municipality)}
    rows = _measures(partnership)
    _close(rows)
    by_seat = {pk: Line(str(seat), _where(seat), seat.get_absolute_url()) for pk, seat in seats.items()}
    by_party = {pk: Line(str(party)) for pk, party in parties.items()}
    seatless = {pk: Line("Utan vald funktion", str(party)) for pk, party in parties.items()}
    of_organisation = {party.organisation_id: pk for pk, party in parties.items()}
    planned = list(_planned(partnership, rows))
    for one in planned:
        months_used = spread(one.hours, one.starts, one.ends, one.until)
        if one.seat in by_seat:
            by_seat[one.seat].add(months_used)
        elif one.seat is None and one.party in seatless:
            seatless[one.party].add(months_used)
        holder = of_organisation.get(one.organisation) if one.organisation else one.party
        if holder in by_party:
            by_party[holder].add(months_used)
    _set_aside(by_seat, seats, months)
    _undertaken(by_party, partnership, months)
    return Capacity(
        months=months,
        seats=_fullest_first(by_seat.values(), months),
        parties=_fullest_first(by_party.values(), months),
        seatless=[line for line in seatless.values() if line.total],
        untold=[row for row in rows.values() if row["hours"] is None and _shown(row, municipality)],
        open_ended=sum(row["open"] for row in rows.values() if row["hours"] and _shown(row, municipality)),
        used=_used(rows, planned, municipality),
    )


def _fullest_first(lines: Iterable[Line], months: Sequence[dt.date]) -> list[Line]:
    """Those that have promised too much, then those with the most hours; without hours and time there is no line."""
    told = [line for line in lines if line.total or any(line.aside.values())]

    def order(line: Line) -> tuple[bool, int, str]:
        return not any(cell.over for cell in line.cells(months)), -line.total, line.name

    return sorted(told, key=order)


@dataclass(frozen=True)
class Planned:
    """Hours that somebody has said a measure will take of a function, or of a party where no function is chosen."""

    measure: int
    hours: int
    starts: dt.date
    ends: dt.date
    seat: int | None
    organisation: int | None
    party: int | None
    until: dt.date | None = None


def _measures(partnership: Partnership) -> dict[int, dict[str, Any]]:
    """The measures whose time is counted, by id, as plain rows."""
    counted = Measure.objects.filter(partnership=partnership, status__in=COUNTED)
    names = ("pk", "title", "hours", "starts", "ends", "municipality", "responsible", "seat", "function")
    organisation = {"organisation": F("seat__organisation"), "cycle_ends": F("cycle__ends")}
    closed = {"cycle_closed": F("cycle__closed_on")}
    rows = counted.order_by("starts", "pk").values(*names, **organisation, **closed)
    return {row["pk"]: row for row in rows}


def _close(rows: Mapping[int, dict[str, Any]]) -> None:
    """An open end is the cycle's, else the latest plan's that holds the measure, else a year after its start."""
    latest = ActionPlan.objects.filter(
        measures__in=[pk for pk, row in rows.items() if _is_open(row)], ends__isnull=False
    )
    plans = dict(latest.order_by().values("measures").annotate(last=Max("ends")).values_list("measures", "last"))
    for pk, row in rows.items():
        row["open"] = row["ends"] is None
        default = add_months(row["starts"], OPEN_MONTHS) - dt.timedelta(days=1)
        ends = row["ends"] or row["cycle_closed"] or row["cycle_ends"] or plans.get(pk) or default
        row["last"] = max(ends, row["starts"])


def _is_open(row: Mapping[str, Any]) -> bool:
    return not (row["ends"] or row["cycle_closed"] or row["cycle_ends"])


def _planned(partnership: Partnership, rows: Mapping[int, dict[str, Any]]) -> Iterable[Planned]:
    for row in rows.values():
        if row["hours"]:
            period = row["starts"], row["last"]
            yield Planned(row["pk"], row["hours"], *period, row["seat"], row["organisation"], row["responsible"])
    inside = Participant.objects.filter(measure__partnership=partnership, seat__isnull=False, hours__gt=0)
    names = ("measure", "hours", "seat", "seat__organisation", "ended_on")
    for measure, hours, seat, organisation, ended in inside.values_list(*names):
        if measure in rows:
            period = rows[measure]["starts"], rows[measure]["last"]
            yield Planned(measure, hours, *period, seat, organisation, None, ended)


def _used(
    rows: Mapping[int, dict[str, Any]], planned: Iterable[Planned], municipality: Municipality | None
) -> list[Used]:
    """What has been logged, measure by measure: those whose log tells of hours, the most hours first."""
    of_measure: dict[int, int] = defaultdict(int)
    for one in planned:
        of_measure[one.measure] += one.hours
    lines = MeasureLog.objects.filter(measure__in=rows, hours__gt=0).order_by()
    logged = lines.values("measure").annotate(sum=Sum("hours")).values_list("measure", "sum")
    found = [
        Used(pk, rows[pk]["title"], of_measure.get(pk), hours) for pk, hours in logged if _shown(rows[pk], municipality)
    ]
    return sorted(found, key=lambda one: (-one.used, one.pk))


def _seats(partnership: Partnership, municipality: Municipality | None) -> Iterable[Seat]:
    found = partnership.seats.select_related("organisation", "municipality").prefetch_related("holdings")
    if municipality:
        common = Q(organisation__municipality=None) | Q(organisation__municipality=municipality)
        found = found.filter(concerning(municipality)).filter(common)
    return found.order_by("organisation__kind", "organisation__name", "pk")


def _parties(partnership: Partnership, municipality: Municipality | None) -> Iterable[Party]:
    found = partnership.parties.select_related("organisation").order_by("kind", "pk")
    if municipality:
        found = found.filter(Q(organisation__municipality=None) | Q(organisation__municipality=municipality))
    return found


def _where(seat: Seat) -> str:
    place = str(seat.municipality) if seat.municipality else ""
    return ", ".join(filter(None, [str(seat.organisation), place if place not in str(seat.organisation) else ""]))


def _shown(row: Mapping[str, Any], municipality: Municipality | None) -> bool:
    return municipality is None or row["municipality"] in (None, municipality.pk)


def _set_aside(lines: Mapping[int, Line], seats: Mapping[int, Seat], months: Sequence[dt.date]) -> None:
    """The share of full time that each function's holders have, day by day; a vacancy sets nothing aside."""
    for pk, line in lines.items():
        holdings = list(seats[pk].holdings.all())
        line.aside = {month: _held(holdings, month) for month in months}


def _held(holdings: Sequence[Holding], month: dt.date) -> int | None:
    """Minutes of the month, or None where a holder's share is not told."""
    minutes = 0
    for holding in holdings:
        inside, days = share_of_month(month, holding.starts, holding.ends)
        if inside and holding.share is None:
            return None
        if inside:
            minutes += FULL_TIME_HOURS_PER_MONTH * HOUR * (holding.share or 0) * inside // (100 * days)
    return minutes


def _undertaken(lines: Mapping[int, Line], partnership: Partnership, months: Sequence[dt.date]) -> None:
    """The hours a month that each party took on in the signed agreements that apply.

    What a party takes on in a local part is a share of what it took on in the common one, so it is not added to it.
    Only days on which the party is bound count: until it leaves the agreement, or the partnership, and from its return.
    A local part does not count while its municipality stands outside the common one.
    """
    signed = Agreement.objects.filter(partnership=partnership, status__in=Agreement.SIGNED_STATUSES)
    agreements = {one.pk: one for one in with_common(signed.without_texts().with_successor())}
    given = Undertaking.objects.filter(agreement__in=agreements, hours_per_month__isnull=False)
    hours = {(one.agreement_id, one.party_id): one.hours_per_month or 0 for one in given}
    acts = _acts(agreements)
    left = dict(partnership.parties.exclude(left=None).values_list("pk", "left"))
    for (pk, party), per_month in hours.items():
        agreement = agreements[pk]
        if party not in lines or any((version, party) in hours for version in _above(agreement)):
            continue
        periods = [
            bound
            for starts, last in _applies(agreement, add_months(months[-1], 1))
            for bound in _bound(starts, _earliest(last, left.get(party)), acts[pk, party])
        ]
        for month in months:
            shares = [share_of_month(month, *period) for period in periods]
            inside, days = sum(share[0] for share in shares), (add_months(month, 1) - month).days
            if inside:
                aside = lines[party].aside
                aside[month] = (aside.get(month) or 0) + per_month * HOUR * inside // days


def _above(agreement: Agreement) -> set[int | None]:
    """The common agreement of a local part, in all its versions."""
    versions = agreement.common.versions if agreement.common else ()
    return {agreement.parent_id, *(one.pk for one in versions)}


def _applies(agreement: Agreement, day: dt.date) -> list[tuple[dt.date, dt.date | None]]:
    """The periods in which the agreement applies, as seen on the day; a local part's, while its municipality is in."""
    last = _last_day(agreement, day)
    if agreement.common is None:
        return [(agreement.starts, last)]
    return [
        (max(one.since, agreement.starts), _earliest(one.until, last))
        for one in agreement.common.stretches
        if one.until is None or one.until >= agreement.starts
    ]


def _acts(agreements: Iterable[int]) -> dict[tuple[int, int], list[tuple[str, dt.date]]]:
    """Who left which agreement, and came back, in the order of time."""
    found: dict[tuple[int, int], list[tuple[str, dt.date]]] = defaultdict(list)
    rows = Adherence.objects.filter(agreement__in=agreements).order_by("day", "pk")
    for agreement, party, kind, day in rows.values_list("agreement", "party", "kind", "day"):
        found[agreement, party].append((kind, day))
    return found


def _bound(
    starts: dt.date, last: dt.date | None, acts: Iterable[tuple[str, dt.date]]
) -> list[tuple[dt.date, dt.date | None]]:
    """The periods in which a party of the text is bound by it."""
    periods: list[tuple[dt.date, dt.date | None]] = []
    since: dt.date | None = starts
    for kind, day in acts:
        if kind == Adherence.Kind.LEFT and since:
            periods.append((since, _earliest(day, last)))
            since = None
        elif kind == Adherence.Kind.JOINED and since is None:
            since = max(day, starts)
    return [*periods, (since, last)] if since else periods


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day), default=None)


def _last_day(agreement: Agreement, day: dt.date) -> dt.date | None:
    """When it ceases to apply, as seen on the day, by its own dates or because a newer one takes over."""
    replaced = agreement.replaced_from
    return _earliest(agreement.last_day_on(day), replaced - dt.timedelta(days=1) if replaced else None)
