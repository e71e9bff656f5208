"""What an address says after its question mark, read with suspicion."""

from django.http import HttpRequest

MOST_DIGITS = 18  # what the databases' numbers can hold


def number_in(request: HttpRequest, name: str) -> int:
    """A record's number in the address (?name=7); 0, which no record has, if it is absent or no such number."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
