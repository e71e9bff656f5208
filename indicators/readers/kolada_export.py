"""Kolada's exports: a row per KPI, municipality and year, in old Excel's format or as text.

As exported: one sheet with "Nyckeltal", "Kommun/Landsting", "År", "Visat Värde" and perhaps "Kön"; names without
codes, the first region often "Alla kommuner (ovägt medel)". The unit stands only in the KPI's title.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.models import AreaType, KoladaKpi, Observation
from indicators.models.fetch import without_unit
from indicators.readers import kolada_api, labels
from indicators.readers.places import Place, Places
from indicators.readers.results import Collector, Measure, ReadResult
from lib.spreadsheets import Cell, Sheet
from lib.uploads import FileRefused
from municipalities.matching import normal_form

HEADER_WITHIN = 10
KPI, AREAS, YEAR, SEX = "nyckeltal", ("kommun/landsting", "kommun/region", "kommun", "region", "område"), "år", "kön"
VALUES = ("visat värde", "värde", "value")
SEXES = {
    "": Observation.Sex.ALL,
    "t": Observation.Sex.ALL,
    "totalt": Observation.Sex.ALL,
    "k": Observation.Sex.WOMEN,
    "kvinnor": Observation.Sex.WOMEN,
    "kvinna": Observation.Sex.WOMEN,
    "m": Observation.Sex.MEN,
    "män": Observation.Sex.MEN,
    "man": Observation.Sex.MEN,
}
SEX_WORDS = {"kvinnor", "kvinna", "män", "man"}
SEX_LETTERS = {"k", "m"}  # together: K alone may be a municipality's kind

PUBLISHER = " (Kolada)"
_PERCENT = re.compile(r",? ?\(%\)$")
AVERAGE = "Ett medelvärde för en grupp kommuner är ingen kommuns siffra."
REGION = "Regionernas egna siffror läses inte in, bara kommunernas, länens och rikets."
NO_UNIT = (
    "Enheten framgår inte av nyckeltalets namn. Det som läses in är antal, antal per 1 000 eller 100 000 invånare, "
    "och andelar i procent."
)


@dataclass(frozen=True)
class Layout:
    """The row where figures begin, and the columns' places."""

    start: int
    kpi: int
    area: int
    year: int
    value: int
    sex: int | None


def layout(sheets: Sequence[Sheet]) -> tuple[Sheet, Layout] | None:
    """The sheet that is Kolada's export and how it is laid out; None when none is."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            if found := _layout([normal_form(labels.text(cell)) for cell in row], number + 1):
                return sheet, found
    return None


def read(sheet: Sheet, found: Layout, places: Places, *, last_year: int) -> ReadResult:
    """All figures of the export, both sexes' too where they are told apart. Raises FileRefused."""
    _check_sexes(sheet, found)
    reader = _Reader(sheet, found, Collector("Export från Kolada", places, last_year=last_year))
    for number in range(found.start, len(sheet.rows)):
        reader.read(number)
    return reader.finish()


def _check_sexes(sheet: Sheet, found: Layout) -> None:
    """Under another name the column of sexes would go unseen, and women's figures be everybody's."""
    known = {found.kpi, found.area, found.year, found.value}
    header = sheet.rows[found.start - 1]
    for column, title in enumerate(header):
        if found.sex is None and column not in known:
            words = {normal_form(labels.text(row[column])) for row in sheet.rows[found.start :] if column < len(row)}
            if words & SEX_WORDS or words >= SEX_LETTERS:
                raise FileRefused(
                    f"Kolumnen Kön saknas, men ”{labels.text(title)}” skiljer kvinnor och män åt. Ändra rubriken till "
                    "Kön och försök igen."
                )


def measure_of(title: str, known: Mapping[str, Measure]) -> Measure | None:
    """A KPI's indicator; None where the title does not tell the unit.

    One that stands in our own list is the list's: an export and a fetch give the same indicator.
    """
    plain = " ".join(title.split())
    if found := known.get(normal_form(plain)):
        return found
    unit = labels.unit_of(plain)
    if unit is None:
        return None
    subject = _PERCENT.sub("", without_unit(plain))
    return Measure(
        labels.code_of("kolada", plain),
        labels.title_of(subject, PUBLISHER),
        unit,
        topic=labels.topic_of(plain),
        description=f"Nyckeltal i Kolada: {plain}.",
        averaged_years=labels.averaged_years_of(plain),
    )


def _known() -> dict[str, Measure]:
    """The key figures of our own list by title; one query."""
    return {normal_form(one.title): kolada_api.measure_of(one.asked()) for one in KoladaKpi.objects.all()}


def _layout(titles: list[str], start: int) -> Layout | None:
    area = next((titles.index(name) for name in AREAS if name in titles), None)
    if area is None or KPI not in titles or YEAR not in titles:
        return None
    kpi, year = titles.index(KPI), titles.index(YEAR)
    sex = titles.index(SEX) if SEX in titles else None
    left = [column for column, title in enumerate(titles) if title and column not in {kpi, area, year, sex}]
    value = next((titles.index(name) for name in VALUES if name in titles), left[0] if len(left) == 1 else None)
    return None if value is None else Layout(start, kpi, area, year, value, sex)


class _Reader:
    """Row by row; KPIs and areas are judged once each."""

    def __init__(self, sheet: Sheet, found: Layout, collector: Collector) -> None:
        self._sheet, self._found, self._collector = sheet, found, collector
        self._known = _known()
        self._measures: dict[str, Measure | None] = {}
        self._areas: dict[str, Place | None] = {}

    def read(self, number: int) -> None:
        row, found = self._sheet.rows[number], self._found
        title, label = self._text(row, found.kpi), self._text(row, found.area)
        if not any(labels.text(cell) for cell in row):
            return
        place = f"rad {number + 1}"
        measure, area = self._measure(title), self._area(label)
        period = labels.period_of(self._text(row, found.year))
        sex = SEXES.get(normal_form(self._text(row, found.sex)) if found.sex is not None else "")
        if measure is None:
            self._collector.leave_out_alike(number + 1, title, NO_UNIT)
        elif area is None:
            self._collector.leave_out_alike(number + 1, label, _why_not(label))
        elif period is None:
            self._collector.leave_out(place, label, labels.why_no_year(self._text(row, found.year)))
        elif sex is None:
            self._collector.leave_out(place, label, "Kolumnen Kön säger varken totalt, kvinnor eller män.")
        else:
            self._collector.take_place(area)
            value = row[found.value] if found.value < len(row) else None
            self._collector.add(measure, area, period, value, place=place, sex=sex)

    def finish(self) -> ReadResult:
        return self._collector.finish()

    def _measure(self, title: str) -> Measure | None:
        if title not in self._measures:
            self._measures[title] = measure_of(title, self._known)
        return self._measures[title]

    def _area(self, label: str) -> Place | None:
        if label not in self._areas:
            found = self._collector.places.find(label)
            # A police region is called like the county's own authority, "Region Stockholm".
            self._areas[label] = None if found and found.area_type == AreaType.POLICE_REGION else found
        return self._areas[label]

    @staticmethod
    def _text(row: Sequence[Cell], column: int) -> str:
        return labels.text(row[column]) if column < len(row) else ""


def _why_not(label: str) -> str:
    words = normal_form(label)
    if "medel" in words or words.startswith(("alla kommuner", "alla regioner")) or "kommungrupp" in words:
        return AVERAGE
    if words.startswith("region ") or "landsting" in words:
        return REGION
    return "Okänt område. Namn utanför registret läses inte in."
