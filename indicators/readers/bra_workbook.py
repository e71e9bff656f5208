"""Brå's workbook "Indikatorer för kommuners lägesbild": a municipality compared with county and nation.

Sheets of reported crimes end in "(anmälda)": a title, a header with "Antal 2024" and "Antal per 100 000 inv
2024" for each year, a row per area. Sheets of the survey NTU end in "-NTU" and come in two layouts: rows of
areas under (merged) years, or rows of years under blocks of areas with "Andel", "KI undre…" and "KI övre…".
"""

import re
from collections.abc import Iterable, Sequence

from django.utils.text import slugify
from xlsxwriter.utility import xl_rowcol_to_cell

from indicators.models import Indicator, Unit
from indicators.readers.places import Places
from indicators.readers.results import Collector, Measure, Period, ReadResult
from lib.spreadsheets import Cell, Sheet, read_workbook
from lib.uploads import FileRefused
from municipalities.matching import normal_form

REPORTED = re.compile(r"\(anmälda\)$", re.IGNORECASE)
SURVEY = re.compile(r"[-–]\s?ntu$", re.IGNORECASE)
HEADER_WITHIN = 15

NOT_THIS_FILE = (
    "Arbetsboken är inte Brås Indikatorer för kommuners lägesbild: inget bladnamn slutar på (anmälda) eller "
    "-NTU. Kontrollera att det är rätt fil."
)

# For sheets that the catalogue does not know; the known ones have their own words there.
REPORTED_CAUTION = "Visar anmälda brott, inte alla brott som begås. Antalet påverkas av hur många som anmäler."
SURVEY_CAUTION = "Bygger på enkätsvar: se till osäkerhetsintervallet och till flera år."

_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_PERIOD = re.compile(r"((?:19|20)\d{2})(?: ?[/–-] ?((?:19|20)\d{2}))?( ?\(?prel\.?\)?)?", re.IGNORECASE)
_SHORT_UNIT = {Unit.COUNT: "antal", Unit.PER_100000: "per-100000", Unit.SHARE: "andel"}


def fits(sheet_names: Iterable[str]) -> bool:
    """Whether any of the sheets is named as Brå names them."""
    return any(REPORTED.search(name.strip()) or SURVEY.search(name.strip()) for name in sheet_names)


def read(content: bytes, places: Places, *, last_year: int) -> ReadResult:
    """All figures of the workbook. Raises FileRefused."""
    book = read_workbook(content)
    collector = Collector("Indikatorer för kommuners lägesbild", places, last_year=last_year)
    collector.result.warnings += book.warnings
    passed_over = []
    for sheet in book.sheets:
        name = sheet.name.strip()
        if REPORTED.search(name):
            _read_reported(sheet, collector)
        elif SURVEY.search(name):
            _read_survey(sheet, collector)
        else:
            passed_over.append(name)
    result = collector.finish()
    if len(passed_over) == len(book.sheets) or not (result.rows or result.unmatched):
        raise FileRefused(NOT_THIS_FILE)
    if passed_over:
        result.warnings.append(f"Blad utan indikatorer hoppas över: {', '.join(passed_over)}.")
    return result


