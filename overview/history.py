"""What happened lately in a cycle, across the rooms."""

from dataclasses import dataclass

from django.db.models import Model, Q

from five_steps.facts import Facts
from five_steps.handbook import LINES
from five_steps.models import StepLine
from five_steps.proof import is_readable, shared_with
from journal.models import Event, key

SHOWN = 8


@dataclass(frozen=True)
class Happening:
    """An event with what it is about."""

    event: Event
    title: str
    url: str


def latest(facts: Facts, rows: list[StepLine], mine: set[int]) -> list[Happening]:
    """The newest events about the cycle and what lies in it, without other parties' unshared pictures. One query.

    Of another party's own picture only what has happened since it was shared: the book says what the drafts said.
    """
    cycle = facts.cycle
    about: dict[str, tuple[str, str]] = {key(cycle): (str(cycle), "")} if cycle.pk else {}
    about |= {key(row): (LINES[row.code].short, row.get_absolute_url()) for row in rows if row.code in LINES}
    before_sharing = Q()
    records: list[Model] = [*facts.own_agreements, *facts.measures, *facts.documents, *facts.problems]
    for record in [*records, *facts.pictures]:
        if is_readable(record, mine):
            about[key(record)] = (str(record), record.get_absolute_url())  # type: ignore[attr-defined]  # all have pages
            if since := shared_with(record, mine):
                before_sharing |= Q(subject=key(record), at__lt=since)
    found = Event.objects.filter(subject__in=about)
    found = found.exclude(before_sharing) if before_sharing else found
    events = found.select_related("by").order_by("-at", "-pk")[:SHOWN]
    return [Happening(event, *about[event.subject]) for event in events]
