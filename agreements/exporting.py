"""A partnership's agreements, goals, measures, logs and plans as an Excel workbook, written row by row.

Each row is forgotten when it is written, so that ten thousand measures take no more memory than a thousand. Texts are
always texts: one that begins as a formula does gets an apostrophe before it, for the file may go on as CSV.
"""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.db.models import Model

from accounts.models import User
from agreements.sheets import KINDS, Cell, Column, SheetKind
from journal.steps import record
from lib.dates import today
from lib.swedish import listing, plural
from partnerships.models import Partnership

CHUNK = 500
LONGEST = 32_767  # characters, Excel's own limit
CUT = " … [avkortat]"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Written to disk as it comes; texts stay texts, whatever they look like.
SETTINGS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def export(partnership: Partnership, *, by: User) -> IO[bytes]:
    """Write what the person may see of the partnership to a temporary file, and say so in the book."""
    file: IO[bytes] = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  the answer closes it when it is sent
    counts = write(file, partnership, by)
    told = listing([plural(count, "rad", "rader") + f" {kind.title.lower()}" for kind, count in counts if count])
    record(partnership, "exported", "Hämtad som Excel", by=by, note=told or "Inget att hämta.")
    file.seek(0)
    return file


def file_name(partnership: Partnership) -> str:
    return f"{partnership} {today()}.xlsx"


def write(target: IO[bytes], partnership: Partnership, reader: User) -> list[tuple[SheetKind, int]]:
    """The workbook, and how many rows each kind had."""
    with xlsxwriter.Workbook(target, SETTINGS) as book:
        book.set_properties({"title": f"{partnership}, {today()}", "created": dt.datetime.combine(today(), dt.time())})
        looks = Looks(book)
        return [(kind, _sheet(book, looks, kind, _found(kind, partnership, reader))) for kind in KINDS]


class Looks:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "bottom": 1, "text_wrap": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})


def _found(kind: SheetKind, partnership: Partnership, reader: User) -> Iterator[Model]:
    rows = kind.rows(reader, partnership).iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield from kind.ready(chunk)


def _sheet(book: Any, looks: Looks, kind: SheetKind, rows: Iterable[Model]) -> int:
    """Write the kind's sheet; how many rows it got."""
    sheet = book.add_worksheet(kind.title)
    sheet.freeze_panes(1, 1)
    head(sheet, looks, kind.columns)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, column in enumerate(kind.columns):
            put(sheet, looks, count, place, column.write(row))
    return count


def head(sheet: Any, looks: Looks, columns: Iterable[Column]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.header, looks.head)


def put(sheet: Any, looks: Looks, row: int, place: int, value: Cell) -> None:
    """One cell; nothing is an empty cell."""
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), looks.day)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, float(value))
    else:
        sheet.write_string(row, place, harmless(str(value)))


def harmless(text: str) -> str:
    """The text as no program takes for a formula, within what a cell holds."""
    guarded = f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return guarded if len(guarded) <= LONGEST else guarded[: LONGEST - len(CUT)] + CUT
