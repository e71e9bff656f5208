"""A guess at what a person would point out in a table, so that a usual one needs only a look and a yes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.models import Dataset, Unit
from indicators.readers import labels
from indicators.readers.figures import Figure, NotAFigure, read_figure
from indicators.readers.places import Places
from indicators.readers.pointed_out import Mapping, areas_above, at, headings
from lib.person_data import has_personal_number
from lib.spreadsheets import Cell, Sheet, Workbook
from lib.uploads import FileRefused
from municipalities.matching import normal_form

LOOKED_AT = 300  # rows of a sheet
COLUMNS = 120
HEADING_WITHIN = 15
NO_TABLE = (
    "Filen är inte av något känt slag, och ingen tabell med siffror hittades i den. Kontrollera att det är rätt fil."
)
PERSONS = (
    "Tabellen ser ut att innehålla ett personnummer. Här läses bara siffror om områden in, aldrig uppgifter om "
    "enskilda."
)

_NO_FIGURES = re.compile(
    r"\bid\b|[_ ]id$|kod\b|\bnr\b|nummer|nivå|nyckel|datum|start$|slut$|timepoint|^år$|^year$|månad|kvartal"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MEASURES = re.compile(r"brott|crime|indikator|fråga|nyckeltal|mått")

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Column:
    """Of a column's filled cells below the headings: how many there are, and how many are what."""

    number: int
    filled: int
    figures: int
    periods: int
    parts: int
    places: int
    texts: frozenset[str]

    def is_mostly(self, count: int) -> bool:
        return self.filled > 0 and count * 5 >= self.filled * 4


def guess(book: Workbook, places: Places, name: str, sheet: int | None = None) -> Mapping | None:
    """What the table seems to say, on the given sheet or the one with most figures; None where no figures stand."""
    if sheet is None:
        sheet = max(range(len(book.sheets)), key=lambda number: _figures(book.sheets[number]), default=0)
    if sheet >= len(book.sheets):
        return None
    rows = book.sheets[sheet].rows[:LOOKED_AT]
    header = _header(rows)
    if header is None:
        return None
    columns = [_look(rows[header:], column, places) for column in range(min(max(map(len, rows)), COLUMNS))]
    area = max((one for one in columns if one.places), key=lambda one: one.places, default=None)
    year = _year_column(columns, rows, header)
    values = [one.number for one in columns if one is not year and _is_value(one, rows, header, area)]
    if not values:
        return None
    nested = bool(area) and _is_nested(rows[header:], area.number, values, places) if area else False
    known = {one.number for one in (area, year) if one} | set(values)
    kind = _kind(rows, header)
    return Mapping(
        kind=kind,
        sheet=sheet,
        header=header,
        area=area.number if area else None,
        measure=area.number if nested and area else _measure_column(columns, rows, header, known),
        year=year.number if year else None,
        values=values,
        unit=_unit(rows, header, values, kind),
        title=_title(rows, header, name),
    )


def check(book: Workbook, places: Places, name: str) -> None:
    """Whether it is worth pointing anything out, and allowed to keep the file. Raises FileRefused."""
    if all(guess(book, places, name, number) is None for number in range(len(book.sheets))):
        raise FileRefused(NO_TABLE)
    for sheet in book.sheets:
        # Parted so that two cells are never read as one number.
        words = " | ".join(labels.text(cell) for row in sheet.rows for cell in row if cell is not None)
        if has_personal_number(words):
            raise FileRefused(PERSONS)


def _figures(sheet: Sheet) -> int:
    return sum(_is_figure(cell) for row in sheet.rows[:LOOKED_AT] for cell in row[:COLUMNS])


def _header(rows: Rows) -> int | None:
    """How many rows are headings: those above the first figure, down to the last that stands over a figure."""
    first = next((number for number, row in enumerate(rows) if any(_is_figure(cell) for cell in row[:COLUMNS])), None)
    if first is None or first > HEADING_WITHIN + LOOKED_AT // 10:
        return None
    over = [column for column, cell in enumerate(rows[first][:COLUMNS]) if _is_figure(cell)]
    above = [number for number, row in enumerate(rows[:first]) if any(at(row, column) for column in over)]
    return above[-1] + 1 if above else 0


