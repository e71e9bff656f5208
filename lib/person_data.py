"""A guard for free text: pages of the cooperation describe places, times and groups, never individuals.

A personnummer or coordination number is refused. What may point somebody out (a telephone number, a registration plate,
a count of a few people) is pointed at, and goes in when the person says that it is checked: a switchboard has a number,
and four out of ten schools are no people. Rules: process.md 16.4, with five as the smallest group.
"""

import datetime as dt
import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from lib import swedish

CHECKED = "checked"
ASKED = "Jag har kontrollerat texten: den pekar inte ut någon enskild person"
FOUND = (
    "Texten ser ut att innehålla ett personnummer. Ta bort det: "
    "här skrivs aldrig uppgifter som kan kopplas till en enskild person."
)

# Two or four digits of year, month, day, a sign or nothing, four digits; never a part of a longer number.
_NUMBER = re.compile(r"(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})\s?[-+\N{EN DASH}\N{MINUS SIGN}]?\s?(\d{4})(?!\d)")
# A telephone number as Swedes write it; never a part of a longer number. How many digits it has is counted after.
_PHONE = re.compile(
    r"(?<![\w/:-])(?:\+46[\s-]?(?:\(0\))?|0)[1-9]\d{0,2}[\s\N{EN DASH}/-]{0,3}[1-9]\d(?:[\s-]?\d){3,6}(?![\d-])"
)
_MOBILE, _PHONES = 10, range(8, 11)
# Three letters (no I, Q or V), two digits and a digit or letter: "ABC 123", "ABC12D".
_PLATE = re.compile(r"\b[A-HJ-PR-UWXYZ]{3}\s?\d{2}[0-9A-HJ-NPR-UWXYZ]\b")
_FEW = re.compile(
    r"\b(?:(?:två|tre|fyra|[2-4])\s+(?:\w+a\s+)?(?:ungdomar|elever|barn|pojkar|flickor|personer|familjer|bröder|"
    r"systrar|syskon|män|kvinnor|killar|tjejer|gärningsmän|gärningspersoner)|"
    r"(?:en|ett|1)\s+(?:(?:ung|yngre|äldre|ensam|enskild|viss|enda|[\w-]*årig)\s+)?(?:ungdom|elev|barn|pojke|flicka|"
    r"person|familj|bror|syster|syskon|man|kvinna|kille|tjej|gärningsman|gärningsperson))\b(?! per\b)",
    re.IGNORECASE,
)
_COORDINATION = 60  # a coordination number's day is the day of birth plus sixty


def has_personal_number(text: str) -> bool:
    """Whether some number in the text is built as a personnummer: a real date and a check digit that holds.

    Both tests together leave alone what only looks alike: organisation numbers, diary numbers, amounts, periods.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(_is_date(*found[:3]) and _holds("".join(found)) for found in _NUMBER.findall(plain))


def pointed_out(text: str, *, groups: bool = False) -> list[tuple[str, str]]:
    """What may point somebody out: pairs of what it is and the words themselves, in the order of the text.

    With `groups` also counts of one to four people: a picture describes groups of some size.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = [(match.start(), "ett telefonnummer", match.group()) for match in _PHONE.finditer(plain) if _rings(match)]
    found += [(match.start(), "ett registreringsnummer", match.group()) for match in _PLATE.finditer(plain)]
    if groups:
        found += [(match.start(), "en liten grupp", match.group()) for match in _FEW.finditer(plain)]
    return [(what, words.strip()) for _, what, words in sorted(found)]


def _rings(match: re.Match[str]) -> bool:
    digits = re.sub(r"^46(0?)", "0", re.sub(r"\D", "", match.group())) if "+" in match.group() else match.group()
    digits = re.sub(r"\D", "", digits)
    return len(digits) == _MOBILE if digits.startswith("07") else len(digits) in _PHONES


class NoPersonData(forms.BaseForm):
    """A form whose texts are searched before they are accepted; what was typed stands beside the sentence.

    A personnummer never goes in. For what may point somebody out the form gets one more box, and is accepted when it
    is ticked.
    """

    counts_people: ClassVar[bool] = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_checked = self.add_prefix(CHECKED) in self.data
        for name, value in list(self.cleaned_data.items()):
            # What the page itself sends along is no text: a checksum may well begin as a telephone number does.
            if not isinstance(value, str) or self.fields[name].widget.is_hidden:
                continue
            if has_personal_number(value):
                self.add_error(name, ValidationError(FOUND, code="personal_number"))
            elif (found := pointed_out(value, groups=self.counts_people)) and not is_checked:
                self.add_error(name, ValidationError(_sentence(found), code="pointed_out"))
                self._ask()
        return cleaned

    def _ask(self) -> None:
        """One more box, last in the form."""
        if CHECKED in self.fields:
            return
        self.fields[CHECKED] = forms.BooleanField(label=ASKED, required=False)
        helper = vars(self).get("helper")
        if helper is not None and helper.layout is not None:
            helper.layout.append(CHECKED)


def _sentence(found: list[tuple[str, str]]) -> str:
    told = swedish.listing([f"{what} ({words})" for what, words in found[:3]])
    return f"Texten ser ut att innehålla {told}. Ta bort det, eller kryssa i rutan sist om det inte pekar ut någon."


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
