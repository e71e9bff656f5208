"""A municipality's figures against the floor page: thirty charts over ten years.

Promised: 2.5 times the floor, also the first time. Nothing is drawn ahead when figures are let in and nothing is shared
between processes: a process keeps what it has drawn, so a fresh one, or one that has met new figures, draws all thirty.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import ImportBatch, Indicator, Observation
from municipalities.similar import similar_to
from overview.figures import drawing
from tests.benchmarks.measure import ratio, say

pytestmark = [pytest.mark.bench]

PAGE = "/kommuner/lycksele/siffror/"
YEARS = range(2016, 2026)
RATES, SHARES = 8, 22


@pytest.fixture
def get(client, kommunpolis):
    client.force_login(kommunpolis)

    def fetch(address):
        def call():
            response = client.get(address)
            assert response.status_code == 200, address
            return response

        return call

    return fetch


@pytest.fixture
def figures(country, kommunpolis):
    """Eight rates with their counts and 22 shares with intervals, for Lycksele, county, nation and seven alike."""
    batch = ImportBatch.objects.create(
        kind="lagesbild",
        original_name="Lycksele.xlsx",
        sha256="a",
        size=1,
        status="imported",
        imported_at=timezone.now(),
        imported_by=kommunpolis,
        created_by=kommunpolis,
    )
    kinds = [(f"brott-{n}-per-100000", "per_100000", "anmalda", 0) for n in range(RATES)]
    kinds += [(f"brott-{n}-antal", "antal", "anmalda", 0) for n in range(RATES)]
    kinds += [(f"ntu-{n}-andel", "andel", ("utsatthet", "otrygghet", "ordning")[n % 3], 4) for n in range(SHARES)]
    lycksele = country["lycksele"]
    areas = [("kommun", lycksele.code), ("lan", "24"), ("riket", "00")]
    areas += [("kommun", one.code) for one in similar_to(lycksele).municipalities]
    for place, (code, unit, topic, _) in enumerate(kinds):
        Indicator.objects.create(
            code=code,
            title=f"Indikator {place}",
            unit=unit,
            topic=topic,
            source="Brå, anmälda brott",
            caution="Antalet påverkas av hur benägna människor är att anmäla.",
            sort_order=place,
        )
    ids = dict(Indicator.objects.values_list("code", "pk"))
    Observation.objects.bulk_create(
        Observation(
            dataset="lagesbild",
            indicator_id=ids[code],
            area_type=area_type,
            area_code=area,
            year_from=year,
            year_to=year,
            period_label=f"{year}",
            value=value,
            ci_low=value - width if width else None,
            ci_high=value + width if width else None,
            preliminary=year == YEARS[-1],
            batch=batch,
        )
        for code, unit, _, width in kinds
        for number, (area_type, area) in enumerate(areas)
        for year in YEARS
        for value in [_value(unit, ids[code] * 7 + year * 13 + number * 5)]
    )


def _value(unit, seed):
    """Counts and rates are whole numbers, shares have a decimal; seldom two alike."""
    return round(5 + seed * 37 % 400 / 10, 1) if unit == "andel" else 15 + seed * 611 % 9000


def test_all_figures_of_a_municipality(get, figures):
    text = get(PAGE)().content.decode()
    assert text.count('<svg class="chart"') == RATES + SHARES
    assert text.count(">Liknande</text>") == RATES + SHARES

    measured = ratio(get(PAGE), get("/golv/"))

    say("30 diagram, 10 år, sju liknande kommuner", measured, 2.5)
    assert measured[0] <= 2.5


def test_the_first_view_in_a_fresh_process(get, figures):
    """Wholly cold each round: no chart is drawn. It is the same after an import, since nothing is made ready then."""

    def anew():
        drawing.cache_clear()
        get(PAGE)()

    measured = ratio(anew, get("/golv/"))

    say("samma sida, varje diagram ritat från början", measured, 2.5)
    assert measured[0] <= 2.5


def test_one_topic_asks_no_more_than_all(get, figures):
    with CaptureQueriesContext(connection) as every:
        get(PAGE)()
    with CaptureQueriesContext(connection) as one:
        get(f"{PAGE}?amne=otrygghet")()

    assert len(one) == len(every)
