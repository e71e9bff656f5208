"""What happens in a partnership: it starts, parties come and leave, functions change hands, cycles open.

What decides by looking at sibling rows (the last police party, overlapping holders, an open cycle) holds the
parent row first, so that of two at once the second is told. A refusal is a ValidationError with its sentence.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Required, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from accounts.models import Organisation, Role, User
from journal.edits import RecordForm, save_edit
from journal.steps import lock, record
from lib import swedish
from municipalities.models import LocalPoliceArea, Municipality
from partnerships import rules
from partnerships.models import Cycle, Group, Holding, Partnership, Party, Seat

# What every party is expected to have somebody for; a function that nobody has then shows as vacant.
STANDARD_SEATS: dict[str, tuple[Seat.Function, ...]] = {
    Organisation.Kind.POLICE: (Seat.Function.MUNICIPAL_POLICE, Seat.Function.LPA_CHIEF),
    Organisation.Kind.MUNICIPALITY: (Seat.Function.COORDINATOR, Seat.Function.BOARD_CHAIR),
}
# The decision makers among them sit in the steering group (handbook: LPO-chef and KS-ordförande).
STEERING_SEATS = (Seat.Function.LPA_CHIEF, Seat.Function.BOARD_CHAIR)
DAY = dt.timedelta(days=1)


class Holder(TypedDict, total=False):
    """Who takes a seat; `share` is percent of a full-time post."""

    name: Required[str]
    user: User | None
    acting: bool
    share: int | None


@transaction.atomic
def start(
    *,
    by: User,
    day: dt.date,
    name: str,
    organisations: Collection[Organisation],
    cycle_name: str,
    starts: dt.date,
    ends: dt.date | None = None,
    local_police_areas: Iterable[LocalPoliceArea] = (),
    about: str = "",
) -> Partnership:
    """All that must stand from the first day: parties, their functions, a steering group, the first cycle."""
    own = [o for o in organisations if o.pk in by.organisation_ids(Role.COORDINATOR)]
    if not own:
        raise ValidationError("Din egen organisation måste vara part.")
    for kind, who in rules.NEEDED_KINDS.items():
        if kind not in {o.kind for o in organisations}:
            raise ValidationError(f"Minst en part måste vara {who}.")
    partnership = Partnership.objects.create(name=name, about=about, created_by=by)
    partnership.local_police_areas.set(local_police_areas)
    record(
        partnership,
        "started",
        "Samverkan startad",
        by=by,
        note=f"Parter: {swedish.listing([*map(str, organisations)])}",
    )
    partnership.groups.create(kind=Group.Kind.STEERING, name="Styrgruppen", starts=day, created_by=by)
    for organisation in organisations:
        role = Party.Kind.OTHER if organisation.kind == Organisation.Kind.OTHER else Party.Kind.MAIN
        _join(partnership, organisation, by=by, kind=role, joined=day)
    partnership.seats.create(organisation=own[0], function=Seat.Function.COMMUNICATION, starts=day, created_by=by)
    cycle = Cycle(partnership=partnership, name=cycle_name, starts=starts, ends=ends, created_by=by)
    _add_cycle(cycle, "opened", "Omgång öppnad")
    rules.forget(by)
    return partnership


@transaction.atomic
def add_party(partnership: Partnership, *, by: User, organisation: Organisation, kind: str, joined: dt.date) -> Party:
    """The organisation's people see the partnership from that day; docs/adr says why nobody has to accept."""
    lock(partnership)
    same = partnership.parties.filter(organisation=organisation)
    if other := same.filter(Q(left=None) | Q(left__gte=joined)).first():
        raise ValidationError(f"{organisation} är redan part {swedish.period(other.joined, other.left)}.")
    party = _join(partnership, organisation, by=by, kind=kind, joined=joined)
    record(partnership, "party_added", "Part tillagd", by=by, note=str(organisation))
    rules.forget(by)
    return party


def _join(partnership: Partnership, organisation: Organisation, *, by: User, kind: str, joined: dt.date) -> Party:
    party = partnership.parties.create(organisation=organisation, kind=kind, joined=joined, created_by=by)
    steering = partnership.groups.existing(joined).filter(kind=Group.Kind.STEERING, municipality=None).first()
    for function in STANDARD_SEATS.get(organisation.kind, ()):
        seat = partnership.seats.create(
            organisation=organisation,
            municipality=organisation.municipality,
            function=function,
            starts=joined,
            created_by=by,
        )
        if steering and function in STEERING_SEATS:
            steering.seats.add(seat)
    return party


@transaction.atomic
def let_leave(party: Party, *, by: User, left: dt.date, reason: str) -> None:
    """The party's last day, with its functions'. The row stays, and so does all that the party has done."""
    partnership = lock(party.partnership)
    party = partnership.parties.select_related("organisation").get(pk=party.pk)
    if party.left:
        raise ValidationError(f"Parten är redan avslutad: {swedish.period(party.joined, party.left)}.")
    if left < party.joined:
        raise ValidationError(f"Parten kom med {swedish.date(party.joined)} och kan inte lämna före det.")
    kind = party.organisation.kind
    same_kind = partnership.parties.filter(organisation__kind=kind, left=None, joined__lte=left + DAY)
    if kind in rules.NEEDED_KINDS and not same_kind.exclude(pk=party.pk).exists():
        who = rules.NEEDED_KINDS[kind]
        raise ValidationError(f"Minst en part måste vara {who}. Lägg till den nya parten först.")
    for seat in partnership.seats.filter(organisation=party.organisation).outlasting(left):
        _end_seat(seat, by=by, ends=left)
    partnership.parties.filter(pk=party.pk).update(left=left, left_reason=reason, revision=F("revision") + 1)
    note = f"{party.organisation}, sista dag {swedish.date(left)}. {reason}"
    record(partnership, "party_left", "Part lämnar", by=by, note=note)
    rules.forget(by)


