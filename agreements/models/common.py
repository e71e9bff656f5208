"""What a local part takes from its common agreement: how long both apply. Derived when asked, never written down."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value

if TYPE_CHECKING:
    from agreements.models.agreement import Agreement

ONE_DAY = dt.timedelta(days=1)
JOINED, LEFT = "joined", "left"  # of Adherence.Kind
ANEW = "anew"  # a newer text says who its parties are


class Act(NamedTuple):
    """A party that stands in a text, has joined an agreement, or left it."""

    agreement: int
    party: int
    place: int | None
    kind: str
    since: dt.date
    pk: int

    @property
    def first_day(self) -> dt.date:
        """The first day on which it shows: who leaves is in on its last day."""
        return min(self.since, dt.date.max - ONE_DAY) + ONE_DAY if self.kind == LEFT else self.since


@dataclass(frozen=True)
class Stretch:
    """Days in which the municipality is bound by the common agreement; without an end while it has not left."""

    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Common:
    """The signed common agreement that a local part stands under, the versions after it, and the municipality in it."""

    versions: "tuple[Agreement, ...]"
    stretches: tuple[Stretch, ...]

    def standing(self, day: dt.date) -> "Agreement":
        """The version that decides on the day: the newest, unless it begins after a gap that has not passed."""
        held = self.versions[0]
        for newer in self.versions[1:]:
            last = held.last_day_on(day)
            if last and day < newer.starts and last < newer.starts - ONE_DAY:
                break
            held = newer
        return held

    def last_day_on(self, day: dt.date) -> dt.date | None:
        return self.standing(day).last_day_on(day)

    def left_on(self, day: dt.date) -> dt.date | None:
        """The municipality's last day in it, as things stand on the day; None while it has not said that it leaves."""
        return max((one for one in self.stretches if one.since <= day), key=lambda one: one.since).until

    def back_on(self, day: dt.date) -> dt.date | None:
        """When the municipality is to be in it again, if it has left it on the day."""
        return min((one.since for one in self.stretches if one.since > day), default=None)

    @property
    def is_open(self) -> bool:
        """Whether nothing ends it: until further notice, or extended period after period."""
        newest = self.versions[-1]
        return newest.goes_on or (newest.ends is None and newest.terminated_on is None)


def commons(parts: "Iterable[Agreement]", among: "Iterable[Agreement]") -> "dict[int, Common | None]":
    """For each local part what it takes from its common agreement, by its id. One query for them all.

    `among` holds the signed agreements of their partnerships; None where the common one is not signed.
    """
    signed = {one.pk: one for one in among if one.is_signed and not one.is_local_part}
    newer: dict[int, Agreement] = {}
    for one in sorted(signed.values(), key=lambda one: (one.starts, one.pk)):
        if one.replaces_id:
            newer[one.replaces_id] = one  # the one that begins last stays
    chains = {part.pk: (part, tuple(_chain(signed.get(part.parent_id or 0), newer))) for part in parts}
    versions = {one.pk for _, chain in chains.values() for one in chain}
    acts = acts_of(versions) if versions else []
    return {
        pk: Common(chain, tuple(_stretches(chain, part.municipality_id, acts))) if chain else None
        for pk, (part, chain) in chains.items()
    }


def _chain(first: "Agreement | None", newer: "dict[int, Agreement]") -> "Iterator[Agreement]":
    seen: set[int] = set()
    while first and first.pk not in seen:
        seen.add(first.pk)
        yield first
        first = newer.get(first.pk)


def in_text() -> "QuerySet[Any]":
    """Rows of who is bound by a text from the start: who only contributes to the work is not."""
    agreement = apps.get_model("agreements", "Agreement")
    same = {"agreement": OuterRef("agreement"), "party": OuterRef("party")}
    return agreement.parties.through.objects.exclude(Exists(agreement.contributing.through.objects.filter(**same)))


def acts_of(agreements: Iterable[int]) -> list[Act]:
    """Who stands in each text, as one who has joined before all days, and who joined and left it since. One query."""
    adherence, ids = apps.get_model("agreements", "Adherence"), list(agreements)
    place = "party__organisation__municipality"
    columns = ("agreement", "party", place, "act", "since", "pk")
    text = in_text().filter(agreement__in=ids)
    first = text.annotate(act=Value(JOINED), since=Value(dt.date.min, DateField()))
    acts = adherence.objects.filter(agreement__in=ids).annotate(act=F("kind"), since=F("day")).order_by()
    rows = first.values_list(*columns).union(acts.values_list(*columns), all=True)
    return sorted((Act(*row) for row in rows), key=lambda act: (act.since, act.pk))


def _stretches(chain: "Sequence[Agreement]", place: int | None, acts: Sequence[Act]) -> list[Stretch]:
    """When the municipality is bound. One that never stood in the text, nor joined, is taken to follow all the same.

    A newer text says anew who its parties are, so what was registered to happen under the older one does not.
    """
    found, inside, now = [Stretch(dt.date.min, None)], set[int](), False
    for day, parties, kind in _turns(chain, place, acts):
        inside = parties if kind == ANEW else inside | parties if kind == JOINED else inside - parties
        if now and not inside:
            found[-1] = Stretch(found[-1].since, day - ONE_DAY)
        elif inside and (last := found[-1].until):
            back = found.pop().since if last >= day - ONE_DAY else day
            found.append(Stretch(back, None))
        now = bool(inside)
    return found


def _turns(
    chain: "Sequence[Agreement]", place: int | None, acts: Sequence[Act]
) -> Iterator[tuple[dt.date, set[int], str]]:
    """What changes for the municipality: from which day, for which parties, and how, in the order of time."""
    for held, newer in zip(chain, [*chain[1:], None], strict=True):
        own = [act for act in acts if act.agreement == held.pk and place is not None and act.place == place]
        yield held.starts, {act.party for act in own if act.since == dt.date.min}, ANEW
        for act in own:
            if act.since != dt.date.min and (newer is None or act.first_day < newer.starts):
                yield act.first_day, {act.party}, act.kind
