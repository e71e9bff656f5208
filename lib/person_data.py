"""A guard for free text: pages of the cooperation describe places, times and groups, never individuals.

First form: Swedish personal identity numbers and coordination numbers (personnummer, samordningsnummer).
"""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

FOUND = (
    "Texten ser ut att innehålla ett personnummer. Ta bort det: "
    "här skrivs aldrig uppgifter som kan kopplas till en enskild person."
)

# Two or four digits of year, month, day, a sign or nothing, four digits; never a part of a longer number.
_NUMBER = re.compile(r"(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})\s?[-+\N{EN DASH}\N{MINUS SIGN}]?\s?(\d{4})(?!\d)")
_COORDINATION = 60  # a coordination number's day is the day of birth plus sixty


def has_personal_number(text: str) -> bool:
    """Whether some number in the text is built as a personnummer: a real date and a check digit that holds.

    Both tests together leave alone what only looks alike: organisation numbers, diary numbers, amounts, periods.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(_is_date(*found[:3]) and _holds("".join(found)) for found in _NUMBER.findall(plain))


class NoPersonData(forms.BaseForm):
    """A form whose texts are searched before they are accepted; what was typed stands beside the sentence."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and has_personal_number(value):
                self.add_error(name, ValidationError(FOUND, code="personal_number"))
        return cleaned


def _is_date(year: str, month: str, day: str) -> bool:
    """Whether the digits are a day in some century (29 February included if any of them has it)."""
    number = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    for century in (1900, 2000):
        try:
            dt.date(century + int(year), int(month), number)
        except ValueError:
            continue
        return True
    return False


def _holds(digits: str) -> bool:
    """Luhn's check over ten digits."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
