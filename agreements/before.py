"""Was it done before? Measures of earlier cycles that a new one resembles, and what they led to (process.md 17, 2)."""

import re
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from agreements.models import Measure, MeasureLog
from journal.models import Event
from lib.swedish import sort_key
from situation.models import Problem

# From here on a word says something of what is done: "om", "för" and "bättre" do not.
_TELLING = 5
_ALIKE = 0.5


@dataclass(frozen=True)
class Earlier:
    """A measure that was done before, with what the book says of why it went as it did."""

    measure: Measure
    reasons: tuple[Event, ...]

    @property
    def planned(self) -> str:
        """As "planerat 12 föreläsningar, gjort 11"."""
        if self.measure.planned_count is None:
            return f"gjort {self.measure.progress_text}"
        return f"planerat {self.measure.planned_in_words}, gjort {self.measure.done_count}"

    @property
    def last_lines(self) -> list[MeasureLog]:
        return list(self.measure.log.all())[:3]


def similar_before(measure: Measure) -> list[Measure]:
    """Measures of the partnership's earlier cycles that the (perhaps not yet saved) measure resembles, latest first.

    The same type, or the same kind and a title alike where one of them has no type; and against the same problem or in
    the same place. Two municipalities' own measures do not resemble each other. A proposal that was never decided is
    not something that was done.
    """
    if not measure.problem_id or not measure.cycle_id:
        return []
    of_type = Q(kind=measure.kind) | Q(type__isnull=False, type=measure.type_id)
    earlier = Measure.objects.filter(of_type, partnership=measure.partnership_id)
    earlier = earlier.filter(cycle__starts__lt=measure.cycle.starts).exclude(status=Measure.Status.PROPOSED)
    if measure.municipality_id:
        earlier = earlier.filter(Q(municipality=None) | Q(municipality=measure.municipality_id))
    related = earlier.exclude(pk=measure.pk).select_related("problem", "cycle", "type", "repeats")
    found = related.order_by("-cycle__starts", "-starts", "-pk")
    origins = _origins(measure.problem)
    return [one for one in found if _same_deed(measure, one) and _same_matter(measure, one, origins)]


def told(measures: list[Measure]) -> list[Earlier]:
    """With their logs and the reasons that the book has of them; three queries however many."""
    found = Measure.objects.filter(pk__in=[measure.pk for measure in measures]).with_count()
    found = found.select_related("cycle", "problem", "responsible__organisation")
    rows = list(found.prefetch_related(Prefetch("log", MeasureLog.objects.all())).order_by("-cycle__starts", "-pk"))
    events: dict[str, list[Event]] = {}
    for event in Event.objects.about(*rows).exclude(note=""):
        events.setdefault(event.subject, []).append(event)
    return [Earlier(row, tuple(events.get(f"agreements.measure:{row.pk}", ()))) for row in rows]


def _same_deed(new: Measure, old: Measure) -> bool:
    if new.type_id and old.type_id:
        return new.type_id == old.type_id
    return new.kind == old.kind and _alike(new.title, old.title)


def _same_matter(new: Measure, old: Measure, origins: set[int]) -> bool:
    same_problem = old.problem_id in origins or _folded(new.problem.title) == _folded(old.problem.title)
    same_place = bool(new.place) and _folded(new.place) == _folded(old.place)
    return same_problem or same_place


def _origins(problem: Problem) -> set[int]:
    """The problem, and those that it was taken from or into when pictures were merged."""
    return {
        problem.pk,
        *problem.taken_from.values_list("pk", flat=True),
        *problem.taken_into.values_list("pk", flat=True),
    }


def _folded(text: str) -> str:
    return sort_key(text)


def _alike(one: str, other: str) -> bool:
    """Whether two titles share half of the words that say something of the shorter one."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return _folded(one) == _folded(other)
    return len(words & others) / min(len(words), len(others)) >= _ALIKE


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"\W+", _folded(text)) if len(word) >= _TELLING}
