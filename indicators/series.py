"""A municipality's figures over time beside county, nation and similar municipalities, for charts and reports."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from indicators.medians import Key, medians
from indicators.models import AreaType, ImportBatch, Indicator, Observation, Unit
from lib import charts, swedish
from lib.series import Series, unbroken
from municipalities.models import Municipality

Latest = dict[str, Observation]

RATE_ENDING = re.compile(r"-per-\d+$")
SIMILAR, SIMILAR_SHORT = "Liknande kommuner", "Liknande"
FEW_NOTE = "Bygger på få fall: {count} {years}. Läs utvecklingen över flera år, inte ett enskilt år."
AVERAGE_NOTE = "Varje värde är ett medelvärde av {count} år. Två värden intill varandra bygger delvis på samma år."
BREAK_NOTE = "Från {year} redovisas bara brott som kan knytas till kommunen. Jämför inte med åren före."


class StoredFigure(NamedTuple):
    """An observation as plain values: a page has some thousand, and a model's instance costs ten times as much."""

    indicator: Indicator
    batch: ImportBatch
    area_type: str
    year_from: int
    year_to: int
    period_label: str
    value: Decimal | None
    ci_low: Decimal | None
    ci_high: Decimal | None
    preliminary: bool
    suppressed: bool


@dataclass(frozen=True)
class Line:
    """One area's figures, a place for every period of the indicator: None where there is no figure."""

    name: str
    area_type: str
    figures: tuple[StoredFigure | None, ...]

    @property
    def latest(self) -> StoredFigure | None:
        """The newest figure with a value."""
        return next((one for one in reversed(self.figures) if one and one.value is not None), None)


