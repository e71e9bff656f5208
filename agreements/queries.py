"""Questions that other rooms ask about agreements and measures."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from agreements.models import Adherence, Agreement, AgreementQuerySet, Measure, MeasureQuerySet, Validity
from agreements.models.common import acts_of, commons, in_text
from lib.dates import today
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from partnerships.queries import concerning

_AFTER_IN_FORCE = {Validity.COMING: 1, Validity.EXPIRED: 2}


def agreements_of(
    partnership: Partnership, municipality: Municipality | None = None, day: dt.date | None = None
) -> AgreementQuerySet:
    """The partnership's agreements, the municipality's own and the common ones that bind it on the day (or today).

    The latest first, no texts. Those that are not signed yet concern who is to sign them.
    """
    found = Agreement.objects.filter(partnership=partnership)
    if municipality:
        common = Q(municipality=None, pk__in=_binding(municipality, day or today()))
        found = found.filter(Q(municipality=municipality) | common)
    return found.without_texts().with_successor().order_by("-starts", "-pk")


def public_agreements(municipality: Municipality, day: dt.date) -> AgreementQuerySet:
    """The public register of a municipality: its own open, signed agreements and the common ones that bind it.

    The latest first, without texts. Three queries.
    """
    found = Agreement.objects.public().filter(_own_or_binding(municipality, day))
    return found.without_texts().with_successor().order_by("-starts", "-pk")


def count_public_agreements(municipality: Municipality, day: dt.date) -> int:
    """How many stand in it. Three queries."""
    return Agreement.objects.public().filter(_own_or_binding(municipality, day)).count()


def _own_or_binding(municipality: Municipality, day: dt.date) -> Q:
    return Q(municipality=municipality) | Q(municipality=None, pk__in=_binding(municipality, day))


def local_parts(common: Agreement) -> list[Agreement]:
    """The local parts under a common agreement, or under the versions it replaces, that no newer part has replaced."""
    versions, step = [common.pk], common.replaces_id
    while step and step not in versions:
        versions.append(step)
        step = Agreement.objects.filter(pk=step).values_list("replaces", flat=True).first()
    parts = Agreement.objects.filter(parent__in=versions, kind=Agreement.Kind.LOCAL).without_texts().with_successor()
    found = parts.select_related("municipality").order_by("municipality__sort_order", "-version", "-pk")
    return with_common(part for part in found if not part.replaced_from)


def with_common(agreements: Iterable[Agreement], among: Iterable[Agreement] | None = None) -> list[Agreement]:
    """The same, each local part with its common agreement at hand: as many queries for many as for one.

    Two queries where a local part is among them, one where `among` has the signed agreements of their partnerships.
    """
    found = list(agreements)
    parts = [one for one in found if one.is_local_part]
    if parts and among is None:
        signed = Agreement.objects.filter(status__in=Agreement.SIGNED_STATUSES).only(*Agreement.CALENDAR)
        common = signed.exclude(kind=Agreement.Kind.LOCAL, parent__isnull=False)
        among = common.filter(partnership__in={one.partnership_id for one in parts})
    taken = commons(parts, among or [])
    for part in parts:
        part.common = taken[part.pk]
    return found


def of_place(agreements: Iterable[Agreement], municipality: Municipality | None) -> list[Agreement]:
    """Those that stand for a place: where all are asked about, a local part does not stand for the whole.

    A partnership where every agreement is some municipality's own is described by them.
    """
    found = list(agreements)
    if municipality:
        return found
    return [one for one in found if one.municipality_id is None] or [one for one in found if not one.is_local_part]


def that_counts(agreements: Iterable[Agreement], day: dt.date) -> Agreement | None:
    """Of a place's agreements the signed one that counts on the day: in force, else coming, else the latest that was.

    One that a newer has replaced does not count, however long it was to last. A municipality's own goes before a
    common one, a later before an earlier. No query, where the agreements came with `replaces`.
    """
    signed = [agreement for agreement in agreements if agreement.is_signed]
    replaced = {agreement.replaces_id for agreement in signed if agreement.starts <= day}
    left = [agreement for agreement in signed if agreement.pk not in replaced]

    def order(agreement: Agreement) -> tuple[int, bool, int, int]:
        rank = _AFTER_IN_FORCE.get(agreement.validity(day), 0)
        return rank, agreement.municipality_id is None, -agreement.starts.toordinal(), -agreement.pk

    return min(left, key=order, default=None)


def bound_parties(agreements: Iterable[Agreement], day: dt.date) -> dict[int, set[int]]:
    """Who each agreement binds on the day, as party ids by its id: who stands in the text, joined since, not left.

    The parties of a text that is out for signing or signed are never chosen anew, so the table says what was frozen.
    """
    bound: dict[int, set[int]] = defaultdict(set)
    for pk, parties in _standing(agreements, day).items():
        bound[pk] = set(parties)
    return bound


def municipalities_of(agreements: Iterable[Agreement], day: dt.date) -> dict[int, set[int]]:
    """The municipalities that each agreement binds on the day, by its id. One query."""
    bound: dict[int, set[int]] = defaultdict(set)
    for pk, parties in _standing(agreements, day).items():
        bound[pk] = {municipality for municipality in parties.values() if municipality}
    return bound


def _standing(agreements: Iterable[Agreement], day: dt.date) -> dict[int, dict[int, int | None]]:
    """The bound parties of each agreement with their municipality: one query for both tables, in the order of time."""
    found: dict[int, dict[int, int | None]] = defaultdict(dict)
    for act in acts_of(agreement.pk for agreement in agreements):
        if act.first_day > day:
            continue
        if act.kind == Adherence.Kind.JOINED:
            found[act.agreement][act.party] = act.place
        else:
            found[act.agreement].pop(act.party, None)
    return found


def _binding(municipality: Municipality, day: dt.date) -> list[int]:
    """The agreements that the municipality stands in, or has joined and not left. Two queries."""
    own = Party.objects.filter(organisation__municipality=municipality)
    inside = set(in_text().filter(party__in=own).values_list("agreement", flat=True))
    acts = Adherence.objects.filter(party__in=own).covering(day).order_by("day", "pk")
    for agreement, kind in acts.values_list("agreement", "kind"):
        (inside.add if kind == Adherence.Kind.JOINED else inside.discard)(agreement)
    return sorted(inside)


def measures_of(cycle: Cycle, municipality: Municipality | None = None) -> MeasureQuerySet:
    """The cycle's measures, the municipality's own and the common ones, with their counts, all in one query."""
    found = Measure.objects.filter(concerning(municipality), cycle=cycle).with_count()
    return found.select_related("problem", "responsible__organisation", "municipality")
