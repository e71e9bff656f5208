"""What the calendar says of an agreement, and how often it is looked at."""

import datetime as dt

from django.db import models

from lib.dates import add_months

ONE_DAY = dt.timedelta(days=1)


def extended(end: dt.date, months: int, day: dt.date) -> dt.date:
    """The end, moved on by whole periods until it reaches the day."""
    first = end + ONE_DAY
    periods = max(0, (day.year * 12 + day.month - first.year * 12 - first.month) // months - 1)
    while add_months(first, periods * months) - ONE_DAY < day:
        periods += 1
    return add_months(first, periods * months) - ONE_DAY


class Validity(models.TextChoices):
    NOT_SIGNED = "not_signed", "Inte undertecknad"
    COMING = "coming", "Börjar gälla senare"
    IN_FORCE = "in_force", "Gäller"
    EXPIRING = "expiring", "Löper snart ut"
    EXPIRED = "expired", "Har löpt ut"

    @property
    def tone(self) -> str:
        return {"in_force": "ok", "expiring": "warn", "expired": "bad", "coming": "brand"}.get(self.value, "idle")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", "Varje vecka"
    MONTHLY = "monthly", "Varje månad"
    QUARTERLY = "quarterly", "Varje kvartal"
    TERTIAL = "tertial", "Varje tertial"
    HALF_YEARLY = "half_yearly", "Varje halvår"
    YEARLY = "yearly", "Varje år"
    AT_END = "at_end", "När perioden är slut"
    AD_HOC = "ad_hoc", "När det behövs"
