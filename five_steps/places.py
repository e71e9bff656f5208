"""Where the work of a line is done: addresses of other rooms, by name only."""

from django.urls import reverse

from five_steps.handbook import Line
from partnerships.models import Cycle


def address_for(place: str, partnership_id: int) -> str:
    """The address of a name that takes the partnership as its argument, or in the query after a question mark."""
    name, _, query = place.partition("?")
    return f"{reverse(name)}?{query}={partnership_id}" if query else reverse(name, args=[partnership_id])


def place_of(line: Line, partnership_id: int) -> str:
    """The address where the partnership does the line's work; empty for a line that has no room."""
    return address_for(line.place, partnership_id) if line.place else ""


def line_url(line: Line, cycle: Cycle) -> str:
    return reverse("five_steps:line", args=[cycle.pk, line.code])
