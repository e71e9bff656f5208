"""What stands in the XML parts of an .xlsx, counted by the machine's own parser before any library sees the file.

The library that reads the cells makes room for what a file says of itself: for the whole rectangle round its cells, for
as many texts as it announces, for a long text once in every cell. So all that is counted here, element by element, and
a file that asks for too much is refused. Formulas without a saved value and errors are remembered with their places:
the library hands out neither.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from lib.uploads import FileRefused

MAX_SHEETS = 120
MAX_CELLS = 200_000
MAX_AREA = 1_000_000  # cells of the rectangles from A1 to each sheet's last cell
MAX_FORMULAS = 5_000
MAX_TEXT = 64_000_000  # letters, if every cell with a text had the longest

DAMAGED = "Filen är skadad eller ofullständig. Hämta den på nytt och försök igen."
TOO_LARGE = "Arbetsboken är för stor för att läsas. Kontrollera att det är rätt fil, eller dela upp den i flera."
TOO_MANY_FORMULAS = "Arbetsboken innehåller för många formler. Klistra in den som värden i en ny fil och försök igen."
FOREIGN_XML = "Arbetsboken är inte uppbyggd som Excel gör. Öppna den i Excel, spara den på nytt och försök igen."

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
READ_BY_KIND = ("/worksheet", "/sharedStrings", "/styles")

Attributes = dict[str, str]
Place = tuple[int, int]  # row and column, both from 0

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROW = re.compile(r"[1-9]\d{0,6}")
_ENCODINGS = {"utf-8", "us-ascii", None}


@dataclass
class Cells:
    """Of a part's cells: where formulas stand that have no saved value, and where errors, with their sign."""

    unsaved: list[Place] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)


@dataclass
class Contents:
    """What was counted in all parts together, and the sheets by name with the parts that hold them."""

    cells: int = 0
    rows: int = 0
    formulas: int = 0
    area: int = 0
    texts: int = 0
    longest: int = 0
    listed: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: dict[str, Cells] = field(default_factory=dict)

    @property
    def sheets(self) -> list[tuple[str, Cells]]:
        """In the workbook's order. Raises FileRefused where a sheet lies in no part that was counted."""
        try:
            return [(name, self.parts[self.targets[key][1]]) for name, key in self.listed]
        except KeyError as error:
            raise FileRefused(DAMAGED) from error

    def scan(self, part: str, stream: IO[bytes]) -> None:
        """Count one part. Raises FileRefused."""
        self.parts[part.lower()] = found = Cells()
        _Scan(self, found, part.lower()).read(stream)

    def check(self) -> None:
        """What only shows when all parts are counted. Raises FileRefused."""
        if self.texts * self.longest > MAX_TEXT:
            raise FileRefused(TOO_LARGE)
        read = {part for kind, part in self.targets.values() if kind.endswith(READ_BY_KIND)}
        if not read <= self.parts.keys():
            raise FileRefused(DAMAGED)


