"""Reading the largest table of a web page that somebody saved, as Brå's database hands it out.

Read sign by sign in one pass, so that no page can cost more than its length: tags, their text, and what spans several
columns or rows, repeated in each. Nothing on the page is run or fetched.
"""

import html
import re
from dataclasses import dataclass, field

from lib.spreadsheets import MAX_TABLE_ROWS, TOO_MANY_ROWS, Sheet, Workbook
from lib.uploads import FileRefused
from lib.workbook_guard import MAX_CELLS, MEGABYTE, TOO_LARGE

MAX_LETTERS = 3 * MEGABYTE
MAX_SPAN = 400
MAX_TABLES = 500
CUT_OFF = "Webbsidan slutar mitt i en tabell. Den kan ha klippts av: hämta den på nytt och försök igen."
NO_TABLE = "Webbsidan har ingen tabell. Hämta filen på nytt med länken på sidan och försök igen."

_STARTS = ("<!doctype html", "<html", "<head", "<body", "<table", "<meta")
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"</?([a-z]+[0-9]?)", re.IGNORECASE)
_SPANS = {what: re.compile(rf"\b{what}\s*=\s*[\"']?(\d{{1,4}})", re.IGNORECASE) for what in ("colspan", "rowspan")}


def is_web_page(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n\f").lower().startswith((*_STARTS, "<!-- saved from"))


def read_web_page(text: str) -> Workbook:
    """One sheet: the page's table with most cells. Raises FileRefused."""
    if len(text) > MAX_LETTERS:
        raise FileRefused(TOO_LARGE)
    reader = _Reader()
    for number, part in enumerate(_TAG.split(_without_comments(text))):
        reader.read(part, is_tag=number % 2 == 1)
    if reader.is_inside:
        # Without the table's end nobody can tell whether its last number is whole. Browsers always write it.
        raise FileRefused(CUT_OFF)
    if not reader.done:
        raise FileRefused(NO_TABLE)
    largest = max(reader.done, key=lambda table: sum(map(len, table.rows)))
    return Workbook([Sheet("", [tuple(cell or None for cell in row) for row in largest.rows])])


def _without_comments(text: str) -> str:
    parts = []
    while (start := text.find("<!--")) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[:start])
        text = text[end + 3 :]
    return "".join([*parts, text])


@dataclass
class _Room:
    """What is left of the cells that a page may have."""

    cells: int = MAX_CELLS

    def take(self) -> None:
        self.cells -= 1
        if self.cells < 0:
            raise FileRefused(TOO_LARGE)


@dataclass
class _Table:
    """The rows so far, and what hangs down from above: by column, the text and how many rows are left."""

    room: _Room
    rows: list[list[str]] = field(default_factory=list)
    hanging: dict[int, tuple[str, int]] = field(default_factory=dict)
    letters: list[str] | None = None  # of the cell that is open
    spans: tuple[int, int] = (1, 1)

    def begin_row(self) -> None:
        self.end_cell()
        self.room.take()
        self.rows.append([])
        if len(self.rows) > MAX_TABLE_ROWS:
            raise FileRefused(TOO_MANY_ROWS)

    def begin_cell(self, tag: str) -> None:
        if not self.rows:
            self.rows.append([])
        self.end_cell()
        self.spans = _span(tag, "colspan"), _span(tag, "rowspan")
        self.letters = []

    def end_cell(self) -> None:
        if self.letters is None:
            return
        text = " ".join(html.unescape("".join(self.letters)).split())
        self.letters = None
        self.hang()
        across, down = self.spans
        for _ in range(across):
            if down > 1:
                self.hanging[len(self.rows[-1])] = (text, down - 1)
            self._put(text)

    def hang(self) -> None:
        """Fill the columns that a cell above reaches down to."""
        row = self.rows[-1]
        while len(row) in self.hanging:
            text, left = self.hanging.pop(len(row))
            if left > 1:
                self.hanging[len(row)] = (text, left - 1)
            self._put(text)

    def _put(self, text: str) -> None:
        self.room.take()
        self.rows[-1].append(text)


class _Reader:
    """Tables within tables are tables of their own."""

    def __init__(self) -> None:
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = ""
        self._room = _Room()
        self._begun = 0

    def read(self, part: str, *, is_tag: bool) -> None:
        if is_tag:
            name = _NAME.match(part)
            if name:
                self._tag(name[1].lower(), part)
        elif self._open and self._open[-1].letters is not None and not self._silent:
            self._open[-1].letters.append(part)

    @property
    def is_inside(self) -> bool:
        """Whether a table has begun that has not ended."""
        return bool(self._open)

    def _tag(self, name: str, tag: str) -> None:
        closes = tag.startswith("</")
        if self._silent:
            self._silent = "" if closes and name == self._silent else self._silent
        elif name in {"script", "style"} and not closes:
            self._silent = name
        elif name == "table":
            self._close() if closes else self._begin()
        elif self._open:
            self._inside(self._open[-1], name, tag, closes=closes)

    def _inside(self, table: _Table, name: str, tag: str, *, closes: bool) -> None:
        if name in {"td", "th"}:
            table.end_cell() if closes else table.begin_cell(tag)
        elif name == "tr" and not closes:
            table.begin_row()
        elif name == "tr":
            table.end_cell()
        elif table.letters is not None:
            table.letters.append(" ")  # a line break or the like parts words

    def _begin(self) -> None:
        self._begun += 1
        if self._begun > MAX_TABLES:
            raise FileRefused(TOO_LARGE)
        self._open.append(_Table(self._room))

    def _close(self) -> None:
        if self._open:
            table = self._open.pop()
            table.end_cell()
            if any(table.rows):
                self.done.append(table)


def _span(tag: str, what: str) -> int:
    found = _SPANS[what].search(tag)
    return min(max(int(found[1]), 1), MAX_SPAN) if found else 1
