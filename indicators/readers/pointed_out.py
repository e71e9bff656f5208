"""A table whose columns a person has pointed out: a result of Brå's database SOL, or a table of one's own.

Headings may take several rows, as in SOL: years above, "Antal" and "/100 000 inv" below. Areas have a column of their
own, or stand as headings above the rows of crimes in the same column, or are one for the whole table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from indicators.models import Dataset, Indicator, Unit
from indicators.readers import labels
from indicators.readers.places import Place, Places
from indicators.readers.results import Collector, Measure, Period, ReadResult
from lib.spreadsheets import Cell, Sheet, Workbook
from lib.swedish import number as in_figures
from lib.uploads import FileRefused
from municipalities.matching import normal_form

HEADING_ROWS = 4
SOL_CAUTION = "Visar anmälda brott, inte alla brott som begås. Antalet påverkas av hur många som anmäler."
OWN_CAUTION = "Egen undersökning, inte officiell statistik."

NO_SHEET = "Filen har inte det blad som pekades ut. Ladda upp den igen."
NO_AREA = "Inget känt område står på raden eller som rubrik ovanför den."
NO_UNIT = (
    "Kolumnens rubrik säger inte enheten. Välj en enhet för hela tabellen, eller läs in kolumnen för sig om de andra "
    "har en annan."
)
NO_YEAR = "Kolumnens rubrik har inget år."
CLOSED = "Området har upphört och ingår i ett annat."


@dataclass(frozen=True)
class Mapping:
    """What the person has pointed out, as ImportBatch.mapping keeps it; columns count from 0, rows from 1.

    Where `area` is None the whole table is about `area_name`. Where both `year` and `one_year` are None the years
    stand in the headings. Where `area` and `measure` are one column, the one stands as headings above the other.
    """

    kind: str
    sheet: int = 0
    header: int = 1  # the last row of headings; 0 where there are none
    area: int | None = None
    area_name: str = ""
    measure: int | None = None
    year: int | None = None
    one_year: int | None = None
    values: list[int] = field(default_factory=list)
    unit: str = ""  # as the headings say where it is empty
    title: str = ""
    source: str = ""
    description: str = ""
    answers: int | None = None
    published: bool = False
    owner: str = ""  # the slug of the organisation whose table it is


@dataclass(frozen=True)
class Heading:
    """What the rows of headings say of one column."""

    period: Period | None
    unit: str | None
    subject: str


def read(book: Workbook, mapping: Mapping, places: Places, *, last_year: int) -> ReadResult:
    """The table's figures. Raises FileRefused."""
    if not 0 <= mapping.sheet < len(book.sheets):
        raise FileRefused(NO_SHEET)
    known = "Tabell ur Brås statistikdatabas" if mapping.kind == Dataset.CRIME_DATABASE else mapping.title
    reader = _Reader(book.sheets[mapping.sheet], mapping, Collector(known, places, last_year=last_year))
    result = reader.read()
    result.warnings[:0] = book.warnings
    return result


def headings(rows: Sequence[Sequence[Cell]], header: int, columns: Sequence[int]) -> dict[int, Heading]:
    """By column what its headings say, the lowest first; words that stand over all the columns tell none apart."""
    above = rows[max(header - HEADING_ROWS, 0) : header]
    words = [{column: at(row, column) for column in columns} for row in reversed(above)]
    subjects = [{column: labels.subject_of(text) for column, text in row.items()} for row in reversed(words)]
    telling = [row for row in subjects if len(set(row.values())) > 1]
    found = {}
    for column in columns:
        texts = [row[column] for row in words if row[column]]
        period = next((one for text in texts if (one := labels.period_within(text))), None)
        if period and any("prel" in text.lower() for text in texts):
            period = replace(period, preliminary=True)
        unit = next((stated for text in texts if (stated := labels.unit_of(text))), None)
        found[column] = Heading(period, unit, ", ".join(row[column] for row in telling if row[column]))
    return found


def areas_above(rows: Sequence[Sequence[Cell]], column: int, values: Sequence[int], places: Places) -> bool:
    """Of a column where areas and crimes stand above each other, whether it is the areas that are the headings."""
    above = below = 0
    for row in rows:
        known = places.find(at(row, column)) is not None
        if any(at(row, value) for value in values):
            below += known
        else:
            above += known
    return above > below


def at(row: Sequence[Cell], column: int) -> str:
    return labels.text(row[column]) if column < len(row) else ""


