"""What the pages of the catalogue show: how far each indicator's figures reach, and each municipality's newest."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q, QuerySet

from indicators.models import SOURCE_OF, AreaType, Dataset, ImportBatch, Indicator, Observation, Unit
from indicators.series import IndicatorSeries, latest_for, nation_series, series_for
from lib import swedish
from lib.series import unbroken
from municipalities.models import Municipality

MANY_PLACES = 6


@dataclass
class Line:
    """Something that is measured, in one or more units, with the years that its figures span."""

    title: str
    source: str
    indicators: list[Indicator] = field(default_factory=list)
    first_year: int | None = None
    last_year: int | None = None
    municipalities: int = 0

    @property
    def years(self) -> str:
        return years_in_words(self.first_year, self.last_year)

    @property
    def units(self) -> list[tuple[str, str]]:
        """The page of each unit, and the unit in words."""
        return [(one.get_absolute_url(), unit_in_words(one)) for one in self.indicators]


@dataclass(frozen=True)
class Topic:
    """A heading of the catalogue with its indicators."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Row:
    """A municipality and its newest figure of one indicator."""

    municipality: Municipality
    latest: Observation | None

    @property
    def shown(self) -> str:
        """The figure in words; shares with one decimal each, so that they stand in line."""
        value = self.latest.value if self.latest else None
        share = self.latest is not None and self.latest.indicator.unit == Unit.SHARE
        return swedish.decimal(value, 1) if share else swedish.number(value)


def topics() -> list[Topic]:
    """The whole catalogue by topic, units of one thing on one line; two queries."""
    own = Q(area_type=AreaType.MUNICIPALITY)
    reaches = Observation.objects.values("indicator").annotate(
        first=Min("year_from"), last=Max("year_to"), places=Count("area_code", filter=own, distinct=True)
    )
    reach_of = {one["indicator"]: (one["first"], one["last"], one["places"]) for one in reaches}
    found: dict[str, dict[str, Line]] = {str(label): {} for label in Indicator.Topic.labels}
    for indicator in Indicator.objects.all():
        lines = found[indicator.get_topic_display()]
        # Two publishers may measure the same thing, each in its own way.
        known = f"{indicator.title}\n{indicator.source}"
        line = lines.setdefault(known, Line(indicator.title, indicator.source))
        line.indicators.append(indicator)
        if len(line.indicators) == 1 and indicator.pk in reach_of:
            line.first_year, line.last_year, line.municipalities = reach_of[indicator.pk]
    return [Topic(title, list(lines.values())) for title, lines in found.items() if lines]


def municipalities(indicator: Indicator, text: str, *, everyone: bool) -> QuerySet[Municipality]:
    """Those that the text finds, in order: everyone, or only those that have figures of the indicator."""
    found = Municipality.objects.select_related("county").search(text).in_order()
    if everyone:
        return found
    own = Observation.objects.filter(area_type=AreaType.MUNICIPALITY, indicator=indicator)
    return found.filter(code__in=own.values("area_code"))


def shown_series(indicator: Indicator, municipality: Municipality | None) -> IndicatorSeries | None:
    """The municipality's line beside county and nation; the nation alone when none is chosen."""
    if municipality is None:
        return nation_series(indicator)
    return next(iter(series_for(municipality, [indicator.code])), None)


def heading(indicator: Indicator, municipality: Municipality | None) -> str:
    """What the chart compares."""
    if municipality is None:
        return "Riket"
    return f"{municipality} bredvid länet och riket" if indicator.is_comparable else f"{municipality}"


def missing(municipality: Municipality | None) -> str:
    """What to do when there is nothing to draw."""
    if municipality is None:
        return "Uppgift saknas. Inga siffror för riket är inlästa för den här indikatorn."
    return f"Uppgift saknas för {municipality}. Siffrorna kommer när någon läser in en fil där kommunen finns med."


def rows(indicator: Indicator, found: list[Municipality]) -> list[Row]:
    """The municipalities in the order given, each with its newest figure."""
    latest = latest_for(found, [indicator.code])
    return [Row(one, latest[one.code].get(indicator.code)) for one in found]


def unit_in_words(indicator: Indicator) -> str:
    """ "per 100 000 invånare", never broken inside the number."""
    return unbroken(indicator.get_unit_display())


def municipalities_named(names: Sequence[str]) -> list[Municipality]:
    """The municipalities among a file's places, where they are few enough to be told one by one."""
    return list(Municipality.objects.filter(name__in=names).in_order()) if len(names) <= MANY_PLACES else []


def places_in_words(names: Sequence[str]) -> str:
    """ "Lycksele, Västerbottens län och Riket", or how many when they are many."""
    return swedish.listing(list(names)) if len(names) <= MANY_PLACES else f"{len(names)} områden"


def source_in_words(batch: ImportBatch) -> str:
    """Whose figures the file holds; a table of one's own says it itself. Nobody's until it is pointed out."""
    if batch.kind == Dataset.OWN:
        return str(batch.mapping.get("source", ""))
    return str(SOURCE_OF[batch.kind].label)


def years_in_words(first: int | None = None, last: int | None = None) -> str:
    """ "2016–2025", "2024", or nothing."""
    return swedish.period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first and last else ""
