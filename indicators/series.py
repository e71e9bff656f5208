"""A municipality's figures over time beside its county's and the nation's, ready for charts, tables and reports."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from indicators.models import AreaType, Indicator, Observation
from lib import charts, swedish
from lib.series import Series, unbroken
from municipalities.models import Municipality

Latest = dict[str, Observation]

BREAK_NOTE = "Från {year} redovisas bara brott som kan knytas till kommunen. Jämför inte med åren före."


@dataclass(frozen=True)
class Line:
    """One area's figures, a place for every period of the indicator: None where there is no figure."""

    name: str
    area_type: str
    figures: tuple[Observation | None, ...]

    @property
    def latest(self) -> Observation | None:
        """The newest figure with a value."""
        return next((one for one in reversed(self.figures) if one and one.value is not None), None)


@dataclass(frozen=True)
class IndicatorSeries:
    """An indicator's lines over common periods: the municipality first, then its county, then the nation."""

    indicator: Indicator
    periods: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def source(self) -> str:
        """ "Brå, anmälda brott, 2016–2025" """
        first, last = self._years()
        years = f"{first}" if first == last else f"{first}{swedish.DASH}{last}"
        return f"{self.indicator.source}, {years}"

    @property
    def source_line(self) -> str:
        """ "Källa: Brå, anmälda brott, 2016–2025." """
        return f"Källa: {self.source}."

    @property
    def notes(self) -> list[str]:
        """What one must know to read the figures: cautions, the break, what is preliminary or withheld."""
        indicator, (first, last) = self.indicator, self._years()
        figures = [one for line in self.lines for one in line.figures if one]
        preliminary = sorted({one.period_label for one in figures if one.preliminary})
        sentences = [indicator.caution] if indicator.caution else []
        if indicator.break_year and first < indicator.break_year <= last:
            sentences.append(BREAK_NOTE.format(year=indicator.break_year))
        if preliminary:
            sentences.append(f"Preliminära siffror: {', '.join(preliminary)}.")
        if any(one.suppressed for one in figures):
            sentences.append("Luckor beror på att källan inte lämnar ut uppgifter som bygger på för få.")
        return sentences

    @property
    def breaks(self) -> list[str]:
        """The period from which figures are made in a new way, as lib.charts marks it."""
        return [label for label in self.periods[1:] if label == str(self.indicator.break_year)]

    def chart_series(self) -> list[Series]:
        """The lines as lib.charts draws them. Beside a municipality its county is called just that: room is scarce."""
        kinds = {line.area_type for line in self.lines}
        return [
            Series(
                name="Länet" if line.area_type == AreaType.COUNTY and AreaType.MUNICIPALITY in kinds else line.name,
                points=[(label, _number(one)) for label, one in zip(self.periods, line.figures, strict=True)],
                emphasis=line.area_type == AreaType.MUNICIPALITY,
                intervals=[_interval(one) for one in line.figures],
            )
            for line in self.lines
        ]

    def chart(self, width: float = 640, height: float = 270) -> charts.Chart:
        """A line chart of the indicator, for a page or, smaller, for a report."""
        return charts.line_chart(
            self.indicator.title,
            self.chart_series(),
            unit=self.indicator.get_unit_display(),
            breaks=self.breaks,
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

    def _years(self) -> tuple[int, int]:
        figures = [one for line in self.lines for one in line.figures if one]
        return min(one.year_from for one in figures), max(one.year_to for one in figures)


def series_for(municipality: Municipality, indicator_codes: Collection[str] = ()) -> list[IndicatorSeries]:
    """The indicators that have figures for the municipality, in the catalogue's order; all when no codes are given.

    Rates and shares stand beside county and nation; counts, which come last, stand alone.

    Three queries, however many indicators; one more where the municipality's county is not loaded.
    """
    observations = Observation.objects.series_for(municipality, indicator_codes)
    groups = groupby(observations, key=lambda one: one.indicator_id)
    made = (_series(municipality, list(group)) for _, group in groups)
    return [one for one in made if one]


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
    return _joined(list(found.with_origin()), AreaType.NATION, {AreaType.NATION: "Riket"})


def _series(municipality: Municipality, observations: list[Observation]) -> IndicatorSeries | None:
    names = {
        AreaType.MUNICIPALITY: municipality.name,
        AreaType.COUNTY: municipality.county.name,
        AreaType.NATION: "Riket",
    }
    return _joined(observations, AreaType.MUNICIPALITY, names)


def _joined(observations: list[Observation], main: AreaType, names: dict[AreaType, str]) -> IndicatorSeries | None:
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
    return IndicatorSeries(
        indicator=indicator,
        periods=tuple(periods.values()),
        lines=tuple(line for line in lines if any(line.figures)),
    )


def _periods(observations: list[Observation]) -> dict[tuple[int, int], str]:
    """Labels by years, in order; single years without a figure keep their place on the axis."""
    found = {(one.year_from, one.year_to): one.period_label for one in observations}
    if all(first == last for first, last in found):
        years = [first for first, _ in found]
        found = {(year, year): f"{year}" for year in range(min(years), max(years) + 1)}
    return dict(sorted(found.items()))


def _span(one: Observation) -> int:
    return one.year_to - one.year_from


def _rank(one: Observation) -> tuple[bool, bool, float]:
    """Which of two publications' figures for the same period counts: one with a value, the final, the newest."""
    imported = one.batch.imported_at
    return one.value is not None, not one.preliminary, imported.timestamp() if imported else 0


def _number(one: Observation | None) -> float | None:
    return None if one is None or one.value is None else float(one.value)


def _interval(one: Observation | None) -> tuple[float, float] | None:
    return None if one is None or one.ci_low is None or one.ci_high is None else (float(one.ci_low), float(one.ci_high))