def _is_figure(cell: Cell) -> bool:
    """A figure that is no year."""
    words = labels.text(cell)
    return (
        bool(words) and labels.period_of(words) is None and (found := _read(cell)) is not None and not found.suppressed
    )


def _read(cell: Cell) -> Figure | None:
    try:
        return read_figure(cell)
    except NotAFigure:
        return None


def _look(rows: Rows, number: int, places: Places) -> Column:
    cells = [row[number] for row in rows if number < len(row) and labels.text(row[number])]
    texts = [labels.text(cell) for cell in cells]
    return Column(
        number,
        filled=len(cells),
        figures=sum(_read(cell) is not None for cell in cells),
        periods=sum(labels.period_of(text) is not None for text in texts),
        parts=sum(labels.is_part_of_year(text) and _YEAR.search(text) is not None for text in texts),
        places=sum(places.find(text) is not None for text in texts if not text.isdigit()),
        texts=frozenset(texts),
    )


def _year_column(columns: list[Column], rows: Rows, header: int) -> Column | None:
    """A column of periods; one of months before one of years, lest a month is taken for its year."""
    found = [one for one in columns if one.is_mostly(one.periods + one.parts) and not one.places]
    named = [one for one in found if labels.period_within(_over(rows, header, one.number)) is None]
    return max(named, key=lambda one: (one.parts, -one.number), default=None)


def _is_value(one: Column, rows: Rows, header: int, area: Column | None) -> bool:
    title = normal_form(_over(rows, header, one.number))
    is_numbering = not title and area is not None and one.number < area.number
    return one.is_mostly(one.figures) and not one.places and not is_numbering and not _NO_FIGURES.search(title)


def _is_nested(rows: Rows, column: int, values: list[int], places: Places) -> bool:
    """Whether rows without figures are areas and rows with figures are not, or the other way round."""
    filled = [row for row in rows if at(row, column)]
    with_figures = [row for row in filled if any(at(row, value) for value in values)]
    known = [places.find(at(row, column)) is not None for row in with_figures]
    if len(with_figures) == len(filled) or not known:
        return False
    return not any(known) if areas_above(filled, column, values, places) else all(known)


def _measure_column(columns: list[Column], rows: Rows, header: int, known: set[int]) -> int | None:
    texts = [one for one in columns if one.number not in known and one.filled and not one.is_mostly(one.figures)]
    named = [one for one in texts if _MEASURES.search(normal_form(_over(rows, header, one.number)))]
    telling = [
        one
        for one in texts
        if len(one.texts) > 1
        and not one.is_mostly(one.periods + one.parts)
        and not all(map(labels.is_part_of_year, one.texts))
    ]
    return next((one.number for one in [*named, *telling]), None)


def _over(rows: Rows, header: int, column: int) -> str:
    return at(rows[header - 1], column) if header else ""


def _kind(rows: Rows, header: int) -> str:
    words = normal_form(" ".join(labels.text(cell) for row in rows[: header + 5] for cell in row[:COLUMNS]))
    return Dataset.CRIME_DATABASE if "brott" in words or "hela landet" in words else Dataset.OWN


def _unit(rows: Rows, header: int, values: list[int], kind: str) -> str:
    if any(one.unit for one in headings(rows, header, values).values()):
        return ""  # beside a rate, a column that says nothing may be either: it is told, not guessed
    figures = [found.value for row in rows[header:] for column in values if (found := _cell(row, column))]
    whole = all(value is None or value == value.to_integral_value() for value in figures)
    return Unit.COUNT if whole or kind == Dataset.CRIME_DATABASE else Unit.SHARE


def _cell(row: Sequence[Cell], column: int) -> Figure | None:
    return _read(row[column]) if column < len(row) else None


def _title(rows: Rows, header: int, name: str) -> str:
    """A line of its own above the headings, else the file's name."""
    for row in rows[: max(header - 1, 0)]:
        filled = [labels.text(cell) for cell in row if labels.text(cell)]
        if len(set(filled)) == 1 and len(filled[0]) > 4:
            return labels.title_of(filled[0])
    return labels.title_of(Path(name).stem.replace("_", " "))
