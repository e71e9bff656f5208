"""Reading Excel's old binary workbooks (.xls), which some publishers still hand out; every refusal is a FileRefused.

The file is a container with a stream of records. The stream is looked through before it is read: its cells and sheets
are counted, and its defined names are blanked out, since the reader would otherwise evaluate them, and a few of them
that double each other fill any memory. No other formula is evaluated: a cell has the value that was saved.
"""

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.compdoc import CompDoc

from lib.spreadsheets import MAX_TABLE_ROWS, TOO_MANY_ROWS, Cell, Sheet, Workbook
from lib.uploads import FileRefused
from lib.workbook_guard import DAMAGED, LOCKED, MAX_CELLS, MAX_SHEETS, MEGABYTE, OLE, TOO_LARGE

MAX_BYTES = 10 * MEGABYTE
WITHOUT_TABLE = "Filen är ingen Excelarbetsbok. Spara den som Excelarbetsbok (.xlsx) och försök igen."

_HEAD = struct.Struct("<HH")
_UNKNOWN = b"\xff\x7f"  # a number that no record has
_NAME, _SHEET, _LOCK = 0x18, 0x85, 0x2F
_ONE_CELL = {0x203, 0x204, 0x205, 0x27E, 0xD6, 0xFD, 0x06, 0x206, 0x406}
_MANY_NUMBERS = 0xBD  # a row's numbers together, six bytes each after its own six


def read_old_workbook(content: bytes) -> Workbook:
    """Every sheet of an .xls. Raises FileRefused."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefused(LOCKED)
    if len(content) > MAX_BYTES:
        raise FileRefused(TOO_LARGE)
    try:
        return _read(_checked(_stream(content)))
    except FileRefused:
        raise
    except Exception as error:  # a parser of foreign bytes may fail in any way
        raise FileRefused(DAMAGED) from error


def _stream(content: bytes) -> bytes:
    """The records, out of their container."""
    container = CompDoc(content, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, start, length = container.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    raise FileRefused(WITHOUT_TABLE)


def _checked(stream: bytes) -> bytes:
    """The records without names to evaluate."""
    blanked = bytearray(stream)
    cells = sheets = 0
    for place, kind, length in _records(stream):
        if kind == _LOCK:
            raise FileRefused(LOCKED)
        if kind == _NAME:
            blanked[place : place + 2] = _UNKNOWN
        sheets += kind == _SHEET
        cells += (kind in _ONE_CELL) + (max(length - 6, 0) // 6 if kind == _MANY_NUMBERS else 0)
        if cells > MAX_CELLS or sheets > MAX_SHEETS:
            raise FileRefused(TOO_LARGE)
    if blanked.startswith(OLE):
        raise FileRefused(DAMAGED)  # a container in the container would be opened unchecked
    return bytes(blanked)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Place, kind and length of every record."""
    place = 0
    while place + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, place)
        yield place, kind, length
        place += _HEAD.size + length


def _read(stream: bytes) -> Workbook:
    book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    sheets = []
    for name in book.sheet_names():
        sheet = book.sheet_by_name(name)
        if sheet.nrows > MAX_TABLE_ROWS:
            raise FileRefused(TOO_MANY_ROWS)
        sheets.append(Sheet(name, [tuple(map(_cell, sheet.row(number))) for number in range(sheet.nrows)]))
        book.unload_sheet(name)
    return Workbook(sheets)


def _cell(cell: xlrd.sheet.Cell) -> Cell:
    """The value as other readers have it: an error is its sign, an empty cell None, a whole number no fraction."""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(cell.value), "#FEL")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
        return None
    value: Cell = cell.value
    return int(value) if isinstance(value, float) and value.is_integer() else value
