"""What every reader hands back: rows for the table of observations, and all that could not become one."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.models import Indicator, Unit
from indicators.readers.figures import Figure, NotAFigure, read_figure
from indicators.readers.places import Place, Places
from lib.uploads import FileRefused

FIRST_YEAR = 1950
MOST_MEASURES = 500
TOO_MANY_MEASURES = (
    f"Filen skulle ge fler än {MOST_MEASURES} indikatorer. Kontrollera att det är rätt fil, eller dela upp den i flera."
)

Key = tuple[str, str, str, int, int, str]


@dataclass(frozen=True, slots=True)
class Period:
    """One year, or the merged years of a survey, with the label that the source uses."""

    year_from: int
    year_to: int
    label: str
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as the file names it; the catalogue may know it by a better title."""

    code: str
    title: str
    unit: str
    topic: str = Indicator.Topic.REPORTED
    description: str = ""
    caution: str = ""
    source: str = ""  # whose figures, where it is not simply the file's publisher
    averaged_years: int = 1  # of a moving average, whose file names only the last of its years


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, in the columns of the table of observations."""

    indicator: str
    area_type: str
    area_code: str
    year_from: int
    year_to: int
    period_label: str
    value: Decimal | None
    ci_low: Decimal | None = None
    ci_high: Decimal | None = None
    preliminary: bool = False
    suppressed: bool = False
    sex: str = "T"

    @property
    def key(self) -> Key:
        return (self.indicator, self.area_type, self.area_code, self.year_from, self.year_to, self.sex)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Something that was not read in: where it stands, what stands there, and why not."""

    place: str
    label: str
    reason: str


@dataclass
class ReadResult:
    """A file's contents. Nothing in the file is dropped without a word in `unmatched` or `warnings`."""

    description: str
    rows: list[Row] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    measures: dict[str, Measure] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)


class Collector:
    """Gathers a file's figures, judges each, and finds those that stand there twice."""

    def __init__(self, description: str, places: Places, *, last_year: int) -> None:
        self.result = ReadResult(description)
        self.places = places
        self._last_year = last_year
        self._rows: dict[Key, tuple[Row, str]] = {}
        self._contradicted: set[Key] = set()
        self._repeated = 0
        self._left_out: dict[tuple[str, str], list[int]] = {}

    def find(self, label: str, place: str) -> Place | None:
        """The label's area, remembered as one of the file's; an unknown label is told."""
        found = self.places.find(label)
        if found is None:
            self.leave_out(place, label, "Okänt område. Stadsdelar och namn utanför registret läses inte in.")
            return None
        self.take_place(found)
        return found

    def take_place(self, place: Place) -> None:
        """Remember the area as one of the file's."""
        self.result.places[place.area_type, place.area_code] = place.name

    def add(
        self,
        measure: Measure,
        area: Place,
        period: Period,
        cell: object,
        *,
        place: str,
        interval: tuple[object, object] | None = None,
        sex: str = "T",
    ) -> None:
        """Judge a figure with its interval, and take it in or say why not. `place` names the cell to people."""
        period = _whole(period, measure)
        if not FIRST_YEAR <= period.year_from <= period.year_to <= self._last_year:
            return self.leave_out(place, area.name, f"Året {period.label} är orimligt.")
        try:
            figure = read_figure(cell)
            if figure is None:
                return None
            _check_unit(measure.unit, figure)
        except NotAFigure as error:
            return self.leave_out(place, area.name, f"”{cell}” {error}.")
        low, high = self._interval(figure, interval, place)
        if measure.code not in self.result.measures and len(self.result.measures) >= MOST_MEASURES:
            raise FileRefused(TOO_MANY_MEASURES)
        self.result.measures[measure.code] = measure
        return self._take_in(
            Row(
                indicator=measure.code,
                area_type=area.area_type,
                area_code=area.area_code,
                year_from=period.year_from,
                year_to=period.year_to,
                period_label=period.label,
                value=figure.value,
                ci_low=low,
                ci_high=high,
                preliminary=period.preliminary,
                suppressed=figure.suppressed,
                sex=sex,
            ),
            place,
        )

    def leave_out(self, place: str, label: str, reason: str) -> None:
        self.result.unmatched.append(Unmatched(place, label, reason))

    def leave_out_alike(self, row: int, label: str, reason: str) -> None:
        """As leave_out, for what may be so in thousands of rows: told once, with the first row and how many more."""
        self._left_out.setdefault((label, reason), [row, 0])[1] += 1

    def warn(self, sentence: str) -> None:
        self.result.warnings.append(sentence)

    def finish(self) -> ReadResult:
        """The result, without the figures that contradict themselves."""
        for (label, reason), (first, count) in self._left_out.items():
            place = f"rad {first}" if count == 1 else f"rad {first} och {count - 1} till"
            self.leave_out(place, label, reason)
        if self._repeated:
            self.warn(f"{self._repeated} siffror står två gånger i filen med samma värde. De läses in en gång.")
        self.result.rows = [row for key, (row, _) in self._rows.items() if key not in self._contradicted]
        _warn_of_tiny_shares(self.result)
        return self.result

    def _take_in(self, row: Row, place: str) -> None:
        if row.key not in self._rows:
            self._rows[row.key] = (row, place)
            return
        first, first_place = self._rows[row.key]
        if first == row:
            self._repeated += 1
            return
        self._contradicted.add(row.key)
        name = self.result.places[row.area_type, row.area_code]
        self.leave_out(place, name, f"Står också i {first_place} med ett annat värde. Inget av dem läses in.")

    def _interval(
        self, figure: Figure, cells: tuple[object, object] | None, place: str
    ) -> tuple[Decimal | None, Decimal | None]:
        """Both ends of the interval, or neither: one that does not hold its value is left out, and told."""
        if cells is None or figure.value is None:
            return None, None
        try:
            low, high = (end.value if (end := read_figure(cell)) else None for cell in cells)
        except NotAFigure:
            low, high = None, None
            self.warn(f"Osäkerhetsintervallet vid {place} går inte att läsa och utelämnas.")
        if low is None or high is None:
            return None, None
        if not low <= figure.value <= high:
            self.warn(f"Värdet vid {place} ligger utanför sitt osäkerhetsintervall, som därför utelämnas.")
            return None, None
        return low, high


def _whole(period: Period, measure: Measure) -> Period:
    """All the years that the figure is the average of, where the file names only the last of them."""
    if measure.averaged_years < 2 or period.year_from != period.year_to:
        return period
    first = period.year_to - measure.averaged_years + 1
    return replace(period, year_from=first, label=f"{first}/{period.year_to}")


def _check_unit(unit: str, figure: Figure) -> None:
    if figure.value is None:
        return
    if unit == Unit.SHARE and figure.value > 100:
        raise NotAFigure("är mer än 100 procent")
    if unit == Unit.COUNT and figure.value != figure.value.to_integral_value():
        raise NotAFigure("är ett antal men inget heltal")


def _warn_of_tiny_shares(result: ReadResult) -> None:
    """Shares written as 0.25 instead of 25 show only together: one alone may be true."""
    for code, measure in result.measures.items():
        values = [row.value for row in result.rows if row.indicator == code and row.value]
        if measure.unit == Unit.SHARE and len(values) > 2 and max(values) <= 1:
            result.warnings.append(
                f"Alla andelar för {measure.title} är högst 1 procent. Kontrollera att de är angivna i procent."
            )
