"""Reading tables that other people made: Excel workbooks and CSV files; every refusal is a FileRefused.

Formulas are never evaluated: a cell that holds one counts with the value that Excel saved beside it, and
without such a value it is empty, and said to be.
"""

import codecs
import csv
import io
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from python_calamine import SheetTypeEnum, load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from lib.uploads import FileRefused
from lib.workbook_guard import DAMAGED, OLE, ZIP, inspect
from lib.workbook_parts import Cells

Cell = object  # str, int, float, bool, a date or time of any kind, or None: readers judge what a value means
MAX_TABLE_ROWS = 20_000
TOO_MANY_ROWS = f"Filen har fler än {MAX_TABLE_ROWS} rader. Kontrollera att det är rätt fil."
SHOWN_FORMULAS = 10
SMALL = 256 * 1024

_OTHER_KINDS = {
    b"%PDF": "Filen är en PDF. Välj Excelarbetsboken eller CSV-filen i stället.",
    b"\x89PNG": "Filen är en bild. Välj Excelarbetsboken eller CSV-filen i stället.",
    b"\xff\xd8\xff": "Filen är en bild. Välj Excelarbetsboken eller CSV-filen i stället.",
}
_WEB_PAGE = "Filen är en webbsida, inte en tabell. Hämta filen på nytt med länken på sidan och försök igen."
_NOT_TEXT = "Filens tecken går inte att läsa. Spara den som CSV UTF-8 i Excel och försök igen."


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows from the first; rows may differ in length."""

    name: str
    rows: list[tuple[Cell, ...]]


@dataclass(frozen=True)
class Workbook:
    """All sheets in order, and sentences about what could not be read as it stands."""

    sheets: list[Sheet]
    warnings: list[str] = field(default_factory=list)


def is_workbook(content: bytes) -> bool:
    """True for Excel files of any age, locked or not; False for what may be text. Raises FileRefused."""
    for start, sentence in _OTHER_KINDS.items():
        if content.startswith(start):
            raise FileRefused(sentence)
    return content.startswith((ZIP, OLE))


def sheet_names(content: bytes) -> list[str]:
    """The names of an .xlsx's sheets, without reading them. Raises FileRefused."""
    return [name for name, _ in inspect(content).sheets]


def read_workbook(content: bytes) -> Workbook:
    """Every sheet of an .xlsx. Raises FileRefused."""
    return _read_small(content) if len(content) <= SMALL else _read(content)


def _read(content: bytes) -> Workbook:
    counted = inspect(content).sheets
    try:
        with load_workbook(io.BytesIO(content)) as book:
            if book.sheet_names != [name for name, _ in counted]:
                raise FileRefused(DAMAGED)
            found = [
                (Sheet(name, _rows(book.get_sheet_by_index(index).to_python(skip_empty_area=False), cells)), cells)
                for index, (name, cells) in enumerate(counted)
                if book.sheets_metadata[index].typ == SheetTypeEnum.WorkSheet
            ]
    except FileRefused:
        raise
    except (
        BaseException
    ) as error:  # a parser of foreign bytes may fail in any way; the library's panics are no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise FileRefused(DAMAGED) from error
        raise
    return Workbook([sheet for sheet, _ in found], _formulas_without_value(found))


def _rows(rows: list[list[Any]], cells: Cells) -> list[tuple[Cell, ...]]:
    """As readers take them: an empty cell is None, a whole number no fraction, an error its sign."""
    for (row, column), sign in cells.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = sign
    return [tuple(map(_cell, row)) for row in rows]


def _cell(value: Cell) -> Cell:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return None if value == "" else value


# A preview and its confirmation often follow each other in one process: what is small is kept for the second reading.
_read_small = lru_cache(maxsize=4)(_read)


def _formulas_without_value(sheets: list[tuple[Sheet, Cells]]) -> list[str]:
    """Names the cells whose formula has no saved value, the first few by place."""
    places = [f"{xl_rowcol_to_cell(*place)} i {sheet.name}" for sheet, cells in sheets for place in cells.unsaved]
    if not places:
        return []
    shown = ", ".join(places[:SHOWN_FORMULAS]) + (" med flera" if len(places) > SHOWN_FORMULAS else "")
    return [
        f"Formler utan sparat värde har lästs som tomma: {shown}. Öppna filen i Excel och spara den, så sparas värdena."
    ]


def read_table(content: bytes) -> list[list[str]]:
    """The rows of a CSV file: UTF-8 with or without mark, UTF-16 or Windows-1252; semicolon, tab or comma.

    Cells are stripped; an empty row is an empty list, so that rows keep their number. Raises FileRefused.
    """
    text = decode(content)
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise FileRefused(_WEB_PAGE)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            rows.append(row if any(row) else [])
            if len(rows) > MAX_TABLE_ROWS:
                raise FileRefused(TOO_MANY_ROWS)
    except csv.Error as error:
        raise FileRefused(
            f"Rad {reader.line_num} går inte att läsa: kontrollera citattecknen, spara filen och försök igen."
        ) from error
    return rows


def decode(content: bytes) -> str:
    """The text in whichever of the usual encodings it is. Raises FileRefused."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data" and not content[: error.start].isascii():
                raise FileRefused(DAMAGED) from error
            continue
        if "\0" in text:
            break
        return text
    raise FileRefused(_NOT_TEXT)


def _delimiter(text: str) -> str:
    """The one that the first lines use most; a semicolon when in doubt, as in Swedish files."""
    lines = text.splitlines()[:10]
    return max(";\t,", key=lambda mark: sum(line.count(mark) for line in lines))
