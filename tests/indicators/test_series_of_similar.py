"""The line of similar municipalities: the median of those that have a figure."""

from decimal import Decimal

import pytest

from indicators.medians import medians
from indicators.models import Observation
from indicators.series import count_code, series_for
from tests.figures import batch, indicator, put

CODES = ["9001", "9002", "9003", "9004", "9005"]


@pytest.fixture
def rate(db):
    return indicator("exempel-per-100000")


@pytest.fixture
def file(importer):
    return batch(importer)


def put_all(rate, file, *values, **more):
    for code, value in zip(CODES, values, strict=False):
        put(rate, code, [value], file, **more)


def middle(rate, year=2025):
    return medians(CODES).get((rate.pk, year, year))


@pytest.mark.parametrize(
    ("values", "median"),
    [
        ((10, 20, 30, 40, 500), 30),
        ((10, 20, 31, 40), 26),  # 25,5, written as whole as the figures
        (("1.5", "2.5", "3.5", "4.5"), Decimal("3.0")),
        ((10, 20, 30), None),
        ((10, 20, 30, None, None), None),  # withheld figures do not count
        ((0, 0, 0, 0), 0),
    ],
)
def test_the_middle_of_at_least_four(rate, file, values, median):
    put_all(rate, file, *values)

    assert middle(rate) == median


def test_of_two_publications_the_final_counts(rate, file):
    put_all(rate, file, 10, 20, 30, 40, 50)
    Observation.objects.filter(area_code="9003").update(preliminary=True)
    Observation.objects.create(
        dataset="arsfil",
        indicator=rate,
        area_type="kommun",
        area_code="9003",
        year_from=2025,
        year_to=2025,
        period_label="2025",
        value=35,
        batch=file,
    )

    assert middle(rate) == 35


def test_counts_are_not_compared(file):
    counts = indicator("exempel-antal")
    put_all(counts, file, 1, 2, 3, 4, 5)

    assert medians(CODES) == {}


def test_women_and_men_are_not_mixed_in(rate, file):
    put_all(rate, file, 10, 20, 30, 40)
    put_all(rate, file, 1, 2, 3, 4, sex="K")

    assert middle(rate) == 25


def test_each_period_has_its_own_median(rate, file, lycksele):
    put(rate, lycksele.code, [7, 8], file)
    put_all(rate, file, 10, 20, 30, 40)

    series = series_for(lycksele, similar=CODES)[0]

    assert series.periods == ("2024", "2025")
    assert series.similar == (None, Decimal(25))
    assert series.chart_series()[-1].name == "Liknande kommuner"


def test_all_similar_cost_one_query(rate, file, lycksele, django_assert_num_queries):
    put(rate, lycksele.code, [7, 8], file)
    put_all(rate, file, 10, 20, 30, 40)

    with django_assert_num_queries(4):
        series_for(lycksele, similar=CODES)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("bilbrott-anmalda-per-100000", "bilbrott-anmalda-antal"),
        ("bilbrott-per-1000", "bilbrott-antal"),
        ("bilbrott-anmalda-antal", ""),
        ("oro-ntu-andel", ""),
    ],
)
def test_a_rate_knows_the_code_of_its_count(code, count):
    assert count_code(code) == count


def test_a_rate_knows_its_counts_also_when_it_alone_is_asked_for(rate, file, lycksele):
    put(rate, lycksele.code, [33, 58], file)
    put(indicator("exempel-antal"), lycksele.code, [4, 7], file)

    assert [one.counts for one in series_for(lycksele, [rate.code])] == [(4, 7)]


def test_inhabitants_are_no_cases(file, lycksele):
    put(indicator("folkmangd-antal", topic="ovrigt"), lycksele.code, [5, 7], file)

    assert series_for(lycksele)[0].few_note == ""


def test_reported_crimes_are_cases_themselves(file, lycksele):
    put(indicator("exempel-antal"), lycksele.code, [5, 7], file)

    assert series_for(lycksele)[0].few_note.startswith("Bygger på få fall: 7 år 2025.")
