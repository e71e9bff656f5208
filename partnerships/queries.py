"""Answers that several rooms and pages want, in a constant number of queries: seats, vacancies, groups."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import Organisation, Role, User
from lib.swedish import in_words, listing, plural
from municipalities.models import Coverage, LocalPoliceArea, Municipality
from partnerships.models import Cycle, Group, Holding, Partnership, Party, Seat

FUNCTIONS = list(Seat.Function.values)


def concerning(municipality: Municipality | None) -> Q:
    """What is the municipality's own or common to all; without a municipality, everything."""
    return Q(municipality=None) | Q(municipality=municipality) if municipality else Q()


def open_cycle(partnership: Partnership, municipality: Municipality | None = None) -> Cycle | None:
    """The municipality's own open cycle, else the partnership's open main cycle."""
    cycles = list(partnership.cycles.open().filter(concerning(municipality)))
    cycles = [cycle for cycle in cycles if municipality or cycle.municipality_id is None]
    return min(cycles, key=lambda cycle: cycle.municipality_id is None, default=None)


@dataclass(frozen=True)
class SeatView:
    """A seat as it stands on a day. `holder` is a person's name: it stays inside the partnership."""

    seat: Seat
    holder: str | None
    since: dt.date  # the holder's first day, or the first day of the vacancy
    acting: bool
    share: int | None  # percent of a full-time post
    vacant_days: int | None  # whole days since the vacancy began; None while somebody has the seat
    holding: Holding | None = None

    @property
    def is_vacant(self) -> bool:
        return self.vacant_days is not None

    @property
    def label(self) -> str:
        """What is shown of the state, without any name: "Vakant 34 dagar"."""
        if self.vacant_days is None:
            return "Tillförordnad" if self.acting else "Tillsatt"
        return f"Vakant {plural(self.vacant_days, 'dag', 'dagar')}" if self.vacant_days else "Vakant från i dag"

    @property
    def tone(self) -> str:
        if self.is_vacant:
            return "bad"
        return "warn" if self.acting else "ok"

    @property
    def place(self) -> str:
        """The municipality that the seat concerns; empty for one that concerns them all."""
        return str(self.seat.municipality) if self.seat.municipality else ""


def seats_with_holders(
    partnership: Partnership, day: dt.date, municipality: Municipality | None = None, *, names: bool = True
) -> list[SeatView]:
    """The functions on the day: common ones first, then by municipality, in the order of the functions.

    With a municipality: its own and the common ones. Two queries. On pages for others than members, pass
    `names=rules.is_member(user, partnership)`: overseers see that a function is filled, never by whom.
    """
    seats = partnership.seats.existing(day).select_related("organisation", "municipality")
    if municipality:
        common = Q(municipality=None) & Q(organisation__municipality__in=[municipality.pk])
        common |= Q(municipality=None, organisation__municipality=None)
        seats = seats.filter(common | Q(municipality=municipality))
    views = [_view(seat, day, names=names) for seat in seats.prefetch_related("holdings")]
    return sorted(views, key=_place_in_list)


def seat_on(seat: Seat, day: dt.date) -> SeatView:
    """One seat as it stands on the day, with the holder's name."""
    return _view(seat, day, names=True)


def vacancies(partnerships: QuerySet[Partnership] | list[Partnership], day: dt.date) -> list[SeatView]:
    """The functions that nobody holds on the day, the longest vacancy first. One query, no names."""
    seats = Seat.objects.vacant(day).filter(partnership__in=partnerships)
    views = []
    for seat in seats.select_related("partnership", "organisation", "municipality"):
        views.append(_vacant(seat, seat.vacant_after(vars(seat)["last_held"]), day))
    return sorted(views, key=lambda view: (view.since, view.seat.pk))


def _view(seat: Seat, day: dt.date, *, names: bool) -> SeatView:
    holding = seat.holding_on(day)
    if holding is None:
        return _vacant(seat, seat.vacant_since(day) or day, day)
    return SeatView(
        seat=seat,
        holder=holding.name if names else None,
        since=holding.starts,
        acting=holding.acting,
        share=holding.share,
        vacant_days=None,
        holding=holding if names else None,
    )


def _vacant(seat: Seat, since: dt.date, day: dt.date) -> SeatView:
    return SeatView(seat, holder=None, since=since, acting=False, share=None, vacant_days=(day - since).days)