class _Reader:
    def __init__(self, sheet: Sheet, mapping: Mapping, collector: Collector) -> None:
        self._rows, self._mapping, self._collector = sheet.rows, mapping, collector
        self._headings = headings(sheet.rows, mapping.header, mapping.values)
        self._measures: dict[tuple[str, int], Measure] = {}
        self._area: Place | None = collector.places.find(mapping.area_name) if mapping.area is None else None
        self._subject = ""
        # Columns for months and quarters make the row a part of a year, whatever its year says.
        used = {mapping.area, mapping.measure, mapping.year, *mapping.values}
        top = sheet.rows[mapping.header - 1] if mapping.header else ()
        self._parts = [column for column in range(len(top)) if column not in used and self._has_parts(column)]

    def _has_parts(self, column: int) -> bool:
        """Whether months or quarters stand in the column: by its name, or under any name by what stands there."""
        if normal_form(at(self._rows[self._mapping.header - 1], column)) in {"månad", "kvartal", "month"}:
            return True
        filled = (words for row in self._rows[self._mapping.header :] if (words := at(row, column)))
        return (first := next(filled, "")) != "" and all(map(labels.is_part_of_year, (first, *filled)))

    def read(self) -> ReadResult:
        columns = self._columns()
        for number, row in enumerate(self._rows[self._mapping.header :], start=self._mapping.header + 1):
            if any(at(row, column) for column in self._mapping.values):
                self._read_row(number, row, columns)
            elif self._is_nested:
                self._take_heading(number, at(row, self._mapping.area or 0))
        return self._collector.finish()

    @property
    def _is_nested(self) -> bool:
        return self._mapping.area is not None and self._mapping.area == self._mapping.measure

    @cached_property
    def _areas_are_headings(self) -> bool:
        """Whether more areas stand in the rows without figures, above the crimes, than in those with figures."""
        return areas_above(
            self._rows[self._mapping.header :], self._mapping.area or 0, self._mapping.values, self._collector.places
        )

    def _columns(self) -> dict[int, Heading]:
        """The columns that can be read; of the others it is told why not."""
        columns = {}
        for column, heading in self._headings.items():
            unit = self._mapping.unit or heading.unit
            place, title = f"kolumn {letter(column)}", self._title_of(column)
            if unit is None:
                self._collector.leave_out(place, title, NO_UNIT)
            elif self._years_in_headings and heading.period is None:
                self._collector.leave_out(place, title, self._why_no_period(title))
            else:
                columns[column] = replace(heading, unit=unit)
        return columns

    @property
    def _years_in_headings(self) -> bool:
        return self._mapping.year is None and self._mapping.one_year is None

    def _why_no_period(self, title: str) -> str:
        return labels.ONLY_YEARS if labels.is_part_of_year(title) else NO_YEAR

    def _title_of(self, column: int) -> str:
        start = max(self._mapping.header - HEADING_ROWS, 0)
        return " ".join(filter(None, (at(row, column) for row in self._rows[start : self._mapping.header])))

    def _take_heading(self, number: int, label: str) -> None:
        """A row without figures says what the rows below it are about."""
        if not label:
            return
        if self._areas_are_headings:
            self._area = self._find(number, label)
        else:
            self._subject = label

    def _read_row(self, number: int, row: Sequence[Cell], columns: dict[int, Heading]) -> None:
        area, subject = self._about(number, row)
        if area is None:
            return
        label = subject or area.name
        period: Period | None = None
        if not self._years_in_headings:
            words = at(row, self._mapping.year) if self._mapping.year is not None else f"{self._mapping.one_year}"
            period = labels.period_of(words)
            if period is None:
                self._collector.leave_out_alike(number, words, labels.why_no_year(words))
                return
        if any(at(row, column) for column in self._parts):
            self._collector.leave_out_alike(number, label, labels.ONLY_YEARS)
            return
        for column, heading in columns.items():
            when = period or heading.period
            if when and column < len(row):
                measure = self._measure(subject, column, heading)
                self._collector.add(measure, area, when, row[column], place=f"cell {letter(column)}{number}")

    def _about(self, number: int, row: Sequence[Cell]) -> tuple[Place | None, str]:
        """The row's area, or None when it has none that can be used, and what is measured."""
        mapping = self._mapping
        subject = at(row, mapping.measure) if mapping.measure is not None else ""
        if mapping.area is None:
            area = self._area
        elif not self._is_nested:
            area = self._find(number, at(row, mapping.area))
        elif self._areas_are_headings:
            area = self._area
            if area is None:
                self._collector.leave_out_alike(number, subject, NO_AREA)
        else:
            area, subject = self._find(number, subject), self._subject
        if area:
            self._collector.take_place(area)
        return area, subject

    def _find(self, number: int, label: str) -> Place | None:
        if "upphör" in normal_form(label):
            self._collector.leave_out_alike(number, label, CLOSED)
            return None
        found = self._collector.places.find(label)
        if found is None:
            self._collector.leave_out_alike(
                number, label, "Okänt område. Stadsdelar och namn utanför registret läses inte in."
            )
        return found

    def _measure(self, subject: str, column: int, heading: Heading) -> Measure:
        if (subject, column) not in self._measures:
            parts = [one for one in (subject, heading.subject) if one]
            made = self._own if self._mapping.kind == Dataset.OWN else self._of_sol
            self._measures[subject, column] = made(", ".join(parts), heading.unit or Unit.COUNT)
        return self._measures[subject, column]

    def _of_sol(self, subject: str, unit: str) -> Measure:
        title = subject or self._mapping.title
        return Measure(
            labels.code_of("sol", title, labels.SHORT_UNIT[Unit(unit)]),
            labels.title_of(title),
            unit,
            topic=Indicator.Topic.REPORTED,
            description=f"{title}, ur Brås statistikdatabas över anmälda brott.",
            caution=SOL_CAUTION,
            source="Brå, anmälda brott",
        )

    def _own(self, subject: str, unit: str) -> Measure:
        mapping = self._mapping
        title = f"{mapping.title}: {subject}" if subject else mapping.title
        counted = (
            f" Den senast inlästa tabellen bygger på {in_figures(mapping.answers)} svar." if mapping.answers else ""
        )
        return Measure(
            labels.code_of("egen", mapping.owner, title, labels.SHORT_UNIT[Unit(unit)]),
            labels.title_of(title),
            unit,
            topic=Indicator.Topic.OTHER,
            description=mapping.description,
            caution=f"{OWN_CAUTION}{counted}",
            source=mapping.source,
        )


def letter(column: int) -> str:
    """The column as Excel names it: 0 → "A", 27 → "AB"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
