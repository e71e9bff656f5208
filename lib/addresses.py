"""What an address says after its question mark, read with suspicion."""

from django.http import HttpRequest

MOST_DIGITS = 18  # what the databases' numbers can hold


def number_in(request: HttpRequest, name: str) -> int:
    """A record's number in the address (?name=7); 0, which no record has, if it is absent or no such number."""
    return _number(request.GET.get(name, ""))


def numbers_in(request: HttpRequest, name: str) -> list[int]:
    """The records' numbers in the address (?name=7&name=9), each once; what is no such number is left aside."""
    found = (_number(text) for text in request.GET.getlist(name))
    return list(dict.fromkeys(number for number in found if number))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
