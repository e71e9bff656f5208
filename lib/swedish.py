"""Numbers, dates, counts and alphabetical order the way a Swedish reader expects them.

Everything here is plain functions over plain values, so that pages, spreadsheets and PDFs say the same thing in the
same way. A missing value is always "uppgift saknas", never 0 and never an empty cell.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MISSING = "uppgift saknas"
THOUSANDS = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
SMALL_NUMBERS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

Number = int | float | Decimal
Day = dt.date | str

PLAIN, LARGE = 0.001, 1e15  # between them Python writes a number as it is, without an exponent
# W is its own letter since 2006; only å, ä and ö (with their neighbours' æ and ø) come after z.
_LAST_LETTERS = str.maketrans(
    {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y", "ß": "ss", "đ": "d", "ł": "l"}
)
_SEPARATORS = re.compile(r"[\s\-\N{EN DASH}_/.,:;'\N{RIGHT SINGLE QUOTATION MARK}]+")


def number(value: Number | None) -> str:
    """A no-break space in thousands: 2537 → "2 537". A fraction keeps its decimals: 7.25 → "7,25"."""
    return decimal(value)


def decimal(value: Number | None, places: int | None = None) -> str:
    """A decimal comma: 7.25 → "7,25". `places` fixes the number of decimals, rounding halves away from zero."""
    if value is None or not math.isfinite(value):
        return MISSING
    if places is None and not isinstance(value, Decimal) and PLAIN <= abs(value) < LARGE:
        return _plain(value)
    # Through str, so that 7.25 rounds as it is written and not as its nearest binary fraction.
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    text = f"{int(whole):,}".replace(",", THOUSANDS) + (f",{fraction}" if fraction else "")
    return MINUS + text if exact < 0 and text.strip("0,") else text


def _plain(value: int | float) -> str:
    """The same for what Python writes without an exponent, which nearly every figure is; a page has thousands."""
    whole, _, fraction = str(abs(value)).partition(".")
    grouped = whole if len(whole) < 4 else f"{int(whole):,}".replace(",", THOUSANDS)
    text = f"{grouped},{fraction}" if fraction and fraction != "0" else grouped
    return MINUS + text if value < 0 else text


def in_words(value: int) -> str:
    """Small counts in running text as words ("två"), larger ones as figures."""
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else number(value)


def plural(count: int, one: str, many: str) -> str:
    """A count with its word: plural(1, "åtgärd", "åtgärder") → "1 åtgärd", 3 → "3 åtgärder"."""
    return f"{number(count)} {one if count == 1 else many}"


def listing(texts: Sequence[str]) -> str:
    """One, two or many in running text: a · a och b · a, b och c."""
    return " och ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def as_day(value: Day | None) -> dt.date | None:
    """A date from a date, a datetime or an ISO string ("2026-03-12", with or without a time); raises ValueError.

    A moment that knows its zone gives the day that it was in Sweden.
    """
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10]) if value else None
    if isinstance(value, dt.datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def date(day: Day | None) -> str:
    """12 mars 2026."""
    if (day := as_day(day)) is None:
        return MISSING
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(at: dt.datetime) -> str:
    """Day and time in Sweden: "3 mars 2026 kl. 10.00"."""
    there = timezone.localtime(at)
    return f"{date(there)} kl. {there:%H.%M}"


def month_year(day: Day | None) -> str:
    """mars 2026."""
    if (day := as_day(day)) is None:
        return MISSING
    return f"{MONTHS[day.month - 1]} {day.year}"


def period(first: Day | None, last: Day | None) -> str:
    """From one day to another, saying what they share once.

    Whole years as years ("2026", "2026–2029"), "3–15 november 2026", "1 januari – 15 november 2026",
    "1 juli 2025 – 30 juni 2026"; an open end as "från och med …" or "till och med …".
    """
    start, end = as_day(first), as_day(last)
    if start is None or end is None:
        return _open_period(start, end)
    if start == end:
        return date(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year}{DASH}{end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{DASH}{date(end)}"
    begins = f"{start.day} {MONTHS[start.month - 1]}" if start.year == end.year else date(start)
    return f"{begins} {DASH} {date(end)}"


def _open_period(start: dt.date | None, end: dt.date | None) -> str:
    if start:
        return f"från och med {date(start)}"
    return f"till och med {date(end)}" if end else MISSING


def sort_key(text: str) -> str:
    """A key that sorts like a Swedish register: case and accents do not count, and å, ä, ö come last.

    The key is ASCII wherever the text is Latin, so it orders the same way in Python, SQLite and PostgreSQL's "C" order.
    """
    letters = unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(char))
    return _SEPARATORS.sub(" ", plain).strip()