@dataclass(frozen=True)
class IndicatorSeries:
    """An indicator's lines over common periods: the municipality first, then its county, then the nation.

    `similar` holds the median of similar municipalities, and `counted` the counts that the municipality's own figures
    build on: a place for every period, or empty where there is nothing.
    """

    indicator: Indicator
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    similar: tuple[Decimal | None, ...] = ()
    counted: tuple[StoredFigure | None, ...] = ()

    @property
    def counts(self) -> tuple[int | None, ...]:
        """How many cases there were each period; empty where that is not known of any."""
        return tuple(None if one is None or one.value is None else int(one.value) for one in self.counted)

    @property
    def figures(self) -> list[StoredFigure]:
        """Every figure that is shown or built on, each with its file."""
        shown = [one for line in self.lines for one in line.figures if one]
        return [*shown, *(one for one in self.counted if one)]

    @property
    def source(self) -> str:
        """ "Brå, anmälda brott, 2016–2025" """
        first, last = self.years
        years = f"{first}" if first == last else f"{first}{swedish.DASH}{last}"
        return f"{self.indicator.source}, {years}"

    @property
    def source_line(self) -> str:
        """ "Källa: Brå, anmälda brott, 2016–2025." """
        return f"Källa: {self.source}."

    @property
    def notes(self) -> list[str]:
        """What one must know to read the figures: cautions, few cases, the break, what is preliminary or withheld."""
        indicator, (first, last) = self.indicator, self.years
        figures = [one for line in self.lines for one in line.figures if one]
        sentences = [one for one in (indicator.caution, self.few_note) if one]
        if indicator.averaged_years > 1:
            sentences.append(AVERAGE_NOTE.format(count=swedish.in_words(indicator.averaged_years)))
        if indicator.break_year and first < indicator.break_year <= last:
            sentences.append(BREAK_NOTE.format(year=indicator.break_year))
        if self.preliminary:
            sentences.append(f"Preliminära siffror: {', '.join(self.preliminary)}.")
        if any(one.suppressed for one in figures):
            sentences.append("Luckor beror på att källan inte lämnar ut uppgifter som bygger på för få.")
        return sentences

    @property
    def few_note(self) -> str:
        """That a year's figure builds on few cases, where one does; the newest such year."""
        own = next((one for one in self._drawn if one.emphasis), None)
        if own is None or not own.few:
            return ""
        index, count = own.few[-1]
        years = f"{'år' if self.periods[index].isdigit() else 'åren'} {self.periods[index]}"
        return FEW_NOTE.format(count=swedish.number(count) if count else "inga", years=years)

    @cached_property
    def preliminary(self) -> list[str]:
        """The periods of which any line's figure is preliminary."""
        return sorted({one.period_label for line in self.lines for one in line.figures if one and one.preliminary})

    @property
    def breaks(self) -> list[str]:
        """The period from which figures are made in a new way, as lib.charts marks it."""
        return [self.periods[self._since]] if self._since else []

    @cached_property
    def _since(self) -> int:
        """The first place that can be compared with the newest: none of its years lies before the break.

        Where every period reaches over the break, the newest stands alone.
        """
        year, (first, last) = self.indicator.break_year, self.years
        if not year or not first < year <= last:
            return 0
        starts = (self._first_year(place) for place in range(len(self.periods)))
        return next((place for place, start in enumerate(starts) if start >= year), len(self.periods) - 1)

    def _first_year(self, place: int) -> int:
        figures = (line.figures[place] for line in self.lines)
        return next((one.year_from for one in figures if one), 0) or int(self.periods[place][:4])

    def chart_series(self) -> list[Series]:
        """The lines as lib.charts draws them. Beside a municipality its county is called just that: room is scarce."""
        return list(self._drawn)

    @cached_property
    def _drawn(self) -> list[Series]:
        kinds = {line.area_type for line in self.lines}
        drawn = [
            Series(
                name="Länet" if line.area_type == AreaType.COUNTY and AreaType.MUNICIPALITY in kinds else line.name,
                points=[(label, _number(one)) for label, one in zip(self.periods, line.figures, strict=True)],
                emphasis=line.area_type == AreaType.MUNICIPALITY,
                intervals=[_interval(one) for one in line.figures],
                counts=self.counts if line.area_type == AreaType.MUNICIPALITY else (),
                since=self._since,
            )
            for line in self.lines
        ]
        if self.similar:
            middle = [None if value is None else float(value) for value in self.similar]
            drawn.append(
                Series(SIMILAR, list(zip(self.periods, middle, strict=True)), since=self._since, short=SIMILAR_SHORT)
            )
        return drawn

    def chart(self, width: float = 640, height: float = 270) -> charts.Chart:
        """A line chart of the indicator, for a page or, smaller, for a report."""
        return charts.line_chart(
            self.indicator.title,
            self.chart_series(),
            unit=self.indicator.get_unit_display(),
            breaks=self.breaks,
            preliminary=self.preliminary,
            width=width,
            height=height,
        )

    def small_chart(self) -> charts.Chart:
        """The same for a phone."""
        return self.chart(width=300, height=190)

    def as_facts(self) -> dict[str, Any]:
        """The same as plain JSON, in the shape of lib.situation_report.Indicator, to be frozen in a report."""
        return {
            "title": self.indicator.title,
            "unit": unbroken(self.indicator.get_unit_display()),
            "source": self.source,
            "note": " ".join(self.notes),
            "sentence": "",
            "breaks": self.breaks,
            "series": [
                {
                    "name": one.name,
                    "emphasis": one.emphasis,
                    "points": [list(point) for point in one.points],
                    "ci": [list(ends) if ends else None for ends in one.intervals] if any(one.intervals) else None,
                }
                for one in self.chart_series()
            ],
        }

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that any figure is about."""
        figures = [one for line in self.lines for one in line.figures if one]
        return min(one.year_from for one in figures), max(one.year_to for one in figures)


def series_for(
    municipality: Municipality, indicator_codes: Collection[str] = (), *, similar: Collection[str] = ()
) -> list[IndicatorSeries]:
    """The indicators that have figures for the municipality, in the catalogue's order; all when no codes are given.

    Rates and shares stand beside county and nation, and beside the median of the municipalities whose codes are given
    as similar; counts, which come last, stand alone. A rate knows the count behind it.

    Three queries, however many indicators; one more where the municipality's county is not loaded, and one more for
    the similar.
    """
    wanted = {*indicator_codes, *filter(None, map(count_code, indicator_codes))}
    larger = Q(indicator__unit=Unit.COUNT) & ~Q(area_type=AreaType.MUNICIPALITY)  # counts that would not be shown
    observations = _stored(Observation.objects.series_for(municipality, wanted).exclude(larger))
    groups = {group[0].indicator.code: group for group in _by_indicator(observations)}
    beside = medians(similar, indicator_codes) if similar else {}
    made = (
        _series(municipality, group, _cases(group[0].indicator, groups), beside)
        for code, group in groups.items()
        if code in indicator_codes or not indicator_codes
    )
    return [one for one in made if one]


def count_code(rate_code: str) -> str:
    """The indicator that counts what a rate is a rate of: totalt-anmalda-per-100000 → totalt-anmalda-antal.

    Empty for what is no rate.
    """
    stem = RATE_ENDING.sub("", rate_code)
    return f"{stem}-antal" if stem != rate_code else ""


def latest_for(municipalities: Iterable[Municipality], indicator_codes: Collection[str] = ()) -> dict[str, Latest]:
    """The newest own figure of each indicator, by municipality code and indicator code. Three queries."""
    found: dict[str, Latest] = {one.code: {} for one in municipalities}
    observations = Observation.objects.latest_of(found)
    if indicator_codes:
        observations = observations.filter(indicator__code__in=indicator_codes)
    for one in observations:
        found[one.area_code][one.indicator.code] = one
    return found


def nation_series(indicator: Indicator) -> IndicatorSeries | None:
    """The nation's line alone, where no municipality is chosen. Three queries."""
    found = Observation.objects.filter(area_type=AreaType.NATION, indicator=indicator, sex=Observation.Sex.ALL)
    return _joined(_stored(found), AreaType.NATION, {AreaType.NATION: "Riket"})


