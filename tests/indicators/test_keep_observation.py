"""What must always be true of a figure, whoever writes it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from indicators.models import ImportBatch, Indicator, Observation


@pytest.fixture
def figure(imported):
    """The facts of a new figure, to be changed by a test."""
    return {
        "dataset": "lagesbild",
        "indicator": Indicator.objects.first(),
        "area_type": "kommun",
        "area_code": "2481",
        "year_from": 2010,
        "year_to": 2010,
        "period_label": "2010",
        "value": Decimal(5),
        "batch": imported,
    }


def test_a_sound_figure_is_kept(figure):
    assert Observation.objects.create(**figure).source == "bra"


@pytest.mark.parametrize(
    "fault",
    [
        {"suppressed": True},
        {"value": Decimal(-1)},
        {"year_to": 2009},
        {"ci_low": Decimal(1)},
        {"ci_high": Decimal(9)},
        {"ci_low": Decimal(6), "ci_high": Decimal(9)},
        {"ci_low": Decimal(1), "ci_high": Decimal(4)},
        {"value": None, "ci_low": Decimal(1), "ci_high": Decimal(4)},
        {"ci_low": Decimal(-1), "ci_high": Decimal(9)},
        {"area_type": "riket"},
        {"area_code": "00"},
    ],
)
def test_an_impossible_figure_is_refused_by_the_database(figure, fault):
    with pytest.raises(IntegrityError):
        Observation.objects.create(**figure | fault)


def test_a_figure_stands_once(figure):
    Observation.objects.create(**figure)
    with pytest.raises(IntegrityError):
        Observation.objects.create(**figure)


def test_women_and_men_have_figures_of_their_own(figure):
    for sex in "TKM":
        Observation.objects.create(**figure | {"sex": sex})
    assert Observation.objects.filter(year_to=2010).count() == 3


def test_an_import_without_who_and_when_is_refused(imported):
    with pytest.raises(IntegrityError):
        ImportBatch.objects.filter(pk=imported.pk).update(imported_at=None)


def test_a_yearly_file_without_a_year_is_refused(imported):
    with pytest.raises(IntegrityError):
        ImportBatch.objects.filter(pk=imported.pk).update(kind="arsfil")
