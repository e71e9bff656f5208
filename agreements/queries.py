"""Questions that other rooms ask about agreements and measures."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from agreements.models import Agreement, AgreementQuerySet, Measure, MeasureQuerySet, Validity
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership
from partnerships.queries import concerning

_AFTER_IN_FORCE = {Validity.COMING: 1, Validity.EXPIRED: 2}


def agreements_of(partnership: Partnership, municipality: Municipality | None = None) -> AgreementQuerySet:
    """The partnership's agreements, the municipality's own and those it is a party to; the latest first, no texts."""
    found = Agreement.objects.filter(partnership=partnership).concerning(municipality)
    return found.without_texts().with_successor().order_by("-starts", "-pk")


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


def municipalities_of(agreements: Iterable[Agreement]) -> dict[int, set[int]]:
    """The municipalities that are parties to each agreement, by its id. One query."""
    through = Agreement.parties.through.objects.filter(agreement__in=[agreement.pk for agreement in agreements])
    found: dict[int, set[int]] = defaultdict(set)
    rows = through.filter(party__organisation__municipality__isnull=False)
    for agreement, municipality in rows.values_list("agreement", "party__organisation__municipality"):
        found[agreement].add(municipality)
    return found


def measures_of(cycle: Cycle, municipality: Municipality | None = None) -> MeasureQuerySet:
    """The cycle's measures, the municipality's own and the common ones, with their counts, all in one query."""
    found = Measure.objects.filter(concerning(municipality), cycle=cycle).with_count()
    return found.select_related("problem", "responsible__organisation", "municipality")
