"""Reading tables that other people made: Excel workbooks and CSV files; every refusal is a FileRefused.

Formulas are never evaluated: a cell that holds one counts with the value that Excel saved beside it, and
without such a value it is empty, and said to be.
"""

import codecs
import csv
import io
import warnings
from dataclasses import dataclass, field

import openpyxl
from openpyxl.utils import get_column_letter

from lib.uploads import FileRefused
from lib.workbook_guard import DAMAGED, MAX_CELLS, OLE, TOO_LARGE, ZIP, inspect

Cell = object  # str, int, float, bool, datetime or None: readers judge what a value means
MAX_TABLE_ROWS = 20_000
SHOWN_FORMULAS = 10

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


def read_workbook(content: bytes) -> Workbook:
    """Every sheet of an .xlsx. Raises FileRefused."""
    contents = inspect(content)
    sheets = _read_sheets(content)
    return Workbook(sheets, _formulas_without_value(content, sheets) if contents.formulas else [])


def _read_sheets(content: bytes, *, formulas: bool = False) -> list[Sheet]:
    """The values that were saved, or the formulas in their place."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about Excel's extensions, which hold no figures
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=not formulas, keep_links=False)
            return _collect(book)
    except FileRefused:
        raise
    except Exception as error:  # a parser of foreign bytes may fail in any way
        raise FileRefused(DAMAGED) from error


def _collect(book: openpyxl.Workbook) -> list[Sheet]:
    cells = 0
    sheets = []
    for sheet in book.worksheets:
        # The size that a sheet states may be wrong, and rows would be padded to it.
        sheet.reset_dimensions()
        rows: list[tuple[Cell, ...]] = []
        for row in sheet.iter_rows(values_only=True):
            cells += max(len(row), 1)
            if cells > MAX_CELLS:
                raise FileRefused(TOO_LARGE)
            rows.append(row)
        sheets.append(Sheet(sheet.title, rows))
    return sheets


def _formulas_without_value(content: bytes, sheets: list[Sheet]) -> list[str]:
    """Names the cells whose formula has no saved value, the first few by place."""
    places = []
    for sheet, twin in zip(sheets, _read_sheets(content, formulas=True), strict=True):
        for number, (values, formulas) in enumerate(zip(sheet.rows, twin.rows, strict=True), start=1):
            for column, (value, formula) in enumerate(zip(values, formulas, strict=True), start=1):
                if value is None and formula is not None:
                    places.append(f"{get_column_letter(column)}{number} i {sheet.name}")
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
    text = _decode(content)
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise FileRefused(_WEB_PAGE)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            rows.append(row if any(row) else [])
            if len(rows) > MAX_TABLE_ROWS:
                raise FileRefused(f"Filen har fler än {MAX_TABLE_ROWS} rader. Kontrollera att det är rätt fil.")
    except csv.Error as error:
        raise FileRefused(
            f"Rad {reader.line_num} går inte att läsa: kontrollera citattecknen, spara filen och försök igen."
        ) from error
    return rows


def _decode(content: bytes) -> str:
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