def measure_of(sheet_name: str, unit: str, title: str = "") -> Measure:
    """A sheet's indicator: "Totalt (anmälda)" per 100 000 → "totalt-anmalda-per-100000"."""
    name = sheet_name.strip()
    plain = SURVEY.sub("", REPORTED.sub("", name)).replace("_", "- och ").strip()
    code = slugify(f"{name.replace('_', '-')}-{_SHORT_UNIT[Unit(unit)]}")
    reported = bool(REPORTED.search(name))
    return Measure(
        code,
        plain or name,
        unit,
        topic=Indicator.Topic.REPORTED if reported else Indicator.Topic.OTHER,
        description=" ".join(title.split()),
        caution=REPORTED_CAUTION if reported else SURVEY_CAUTION,
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _place(sheet: Sheet, row: int, column: int) -> str:
    """As a person finds the cell in Excel; both numbers count from 0."""
    return f"{sheet.name}, cell {xl_rowcol_to_cell(row, column)}"


def _title(sheet: Sheet) -> str:
    return _text(_at(sheet.rows[0], 0)) if sheet.rows else ""


# --- Reported crimes ------------------------------------------------------------------------------------------


def _read_reported(sheet: Sheet, collector: Collector) -> None:
    header, columns = _reported_header(sheet)
    if not columns:
        collector.leave_out(sheet.name, _title(sheet), "Rubrikraden med Antal och år hittades inte på bladet.")
        return
    measures = {unit: measure_of(sheet.name, unit, _title(sheet)) for unit, _ in columns.values()}
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        label = _text(_at(row, 0))
        if not label or not any(_text(_at(row, column)) for column in columns):
            continue  # an empty row, or a note under the table
        if area := collector.find(label, f"{sheet.name}, rad {number + 1}"):
            for column, (unit, period) in columns.items():
                collector.add(measures[unit], area, period, _at(row, column), place=_place(sheet, number, column))


def _reported_header(sheet: Sheet) -> tuple[int, dict[int, tuple[str, Period]]]:
    """The header's row, and unit and year by column."""
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        columns = {
            column: found for column, cell in enumerate(row) if column and (found := _reported_column(_text(cell)))
        }
        if columns:
            return number, columns
    return 0, {}


def _reported_column(title: str) -> tuple[str, Period] | None:
    text = normal_form(title)
    year = _YEAR.search(text)
    if not text.startswith("antal") or len(text) > 60 or not year:
        return None
    unit = Unit.PER_100000 if re.match(r"antal per 100 ?000 inv", text) else Unit.COUNT
    return unit, Period(int(year[1]), int(year[1]), year[1], "prel" in text)


# --- The survey -----------------------------------------------------------------------------------------------


def _read_survey(sheet: Sheet, collector: Collector) -> None:
    first = next((number for number, row in enumerate(sheet.rows) if _period(_at(row, 0))), 0)
    if first >= 2 and any(_block_unit(cell) for cell in sheet.rows[first - 1]):
        _read_years_down(sheet, collector, first)
        return
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        columns = {column: found for column, cell in enumerate(row) if column and (found := _period(cell))}
        if columns:
            _read_areas_down(sheet, collector, number, columns)
            return
    collector.leave_out(sheet.name, _title(sheet), "Varken år eller områden hittades där de brukar stå på bladet.")


def _read_areas_down(sheet: Sheet, collector: Collector, header: int, columns: dict[int, Period]) -> None:
    """Layout (a): a row per area, a column per period."""
    measure = measure_of(sheet.name, Unit.SHARE, _title(sheet))
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        label = _text(_at(row, 0))
        if not label or not any(_text(_at(row, column)) for column in columns):
            continue
        if area := collector.find(label, f"{sheet.name}, rad {number + 1}"):
            for column, period in columns.items():
                collector.add(measure, area, period, _at(row, column), place=_place(sheet, number, column))


def _read_years_down(sheet: Sheet, collector: Collector, first: int) -> None:
    """Layout (b): a row per year, a block of columns per area with the figure and its interval's ends."""
    header, names = sheet.rows[first - 1], sheet.rows[first - 2]
    starts = [column for column, cell in enumerate(header) if column and _block_unit(cell)]
    for start, end in zip(starts, [*starts[1:], len(header)], strict=True):
        label = next((_text(cell) for cell in reversed(names[1 : start + 1]) if _text(cell)), "")
        area = collector.find(label, _place(sheet, first - 2, start))
        if area is None:
            continue
        measure = measure_of(sheet.name, _block_unit(header[start]) or Unit.SHARE, _title(sheet))
        low = _column_with(header, "undre", start, end)
        high = _column_with(header, "övre", start, end)
        for number, row in enumerate(sheet.rows[first:], start=first):
            if period := _period(_at(row, 0)):
                collector.add(
                    measure,
                    area,
                    period,
                    _at(row, start),
                    place=_place(sheet, number, start),
                    interval=(_at(row, low), _at(row, high)) if low and high else None,
                )
    _tell_unknown_years(sheet, collector, first, starts)


def _tell_unknown_years(sheet: Sheet, collector: Collector, first: int, starts: list[int]) -> None:
    for number, row in enumerate(sheet.rows[first:], start=first):
        if not _period(_at(row, 0)) and any(_text(_at(row, column)) for column in starts):
            collector.leave_out(f"{sheet.name}, rad {number + 1}", _text(_at(row, 0)), "Raden saknar läsbart år.")


def _block_unit(cell: Cell) -> Unit | None:
    text = normal_form(_text(cell))
    if text.startswith("andel"):
        return Unit.SHARE
    return Unit.COUNT if text.startswith("antal") else None


def _column_with(header: Sequence[Cell], word: str, start: int, end: int) -> int | None:
    return next((column for column in range(start, end) if word in normal_form(_text(header[column]))), None)


def _period(cell: Cell) -> Period | None:
    """A year or two merged ones: 2017, "2017/2018", "2025 prel."."""
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else _text(cell)
    parts = _PERIOD.fullmatch(text)
    if not parts:
        return None
    label = f"{parts[1]}/{parts[2]}" if parts[2] else parts[1]
    return Period(int(parts[1]), int(parts[2] or parts[1]), label, bool(parts[3]))
