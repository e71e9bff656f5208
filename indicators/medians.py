"""What similar municipalities have: for each indicator and period the median of those that have a figure."""

import statistics
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import F

from indicators.models import AreaType, Observation, Unit

# With fewer than this the median would be some single municipality's figure.
LEAST = 4

Key = tuple[int, int, int]


def medians(municipality_codes: Collection[str], indicator_codes: Collection[str] = ()) -> dict[Key, Decimal]:
    """By indicator's id and years, where at least four of the municipalities have a figure. Rates and shares only.

    All indicators when no codes are given; both sexes together. One query.
    """
    found = Observation.objects.filter(
        area_type=AreaType.MUNICIPALITY, area_code__in=municipality_codes, sex=Observation.Sex.ALL, value__isnull=False
    )
    if indicator_codes:
        found = found.filter(indicator__code__in=indicator_codes)
    # Of two publications' figures the last one written below counts: the final, then the newest import.
    rows = (
        found.exclude(indicator__unit=Unit.COUNT)
        .order_by("-preliminary", F("batch__imported_at").asc(nulls_first=True))
        .values_list("indicator_id", "year_from", "year_to", "area_code", "value")
    )
    figures: dict[Key, dict[str, Decimal]] = defaultdict(dict)
    for indicator, first, last, area, value in rows:
        figures[indicator, first, last][area] = value or Decimal(0)
    return {key: _median(list(found.values())) for key, found in figures.items() if len(found) >= LEAST}


def _median(values: list[Decimal]) -> Decimal:
    """Written with as many decimals as the figures it is made of."""
    places = max(-int(value.normalize().as_tuple().exponent) for value in values)
    return round(statistics.median(values), max(places, 0))
