"""The house's clock and calendar.

Everybody asks `now()` and `today()` here, so that the demo can be told day by day as it would have happened. Every
rule that depends on the calendar takes the day as an argument; views ask `today()` once.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_told: ContextVar[dt.datetime | None] = ContextVar("told", default=None)


def now() -> dt.datetime:
    """The present moment, with time zone."""
    return _told.get() or timezone.now()


def today() -> dt.date:
    """Today's date in Sweden."""
    return timezone.localdate(now())


@contextmanager
def told_as_of(day: dt.date) -> Iterator[None]:
    """Inside, it is ten in the morning of that day: for stories about the past, never for real work."""
    token = _told.set(dt.datetime.combine(day, dt.time(10), tzinfo=timezone.get_default_timezone()))
    try:
        yield
    finally:
        _told.reset(token)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later (or earlier), moved back to the month's last day where it does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))