def _stored(observations: QuerySet[Observation]) -> list[StoredFigure]:
    """Three queries: the figures, and each indicator and import once, without the import's long lists."""
    rows = list(observations.values_list("indicator_id", "batch_id", *StoredFigure._fields[2:]))
    indicators = Indicator.objects.in_bulk({row[0] for row in rows})
    batches = ImportBatch.objects.defer("report", "unmatched").in_bulk({row[1] for row in rows})
    return [StoredFigure(indicators[row[0]], batches[row[1]], *row[2:]) for row in rows]


def _by_indicator(observations: Iterable[StoredFigure]) -> Iterable[list[StoredFigure]]:
    return (list(group) for _, group in groupby(observations, key=lambda one: one.indicator.pk))


def _cases(indicator: Indicator, groups: Mapping[str, list[StoredFigure]]) -> list[StoredFigure]:
    """What the figures build on: a rate on the count beside it; reported crimes, counted, on themselves.

    Other counts, such as inhabitants or what a survey counts, are no cases that happen by chance.
    """
    counted = indicator.unit == Unit.COUNT and indicator.topic == Indicator.Topic.REPORTED
    return groups.get(indicator.code if counted else count_code(indicator.code), [])


def _series(
    municipality: Municipality,
    observations: list[StoredFigure],
    counts: list[StoredFigure],
    beside: Mapping[Key, Decimal],
) -> IndicatorSeries | None:
    names = {
        AreaType.MUNICIPALITY: municipality.name,
        AreaType.COUNTY: municipality.county.name,
        AreaType.NATION: "Riket",
    }
    return _joined(observations, AreaType.MUNICIPALITY, names, counts=counts, beside=beside)


def _joined(
    observations: list[StoredFigure],
    main: AreaType,
    names: dict[AreaType, str],
    *,
    counts: Iterable[StoredFigure] = (),
    beside: Mapping[Key, Decimal] | None = None,
) -> IndicatorSeries | None:
    """Lines over common periods, if the main area has any figures."""
    own = [one for one in observations if one.area_type == main]
    if not own:
        return None
    indicator = own[0].indicator
    # A count says nothing beside the count of a larger place, so it stands alone.
    names = names if indicator.is_comparable else {main: names[main]}
    # Editions differ in whether they merge years; figures over spans of different length share no axis.
    span = min((-one.year_to, _span(one)) for one in own)[1]
    shown = [one for one in observations if _span(one) == span and one.area_type in names]
    periods = _periods(shown)
    best = {(one.area_type, (one.year_from, one.year_to)): one for one in sorted(shown, key=_rank)}
    lines = [Line(name, kind, tuple(best.get((kind, years)) for years in periods)) for kind, name in names.items()]
    similar = tuple((beside or {}).get((indicator.pk, *years)) for years in periods)
    return IndicatorSeries(
        indicator=indicator,
        periods=tuple(periods.values()),
        lines=tuple(line for line in lines if any(line.figures)),
        similar=similar if any(value is not None for value in similar) else (),
        counted=_counted(periods, main, counts),
    )


def _counted(
    periods: Iterable[tuple[int, int]], main: AreaType, observations: Iterable[StoredFigure]
) -> tuple[StoredFigure | None, ...]:
    """The count of cases in the main area each period; empty where that is not known of any."""
    own = sorted((one for one in observations if one.area_type == main and one.value is not None), key=_rank)
    found = {(one.year_from, one.year_to): one for one in own}
    return tuple(found.get(years) for years in periods) if found else ()


def _periods(observations: list[StoredFigure]) -> dict[tuple[int, int], str]:
    """Labels by years, in order; single years without a figure keep their place on the axis."""
    found = {(one.year_from, one.year_to): one.period_label for one in observations}
    if all(first == last for first, last in found):
        years = [first for first, _ in found]
        found = {(year, year): f"{year}" for year in range(min(years), max(years) + 1)}
    return dict(sorted(found.items()))


def _span(one: StoredFigure) -> int:
    return one.year_to - one.year_from


def _rank(one: StoredFigure) -> tuple[bool, bool, float]:
    """Which of two publications' figures for the same period counts: one with a value, the final, the newest."""
    imported = one.batch.imported_at
    return one.value is not None, not one.preliminary, imported.timestamp() if imported else 0


def _number(one: StoredFigure | None) -> float | None:
    return None if one is None or one.value is None else float(one.value)


def _interval(one: StoredFigure | None) -> tuple[float, float] | None:
    return None if one is None or one.ci_low is None or one.ci_high is None else (float(one.ci_low), float(one.ci_high))
