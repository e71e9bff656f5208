"""What a cell means: texts, days, numbers and choices as people write them. A cell that cannot be read is a Fault."""

import datetime as dt
import math
import re
from decimal import Decimal
from enum import Enum
from typing import Any

from agreements.exporting import FORMULA_STARTS
from lib.dates import add_months
from lib.form_parts import FIRST_YEAR, LAST_YEAR
from lib.person_data import FOUND, has_personal_number
from lib.spreadsheets import Cell
from lib.swedish import MONTHS

EXCEL_ZERO = dt.date(1899, 12, 30)
SERIALS = range(10_000, 80_000)  # 1927 to 2119
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SAKNAS!", "#VÄRDEFEL!", "#NAMN?")
DAYS = "Skriv datumet som 2023-01-31."
_ISO = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})$")
_SWEDISH = re.compile(r"(\d{1,2})[/. ]+(\d{1,2})[/. ]+(\d{4})$")
_WORDS = re.compile(r"(?:den )?(\d{1,2})[ .:]*(?:e )?([a-zåäö]+)\.? (\d{4})$")
_MONTH = re.compile(r"([a-zåäö]+)\.? (\d{4})$")
_YEAR = re.compile(r"(\d{4})$")


class Fault(ValueError):
    """A cell that cannot be used, with the sentence for the person."""


def text(cell: Cell) -> str:
    """The cell as text, without the apostrophe that the export puts before what looks like a formula."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    said = str(cell).strip()
    if said in ERRORS:
        raise Fault(f"Cellen innehåller Excels felvärde {said}. Rätta den i filen.")
    if any(ord(char) < 32 and char not in "\n\r\t" or char == "\x7f" for char in said):
        raise Fault("Cellen innehåller ett tecken som inte går att spara. Skriv om texten i filen.")
    if has_personal_number(said):
        raise Fault(FOUND)
    return said[1:] if said[:1] == "'" and said[1:].startswith(FORMULA_STARTS) else said


def day(cell: Cell, *, is_last: bool = False) -> dt.date:
    """A day however it is written. A month or a year alone is its first day, or its last where `is_last`."""
    if isinstance(cell, dt.datetime):
        return _sane(cell.date())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, is_last=is_last)
    said = text(cell).lower()
    if found := _ISO.match(said):
        return _made(*map(int, found.groups()))
    if found := _SWEDISH.match(said):
        return _made(*map(int, reversed(found.groups())))
    if found := _WORDS.match(said):
        return _made(int(found[3]), _month(found[2]), int(found[1]))
    return _loose(said, is_last=is_last)


def _from_number(value: float, *, is_last: bool) -> dt.date:
    if math.isfinite(value) and int(value) in SERIALS:
        return _sane(EXCEL_ZERO + dt.timedelta(days=int(value)))
    if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return dt.date(int(value), 12, 31) if is_last else dt.date(int(value), 1, 1)
    return _made(*_parts(int(value)))


def _parts(value: int) -> tuple[int, int, int]:
    """20230131 as its year, month and day."""
    return value // 10_000, value // 100 % 100, value % 100


def _loose(said: str, *, is_last: bool) -> dt.date:
    if said.isdecimal() and len(said) == 5:
        return _from_number(int(said), is_last=is_last)
    if found := _MONTH.match(said):
        first = _made(int(found[2]), _month(found[1]), 1)
        return add_months(first, 1) - dt.timedelta(days=1) if is_last else first
    if found := _YEAR.match(said):
        return _made(int(found[1]), *((12, 31) if is_last else (1, 1)))
    raise Fault(f"”{said[:40]}” är inget datum som kan läsas. {DAYS}")


def _month(word: str) -> int:
    found = [number for number, name in enumerate(MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    if not found:
        raise Fault(f"”{word[:20]}” är ingen månad. {DAYS}")
    return found[0]


def _made(year: int, month: int, number: int) -> dt.date:
    try:
        return _sane(dt.date(year, month, number))
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, Fault) else Fault(f"Det datumet finns inte. {DAYS}") from error


def _sane(found: dt.date) -> dt.date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Fault(f"Året {found.year} kan inte stämma. Skriv ett år mellan {FIRST_YEAR} och {LAST_YEAR}.")
    return found


def number(cell: Cell) -> Decimal:
    """A number, also one that is written as text: "1 200,5"."""
    if isinstance(cell, bool | dt.datetime):
        raise Fault("Skriv ett tal.")
    said = re.sub(r"\s", "", str(cell)).replace(",", ".").replace("\N{MINUS SIGN}", "-").lstrip("'")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,15})?", said):
        raise Fault(f"”{str(cell)[:40]}” är inget tal. Skriv bara siffror.")
    return round(Decimal(said), 3)


def whole(cell: Cell) -> int:
    """A count: whole, and not below zero."""
    found = number(cell)
    if found != int(found) or not 0 <= found < 2**31:
        raise Fault("Skriv ett helt tal, noll eller mer.")
    return int(found)


def choice(cell: Cell, choices: Any) -> str:
    """The value whose word stands in the cell; the first word of a longer one is enough ("Grön")."""
    said = text(cell).casefold()
    words = {str(value): str(label) for value, label in choices}
    for value, label in words.items():
        if said in (label.casefold(), label.split(":")[0].casefold(), value.casefold()):
            return value
    *first, last = words.values()
    raise Fault(f"”{text(cell)[:40]}” känns inte igen. Skriv {', '.join(first)} eller {last}.")


class Kind(Enum):
    """How the cells of a column are read."""

    TEXT = "text"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    NUMBER = "number"
    WHOLE = "whole"


READERS: dict[Kind, Any] = {
    Kind.TEXT: text,
    Kind.FIRST_DAY: day,
    Kind.LAST_DAY: lambda cell: day(cell, is_last=True),
    Kind.NUMBER: number,
    Kind.WHOLE: whole,
}
