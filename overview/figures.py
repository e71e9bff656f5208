"""A municipality's figures beside its county and the nation: a few on its page, all on a page of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.models import Indicator
from indicators.series import IndicatorSeries, series_for
from lib.charts import Chart
from municipalities.models import Municipality

# Shown on the municipality's page, where there are figures: the whole, what is seen, what is done, what is felt.
PREVIEW = (
    "totalt-anmalda-per-100000",
    "skadegorelsebrott-anmalda-per-100000",
    "vald-utomhus-vuxna-anmalda-per-100000",
    "otrygghet-utomhus-ntu-andel",
)
SMALL = (262.0, 136.0)
LARGE = (290.0, 170.0)


@dataclass(frozen=True)
class Figure:
    """An indicator as a chart, with what one must know to read it."""

    indicator: Indicator
    chart: Chart
    source: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Topic:
    """The figures of one subject."""

    title: str
    figures: Sequence[Figure]


def preview(municipality: Municipality) -> list[Figure]:
    return [_figure(one, SMALL) for one in series_for(municipality, PREVIEW)]


def topics(municipality: Municipality) -> list[Topic]:
    """Every indicator that has figures for the municipality, by subject. Counts stand beside their rates' tables."""
    comparable = [one for one in series_for(municipality) if one.indicator.is_comparable]
    groups = groupby(comparable, key=lambda one: one.indicator.get_topic_display())
    return [Topic(title, [_figure(one, LARGE) for one in group]) for title, group in groups]


def _figure(series: IndicatorSeries, size: tuple[float, float]) -> Figure:
    width, height = size
    return Figure(series.indicator, series.chart(width, height), series.source_line, series.notes)
