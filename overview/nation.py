"""How far the municipalities have come, as far as the reader may see: one status each, in few queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Role, User
from agreements.models import Agreement, Validity
from agreements.queries import municipalities_of, that_counts, with_common
from five_steps.status import levels
from lib.dates import add_months
from lib.swedish import MISSING
from lib.swedish import date as sv_date
from partnerships.models import Cycle, Partnership, Party
from situation.models import Picture

PICTURE_MONTHS = 24  # a municipality's lägesbild is to be renewed at least every second year
PICTURE_WARNING_MONTHS = 20
NO_INSIGHT = "ingen insyn"

# What the list can be filtered by: the agreement's state, with its words.
AGREEMENT_STATES = {
    Validity.IN_FORCE: "Gäller",
    Validity.EXPIRING: "Löper snart ut",
    Validity.COMING: "Börjar gälla senare",
    Validity.EXPIRED: "Har löpt ut",
    Validity.NOT_SIGNED: "Saknas",
}


@dataclass(frozen=True)
class Status:
    """A municipality in its partnership, in words that a list shows. Level is None where there is no open cycle."""

    partnership_id: int
    level: int | None
    current: int | None
    validity: Validity
    last_day: dt.date | None
    picture_day: dt.date | None
    day: dt.date

    @property
    def step(self) -> str:
        return f"Steg {self.current}" if self.current else "Ingen öppen omgång"

    @property
    def steps_done(self) -> str:
        return f"{self.level} av 5 steg klara" if self.level is not None else ""

    @property
    def agreement(self) -> tuple[str, str]:
        """Word and tone."""
        return AGREEMENT_STATES[self.validity], self.validity.tone

    @property
    def agreement_until(self) -> str:
        if self.validity == Validity.NOT_SIGNED:
            return ""
        return sv_date(self.last_day) if self.last_day else "tills vidare"

    @property
    def picture(self) -> tuple[str, str]:
        """Word and tone of how old the picture is."""
        if self.picture_day is None:
            return "Saknas", "idle"
        if add_months(self.picture_day, PICTURE_MONTHS) < self.day:
            return f"Äldre än {PICTURE_MONTHS} mån", "bad"
        if add_months(self.picture_day, PICTURE_WARNING_MONTHS) < self.day:
            return f"Snart {PICTURE_MONTHS} mån", "warn"
        return "Aktuell", "ok"


@dataclass
class _Found:
    """What is known of the visible partnerships, by partnership id."""

    cycles: dict[int, list[Cycle]] = field(default_factory=lambda: defaultdict(list))
    agreements: dict[int, list[Agreement]] = field(default_factory=lambda: defaultdict(list))
    signed_for: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    pictures: dict[int, list[tuple[int | None, dt.date]]] = field(default_factory=lambda: defaultdict(list))
    levels: dict[int, tuple[int, int]] = field(default_factory=dict)


def statuses(user: User, day: dt.date) -> dict[int, Status]:
    """The status of each municipality (by its id) whose partnership the person may see.

    Five queries, and one more where there are local parts.
    """
    visible = Partnership.objects.visible_to(user)
    members = Party.objects.current(day).filter(partnership__in=visible, organisation__municipality__isnull=False)
    pairs = list(members.values_list("organisation__municipality_id", "partnership_id"))
    found = _find({partnership for _, partnership in pairs}, day)
    best: dict[int, Status] = {}
    for municipality, partnership in pairs:
        status = _status(municipality, partnership, found, day)
        if municipality not in best or _rank(status) > _rank(best[municipality]):
            best[municipality] = status
    return best


def _find(partnerships: Iterable[int], day: dt.date) -> _Found:
    found = _Found()
    ids = list(partnerships)
    for cycle in Cycle.objects.open().filter(partnership__in=ids).only("partnership", "municipality", "starts"):
        found.cycles[cycle.partnership_id].append(cycle)
    found.levels = levels(cycle for cycles in found.cycles.values() for cycle in cycles)
    signed = Agreement.objects.filter(partnership__in=ids, status__in=Agreement.SIGNED_STATUSES)
    agreements = list(signed.only(*Agreement.CALENDAR).order_by("-starts", "-pk"))
    with_common(agreements, among=agreements)
    found.signed_for = municipalities_of(agreements, day)
    for agreement in agreements:
        found.agreements[agreement.partnership_id].append(agreement)
    ready = (Picture.Status.READY, Picture.Status.ESTABLISHED)
    pictures = Picture.objects.filter(~Q(kind=Picture.Kind.OWN_POLICE), partnership__in=ids, status__in=ready)
    whose = Coalesce("municipality", "owner__organisation__municipality")
    for pk, municipality, made in pictures.values_list("partnership", whose, Coalesce("established_at", "created_at")):
        found.pictures[pk].append((municipality, timezone.localdate(made)))
    return found


def _status(municipality: int, partnership: int, found: _Found, day: dt.date) -> Status:
    cycles = [c for c in found.cycles[partnership] if c.municipality_id in (None, municipality)]
    # A cycle of the municipality's own goes before the common one.
    cycle = min(cycles, key=lambda cycle: cycle.municipality_id is None, default=None)
    level, current = found.levels[cycle.pk] if cycle else (None, None)
    agreement = that_counts((a for a in found.agreements[partnership] if municipality in found.signed_for[a.pk]), day)
    days = [made for place, made in found.pictures[partnership] if place in (None, municipality)]
    return Status(
        partnership_id=partnership,
        level=level,
        current=current,
        validity=agreement.validity(day) if agreement else Validity.NOT_SIGNED,
        last_day=agreement.last_day_on(day) if agreement else None,
        picture_day=max(days, default=None),
        day=day,
    )


def _rank(status: Status) -> tuple[int, bool]:
    """Which of a municipality's partnerships stands for it: the one that has come furthest."""
    return -1 if status.level is None else status.level, status.validity in (Validity.IN_FORCE, Validity.EXPIRING)


def sees_all(user: User) -> bool:
    """Whether the person sees how every municipality stands."""
    return bool({Role.BRA_ANALYST, Role.ADMINISTRATOR} & user.roles)


def missing_words(user: User) -> "defaultdict[int, str] | dict[int, str]":
    """By county id, what stands instead of a status: nothing is known, or it is not for this reader to know."""
    if sees_all(user):
        return defaultdict(lambda: MISSING)
    counties = {m.organisation.county_id for m in user.memberships_now if m.role == Role.COUNTY_READER}
    return defaultdict(lambda: NO_INSIGHT, {pk: MISSING for pk in counties if pk})