@transaction.atomic
def fill(seat: Seat, *, by: User, starts: dt.date, ends: dt.date | None = None, **holder: Unpack[Holder]) -> Holding:
    """Somebody takes the seat, also from before it was entered here: the function may be older."""
    seat = lock(seat)
    _refuse_overlap(seat, starts, ends)
    holding = seat.holdings.create(starts=starts, ends=ends, created_by=by, **holder)
    record(seat, "filled", "Funktion tillsatt", by=by, note=swedish.period(starts, ends).capitalize())
    return holding


@transaction.atomic
def replace(
    holding: Holding, *, by: User, starts: dt.date, ends: dt.date | None = None, **holder: Unpack[Holder]
) -> Holding:
    """One step: the holder's last day is the day before the new one's first."""
    seat = lock(holding.seat)
    holding = seat.holdings.get(pk=holding.pk)
    if starts <= holding.starts:
        first = swedish.date(holding.starts + DAY)
        raise ValidationError(f"{holding.name} kom {swedish.date(holding.starts)}. Nästa kan börja {first}.")
    if holding.covers(starts):
        _set_last_day(holding, starts - DAY)
    return fill(seat, by=by, starts=starts, ends=ends, **holder)


@transaction.atomic
def vacate(holding: Holding, *, by: User, ends: dt.date) -> None:
    """The holder's last day; from the next the function is vacant."""
    seat = lock(holding.seat)
    holding = seat.holdings.get(pk=holding.pk)
    if holding.ends:
        raise ValidationError(f"Innehavet är redan avslutat: {swedish.period(holding.starts, holding.ends)}.")
    if ends < holding.starts:
        raise ValidationError(f"Sista dagen kan inte ligga före den första, {swedish.date(holding.starts)}.")
    _set_last_day(holding, ends)
    record(seat, "vacated", "Innehavare slutar", by=by, note=f"Sista dag {swedish.date(ends)}")


@transaction.atomic
def correct(form: RecordForm, *, by: User) -> bool:
    """Mend what was written about a holder; False, with a sentence in the form, if somebody was faster."""
    holding: Holding = form.instance
    _refuse_overlap(lock(holding.seat), holding.starts, holding.ends, apart_from=holding)
    return save_edit(form, by=by, label="Uppgift om innehavare rättad")


@transaction.atomic
def end_seat(seat: Seat, *, by: User, ends: dt.date) -> None:
    """The function's own last day, and its holder's."""
    _end_seat(seat, by=by, ends=ends)


def _end_seat(seat: Seat, *, by: User, ends: dt.date) -> None:
    seat = lock(seat)
    if seat.ends and seat.ends <= ends:
        raise ValidationError(f"Funktionen upphörde redan {swedish.date(seat.ends)}.")
    later = seat.holdings.filter(starts__gt=ends).order_by("-starts").first()
    first_day = max(seat.starts, later.starts) if later else seat.starts
    if first_day > ends:
        raise ValidationError(f"{seat} har uppgifter från {swedish.date(first_day)}. Välj en senare sista dag.")
    for holding in seat.holdings.meeting(ends + DAY, None):
        _set_last_day(holding, ends)
    Seat.objects.filter(pk=seat.pk).update(ends=ends, revision=F("revision") + 1)
    record(seat, "ended", "Funktionen upphör", by=by, note=f"Sista dag {swedish.date(ends)}")


def _set_last_day(holding: Holding, ends: dt.date) -> None:
    Holding.objects.filter(pk=holding.pk).update(ends=ends, revision=F("revision") + 1)


def _refuse_overlap(seat: Seat, starts: dt.date, ends: dt.date | None, apart_from: Holding | None = None) -> None:
    """A function has one holder at a time. The caller holds the seat's row."""
    if seat.ends and (ends is None or ends > seat.ends):
        raise ValidationError(f"Funktionen upphör {swedish.date(seat.ends)}. Välj en sista dag före det.")
    others = seat.holdings.exclude(pk=apart_from.pk) if apart_from else seat.holdings.all()
    if other := others.meeting(starts, ends).order_by("starts").first():
        when = swedish.period(other.starts, other.ends)
        raise ValidationError(f"{other.name} har redan funktionen {when}. Välj andra dagar.")


@transaction.atomic
def open_cycle(
    partnership: Partnership,
    *,
    by: User,
    name: str,
    starts: dt.date,
    ends: dt.date | None = None,
    municipality: Municipality | None = None,
) -> Cycle:
    """A new round: the joint one, or one of a municipality's own beside it."""
    cycle = Cycle(partnership=lock(partnership), name=name, starts=starts, ends=ends, created_by=by)
    cycle.municipality = municipality
    return _add_cycle(cycle, "opened", "Omgång öppnad")


@transaction.atomic
def keep_earlier_cycle(
    partnership: Partnership,
    *,
    by: User,
    name: str,
    starts: dt.date,
    closed_on: dt.date,
    closed_reason: str = "",
    municipality: Municipality | None = None,
) -> Cycle:
    """A round from before the system, as it ended; history reaches back to 2008 in places."""
    cycle = Cycle(partnership=partnership, name=name, starts=starts, created_by=by, municipality=municipality)
    cycle.status, cycle.closed_on, cycle.closed_reason = Cycle.Status.CLOSED, closed_on, closed_reason
    return _add_cycle(cycle, "kept", "Tidigare omgång inlagd")


def _add_cycle(cycle: Cycle, verb: str, label: str) -> Cycle:
    cycle.validate_constraints()
    cycle.save()
    record(cycle, verb, label, by=cycle.created_by)
    return cycle
