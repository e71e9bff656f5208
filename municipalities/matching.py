"""Which municipality a name in somebody's file means.

Files name municipalities in many ways: "Falun", "Falu kommun", "Falun kommun" (Brå's database), "Ale kommun",
"Arjeplogs kommun", "Landskrona stad", "Malung–Sälen" with an en dash, "0114 Upplands Väsby" (SCB). What is
not certainly one of the 290 is no match: a city district must never be counted as its city.
"""

import re
import unicodedata
from collections.abc import Iterable

from municipalities.models import Municipality

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−-"), " ")
_SUFFIX = re.compile(r" (kommuns?|stads?)$")
_CODE = re.compile(r"^(\d{4})(?: (.+))?$")
# Names in use that no rule leads to.
_ALIASES = {"region gotland": "0980"}


def normal_form(name: str) -> str:
    """The name in lower case with å ä ö kept, every kind of space and dash as one space."""
    return " ".join(unicodedata.normalize("NFC", name).translate(_DASHES).lower().split())


class Names:
    """The municipalities by every name that files use for them. Build it once for a whole file."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self._by_code: dict[str, Municipality] = {}
        self._by_name: dict[str, Municipality] = {}
        # With "kommun" or "stad" after it a genitive is a name too: "Ale" + "s" alone would be a guess.
        self._by_stem: dict[str, Municipality] = {}
        for municipality in municipalities:
            name = normal_form(municipality.name)
            self._by_code[municipality.code] = municipality
            self._by_name[name] = municipality
            for full_name in (
                municipality.formal_name,
                municipality.bra_name,
                f"{name} kommun",
                f"{name}s kommun",
            ):
                self._by_stem[_SUFFIX.sub("", normal_form(full_name))] = municipality
        for alias, code in _ALIASES.items():
            if code in self._by_code:
                self._by_name[alias] = self._by_code[code]

    @classmethod
    def load(cls) -> "Names":
        """All municipalities with their counties, in one query."""
        return cls(Municipality.objects.select_related("county"))

    def match(self, name: str) -> Municipality | None:
        text = normal_form(name)
        if with_code := _CODE.match(text):
            found = self._by_code.get(with_code[1])
            # A code and a name that disagree are a mistake in the file, and nobody can say which is right.
            return found if found and with_code[2] in (None, normal_form(found.name)) else None
        stem = _SUFFIX.sub("", text)
        return self._by_name.get(text) or (self._by_stem.get(stem) if stem != text else None)


def match(name: str) -> Municipality | None:
    """The municipality that the name means, or None. For more than one name, build `Names` once."""
    return Names.load().match(name)
