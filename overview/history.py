"""What happened lately in a cycle, across the rooms."""

from dataclasses import dataclass

from django.db.models import Model

from five_steps.facts import Facts
from five_steps.handbook import LINES
from five_steps.models import StepLine
from five_steps.proof import is_readable
from journal.models import Event, key

SHOWN = 8


@dataclass(frozen=True)
class Happening:
    """An event with what it is about."""

    event: Event
    title: str
    url: str


def latest(facts: Facts, rows: list[StepLine], mine: set[int]) -> list[Happening]:
    """The newest events about the cycle and what lies in it, without other parties' unshared pictures. One query."""
    cycle = facts.cycle
    about: dict[str, tuple[str, str]] = {key(cycle): (str(cycle), "")} if cycle.pk else {}
    about |= {key(row): (LINES[row.code].short, row.get_absolute_url()) for row in rows if row.code in LINES}
    records: list[Model] = [*facts.own_agreements, *facts.measures, *facts.documents, *facts.problems]
    for record in [*records, *facts.pictures]:
        if is_readable(record, mine):
            about[key(record)] = (str(record), record.get_absolute_url())  # type: ignore[attr-defined]  # all have pages
    events = Event.objects.filter(subject__in=about).select_related("by").order_by("-at", "-pk")[:SHOWN]
    return [Happening(event, *about[event.subject]) for event in events]