class _Scan:
    """One part: elements are counted as they begin, and a cell is judged when the next one or a row begins."""

    def __init__(self, contents: Contents, found: Cells, part: str) -> None:
        self._contents, self._found, self._part = contents, found, part
        self._row = self._column = -1
        self._height = self._width = 0
        self._in_cell = self._has_formula = self._is_error = False
        self._pieces: list[str] = []
        self._begins: dict[str, Callable[[Attributes], None]] = {
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "f": self._formula,
            "row": self._next_row,
            "si": self._text,
            "sst": self._texts,
        }
        if part == WORKBOOK:
            self._begins["sheet"] = self._sheet
        if part == RELATIONS:
            self._begins["Relationship"] = self._relation
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.StartDoctypeDeclHandler = _refuse_document_type
        self._parser.XmlDeclHandler = _refuse_encoding

    def read(self, stream: IO[bytes]) -> None:
        if stream.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):  # type: ignore[attr-defined]  # zipfile's streams have it
            raise FileRefused(FOREIGN_XML)
        try:
            self._parser.ParseFile(stream)
        except expat.ExpatError as error:
            raise FileRefused(DAMAGED) from error
        self._settle()
        self._settle_text()

    def _begin(self, name: str, given: Attributes) -> None:
        if begins := self._begins.get(name if ":" not in name else name.rpartition(":")[2]):
            begins(given)

    # --- Cells ---

    def _next_row(self, given: Attributes) -> None:
        self._settle()
        number = given.get("r")
        if number is not None and not _ROW.fullmatch(number):
            raise FileRefused(DAMAGED)
        self._row, self._column = int(number) - 1 if number else self._row + 1, -1
        self._contents.rows += 1
        if self._contents.rows > MAX_CELLS:
            raise FileRefused(TOO_LARGE)

    def _cell(self, given: Attributes) -> None:
        self._settle()
        self._in_cell, kind = True, given.get("t")
        self._is_error = kind == "e"
        self._contents.cells += 1
        self._contents.texts += kind == "s"
        if self._contents.cells > MAX_CELLS:
            raise FileRefused(TOO_LARGE)
        place = given.get("r")
        if place is None:
            self._column += 1
            return
        found = _CELL.fullmatch(place)
        if found is None:
            raise FileRefused(DAMAGED)
        self._row, self._column = int(found[2]) - 1, _column(found[1])

    def _value(self, _: Attributes) -> None:
        """Only cells with a value widen the rectangle: formats alone do not."""
        if not self._in_cell:
            return
        if self._row >= self._height or self._column >= self._width:
            self._contents.area -= self._height * self._width
            self._height, self._width = max(self._height, self._row + 1), max(self._width, self._column + 1)
            self._contents.area += self._height * self._width
            if self._contents.area > MAX_AREA:
                raise FileRefused(TOO_LARGE)
        if self._has_formula or self._is_error:
            self._pieces = []
            self._parser.CharacterDataHandler = self._pieces.append

    def _formula(self, _: Attributes) -> None:
        if not self._in_cell:
            return
        self._has_formula = True
        self._contents.formulas += 1
        if self._contents.formulas > MAX_FORMULAS:
            raise FileRefused(TOO_MANY_FORMULAS)

    def _settle(self) -> None:
        if self._has_formula or self._is_error:
            value, place = "".join(self._pieces).strip(), (self._row, self._column)
            if self._is_error and value:
                self._found.errors[place] = value
            elif self._has_formula and not value:
                self._found.unsaved.append(place)
            self._parser.CharacterDataHandler = None
            self._pieces = []
        self._in_cell = self._has_formula = self._is_error = False

    # --- Texts ---

    def _texts(self, given: Attributes) -> None:
        for announced in (given.get("count", "0"), given.get("uniqueCount", "0")):
            if not announced.isdecimal() or int(announced[:9]) > MAX_CELLS:
                raise FileRefused(TOO_LARGE)

    def _text(self, _: Attributes) -> None:
        self._settle_text()
        self._pieces = []
        self._parser.CharacterDataHandler = self._pieces.append

    def _settle_text(self) -> None:
        self._contents.longest = max(self._contents.longest, sum(map(len, self._pieces)))

    # --- The list of sheets ---

    def _sheet(self, given: Attributes) -> None:
        key = next((value for name, value in given.items() if name.rpartition(":")[2] == "id"), "")
        self._contents.listed.append((given.get("name", ""), key))
        if len(self._contents.listed) > MAX_SHEETS:
            raise FileRefused(TOO_LARGE)

    def _relation(self, given: Attributes) -> None:
        target = given.get("Target", "").lower()
        within = f"/{target}" if target.startswith("xl/") else posixpath.join("/xl", target)
        self._contents.targets[given.get("Id", "")] = given.get("Type", ""), posixpath.normpath(within).lstrip("/")


def _refuse_document_type(*_: object) -> None:
    """A document type has no place in a workbook: its entities may multiply."""
    raise FileRefused(FOREIGN_XML)


def _refuse_encoding(_: str, encoding: str | None, __: int) -> None:
    """The library takes every part for UTF-8, and would find nothing in another."""
    if (encoding.lower() if encoding else None) not in _ENCODINGS:
        raise FileRefused(FOREIGN_XML)


def _column(letters: str) -> int:
    """ "A" → 0, "AB" → 27."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1
