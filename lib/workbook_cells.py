"""The cells of an .xlsx, read in one pass by the machine's own XML parser: several times faster than a whole library.

To be used after lib.workbook_guard.inspect, which has refused document types and bombs. Formulas are never evaluated: a
cell that holds one has the value that was saved beside it. Anything unexpected raises, and the caller refuses the file.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from lib.uploads import FileRefused
from lib.workbook_guard import MAX_CELLS, MAX_SHEETS, TOO_LARGE

Cell = object
Attributes = dict[str, str]
MAX_COLUMNS = 16_384

_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass
class Cells:
    """A sheet's name, its rows from the first, and where formulas stand that have no saved value (row, column)."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)


def read_cells(content: bytes) -> list[Cells]:
    """All worksheets in order. Raises FileRefused when they hold too much, and anything at all when they are broken."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = _Book()
        _parse(archive, "xl/workbook.xml", book.begin)
        if len(book.sheets) > MAX_SHEETS:
            raise FileRefused(TOO_LARGE)
        parts = _Relations()
        _parse(archive, "xl/_rels/workbook.xml.rels", parts.begin)
        names = set(archive.namelist())
        texts, formats = _Texts(), _Formats()
        if (strings := parts.of_type("/sharedStrings")) in names:
            _parse(archive, strings, texts.begin, texts.end, texts.letters)
        if (styles := parts.of_type("/styles")) in names:
            _parse(archive, styles, formats.begin, formats.end)
        epoch = CALENDAR_MAC_1904 if book.counts_from_1904 else CALENDAR_WINDOWS_1900
        found, room = [], _Room()
        for name, key in book.sheets:
            kind, part = parts.parts[key]
            if kind.endswith("/worksheet"):
                sheet = _Sheet(Cells(name), texts.found, formats.dates, epoch, room)
                _parse(archive, part, sheet.begin, sheet.end, sheet.letters)
                found.append(sheet.cells)
        return found


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    letters: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = letters
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


class _Book:
    """Sheets in order, each with the key of its part."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.counts_from_1904 = False

    def begin(self, name: str, given: Attributes) -> None:
        local = _local(name)
        if local == "sheet":
            self.sheets.append((given["name"], given.get(_RELATION) or given[_RELATION_STRICT]))
        elif local == "workbookPr":
            self.counts_from_1904 = given.get("date1904", "0") in {"1", "true"}


class _Relations:
    """By key, what kind of part it is and where it lies."""

    def __init__(self) -> None:
        self.parts: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, given: Attributes) -> None:
        if _local(name) == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", given["Target"])).lstrip("/")
            self.parts[given["Id"]] = given["Type"], target

    def of_type(self, ending: str) -> str:
        return next((part for kind, part in self.parts.values() if kind.endswith(ending)), "")


class _Texts:
    """The workbook's shared texts; how they are to be pronounced is no part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._takes = self._is_sound = False

    def begin(self, name: str, given: Attributes) -> None:
        local = _local(name)
        if local == "si":
            self._pieces = []
        elif local == "rPh":
            self._is_sound = True
        elif local == "t":
            self._takes = not self._is_sound

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "si":
            self.found.append("".join(self._pieces))
        elif local == "rPh":
            self._is_sound = False
        elif local == "t":
            self._takes = False

    def letters(self, text: str) -> None:
        if self._takes:
            self._pieces.append(text)


class _Formats:
    """The numbers of the styles that show a number as a day."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._codes: dict[int, str] = dict(BUILTIN_FORMATS)
        self._within = False
        self._count = 0

    def begin(self, name: str, given: Attributes) -> None:
        local = _local(name)
        if local == "numFmt":
            self._codes[int(given["numFmtId"])] = given["formatCode"]
        elif local == "cellXfs":
            self._within = True
        elif local == "xf" and self._within:
            if is_date_format(self._codes.get(int(given.get("numFmtId", 0)), "General")):
                self.dates.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._within = False


@dataclass
class _Room:
    """What is left of the cells that a workbook may have."""

    cells: int = MAX_CELLS

    def take(self, count: int) -> None:
        self.cells -= count
        if self.cells < 0:
            raise FileRefused(TOO_LARGE)


class _Sheet:
    """Rows and cells where they say they stand, or after the one before."""

    def __init__(self, cells: Cells, texts: list[str], dates: set[int], epoch: datetime, room: _Room) -> None:
        self.cells, self._texts, self._dates, self._epoch, self._room = cells, texts, dates, epoch, room
        self._row: list[Cell] = []
        self._given: Attributes = {}
        self._pieces: list[str] = []
        self._takes = self._has_formula = self._is_sound = False
        self._column = 0

    def begin(self, name: str, given: Attributes) -> None:
        local = name.rpartition("}")[2]
        if local == "c":
            self._begin_cell(given)
        elif local in {"v", "t"}:
            self._takes = not self._is_sound
        elif local == "f":
            self._has_formula = True
        elif local == "row":
            self._begin_row(given)
        elif local == "rPh":
            self._is_sound = True

    def end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        if local == "c":
            self._end_cell()
        elif local in {"v", "t"}:
            self._takes = False
        elif local == "rPh":
            self._is_sound = False

    def letters(self, text: str) -> None:
        if self._takes:
            self._pieces.append(text)

    def _begin_row(self, given: Attributes) -> None:
        rows = self.cells.rows
        number = int(given.get("r", len(rows) + 1))
        if number <= len(rows):
            raise ValueError("rows out of order")
        self._room.take(number - len(rows))
        while len(rows) < number:
            rows.append([])
        self._row = rows[-1]

    def _begin_cell(self, given: Attributes) -> None:
        self._given, self._pieces, self._has_formula = given, [], False
        self._column = len(self._row)
        if place := given.get("r"):
            found = _PLACE.fullmatch(place)
            if found is None:
                raise ValueError("no such cell")
            self._column = _column(found[1])
        if not len(self._row) <= self._column < MAX_COLUMNS:
            raise ValueError("cells out of order")

    def _end_cell(self) -> None:
        row, missing = self._row, self._column - len(self._row)
        self._room.take(missing + (1 if row else 0))  # a row's own place counts for its first cell
        row.extend([None] * missing)
        value = self._value("".join(self._pieces))
        if value is None and self._has_formula:
            self.cells.unsaved.append((len(self.cells.rows), self._column))
        row.append(value)

    def _value(self, text: str) -> Cell:
        kind = self._given.get("t", "n")
        if kind == "inlineStr":
            return text or None
        if not text:
            return None
        if kind == "s":
            return self._texts[int(text)] or None
        if kind == "b":
            return text.strip() in {"1", "true"}
        return self._number(text.strip()) if kind == "n" else text

    def _number(self, text: str) -> Cell:
        if not _NUMBER.fullmatch(text):
            raise ValueError("no number")
        value = int(text) if text.lstrip("+-").isdigit() else float(text)
        if int(self._given.get("s", 0)) in self._dates:
            return from_excel(value, self._epoch)
        return value


def _column(letters: str) -> int:
    """ "A" → 0, "AB" → 27."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1