def _place_in_list(view: SeatView) -> tuple[int, int, int]:
    place = view.seat.municipality.sort_order + 1 if view.seat.municipality else 0
    return place, FUNCTIONS.index(view.seat.function), view.seat.pk


@dataclass(frozen=True)
class GroupView:
    """A group with its seats as they stand on the day."""

    group: Group
    seats: list[SeatView]
    is_planned: bool


def groups_with_seats(partnership: Partnership, day: dt.date, seats: list[SeatView]) -> list[GroupView]:
    """The groups that have not ended, the steering group first. Two queries beside those of the seats."""
    order = list(Group.Kind.values)
    groups = partnership.groups.existing(day).select_related("municipality").prefetch_related("seats")
    views = []
    for group in sorted(groups, key=lambda group: (order.index(group.kind), group.name)):
        inside = {seat.pk for seat in group.seats.all()}
        shown = [view for view in seats if view.seat.pk in inside]
        views.append(GroupView(group, shown, is_planned=group.starts > day))
    return views


@dataclass(frozen=True)
class PartnershipRow:
    """A partnership in a list: its parties today, its open main cycle, and how many functions are vacant."""

    partnership: Partnership
    parties: list[Party]
    cycle: Cycle | None
    vacant: int

    @property
    def vacancies(self) -> str:
        return plural(self.vacant, "vakant", "vakanta")


def partnership_rows(partnerships: Iterable[Partnership], day: dt.date) -> list[PartnershipRow]:
    """Three queries for any number of partnerships."""
    shown = list(partnerships)
    parties, cycles = defaultdict(list), {}
    for party in Party.objects.current(day).filter(partnership__in=shown).select_related("organisation"):
        parties[party.partnership_id].append(party)
    for cycle in Cycle.objects.open().main().filter(partnership__in=shown):
        cycles[cycle.partnership_id] = cycle
    vacant = Counter(view.seat.partnership_id for view in vacancies(shown, day))
    return [PartnershipRow(p, parties[p.pk], cycles.get(p.pk), vacant[p.pk]) for p in shown]


def summary(parties: list[Party], groups: list[GroupView], seats: list[SeatView]) -> str:
    """The organisation's part of a sentence: "två parter, en grupp och sju funktioner, varav tre är vakanta"."""
    counts = [
        _counted(len(parties), "part", "parter"),
        _counted(len(groups), "grupp", "grupper"),
        _counted(len(seats), "funktion", "funktioner"),
    ]
    vacant = sum(view.is_vacant for view in seats)
    return listing(counts) + (f", varav {_counted(vacant, 'är vakant', 'är vakanta')}" if vacant else "")


def _counted(count: int, one: str, many: str) -> str:
    return f"en {one}" if count == 1 else f"{in_words(count) if count else 'inga'} {many}"


@dataclass(frozen=True)
class LikelyParties:
    """Who would probably take part when this person starts a partnership, from the registers."""

    own: list[Organisation]
    police: list[Organisation]
    municipalities: list[Organisation]
    areas: list[LocalPoliceArea]

    @property
    def organisation_ids(self) -> list[int]:
        return [o.pk for o in (*self.own, *self.police, *self.municipalities)]

    @property
    def place(self) -> str:
        """A first word for the name: the area's, or the person's own municipality's."""
        return self.areas[0].name if self.areas else str(self.own[0].municipality or "") if self.own else ""


def likely_parties(user: User, day: dt.date) -> LikelyParties:
    """The person's own organisations, and those of the same local police area as far as the registers know."""
    own = [m.organisation for m in user.memberships_now if m.role == Role.COORDINATOR]
    covered = Coverage.objects.on(day)
    around = covered.filter(municipality__in=[o.municipality_id for o in own if o.municipality_id])
    areas = LocalPoliceArea.objects.filter(
        Q(pk__in=[o.local_police_area_id for o in own if o.local_police_area_id])
        | Q(pk__in=around.values("local_police_area"))
    )
    near = Organisation.objects.exclude(pk__in=[o.pk for o in own])
    inside = covered.filter(local_police_area__in=areas).values("municipality")
    return LikelyParties(
        own=own,
        police=list(near.filter(kind=Organisation.Kind.POLICE, local_police_area__in=areas)),
        municipalities=list(near.filter(municipality__in=inside).order_by("municipality__sort_order")),
        areas=list(areas.in_order()),
    )
