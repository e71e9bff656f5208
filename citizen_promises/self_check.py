"""The self-check of a promise: twelve questions, what the system can see by itself, and what the parties answer.

Nothing of it hinders: a no is told when the text is approved and published, and the parties decide (process.md 11.2).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agreements.models import Measure
from citizen_promises.models import Answer, Promise, PromiseDocument
from lib import canonical
from lib.swedish import plural
from situation.models import CauseAnalysis, Problem

Point, Value = Answer.Point, Answer.Value
_TAKEN = (Problem.Status.PRIORITISED, Problem.Status.SOLVED)


@dataclass(frozen=True)
class Line:
    """A point with what the system sees (value and why, or nothing), and what the parties have answered."""

    point: Answer.Point
    seen: str
    why: str
    answer: Answer | None

    @property
    def value(self) -> str:
        return self.answer.value if self.answer else ""

    @property
    def proposed(self) -> str:
        """What stands ticked in the form: the answer, or else what the system sees."""
        return self.value or self.seen

    @property
    def comment(self) -> str:
        return self.answer.comment if self.answer else ""


@dataclass(frozen=True)
class Checked:
    """A promise's twelve lines."""

    promise: Promise
    lines: list[Line]

    @property
    def noes(self) -> list[Line]:
        return [line for line in self.lines if line.value == Value.NO]

    @property
    def unanswered(self) -> int:
        return sum(not line.value for line in self.lines)

    @property
    def sentence(self) -> str:
        """In a word: "12 av 12 besvarade, 2 nej"."""
        done = len(self.lines) - self.unanswered
        noes = f", {len(self.noes)} nej" if self.noes else ""
        return f"{done} av {len(self.lines)} besvarade{noes}"


def of(document: PromiseDocument, promises: Iterable[Promise]) -> list[Checked]:
    """Each promise with its lines; the promises come from `with_grounds`."""
    return [Checked(promise, _lines(document, promise)) for promise in promises]


def with_grounds(document: PromiseDocument) -> list[Promise]:
    """The document's promises with all that the system looks at, in a constant number of queries."""
    wanted = ("measures__problem__analysis", "measures__causes", "themes", "parties", "answers")
    return list(document.promises.prefetch_related(*wanted))


def seen_of(answers: Iterable[Answer]) -> str:
    """A sum that tells whether the answers are still those that somebody saw."""
    return canonical.checksum(sorted([one.point, one.value, one.comment] for one in answers))


def advice(checked: Iterable[Checked]) -> list[str]:
    """What the self-check says before approval and publication, in sentences."""
    found = []
    for number, one in enumerate(checked, start=1):
        for line in one.noes:
            comment = f" ({line.comment})" if line.comment else ""
            found.append(f"Löfte {number}: nej på ”{line.point.label}”{comment}.")
        if one.unanswered:
            points = plural(one.unanswered, "punkt", "punkter")
            found.append(f"Löfte {number}: {points} i egenkontrollen är obesvarade.")
    return found


def _lines(document: PromiseDocument, promise: Promise) -> list[Line]:
    answers = {one.point: one for one in promise.answers.all()}
    found = []
    for point in Point:
        looks = _SEES.get(point)
        seen, why = looks(document, promise) if looks else ("", "")
        found.append(Line(point, seen, why, answers.get(point)))
    return found


Seen = tuple[str, str]


def _grounded(document: PromiseDocument, promise: Promise) -> Seen:
    themes, measures = len(promise.themes.all()), list(promise.measures.all())
    if themes:
        return Value.YES, f"{plural(themes, 'tema', 'teman')} ur era dialoger är kopplade till löftet."
    if measures:
        return "", "Löftet är valt ur åtgärderna, men inget tema ur en dialog är kopplat till det."
    return "", "Varken teman ur dialoger eller åtgärder är kopplade till löftet."


def _prioritised(document: PromiseDocument, promise: Promise) -> Seen:
    problems = {one.problem for one in _measures(promise)}
    taken = [one for one in problems if one.status in _TAKEN]
    if taken:
        return Value.YES, "Åtgärden gäller ett problem som ni har prioriterat."
    if problems:
        return Value.NO, "Åtgärdens problem är inte prioriterat."
    return "", "Ingen åtgärd är kopplad, så det syns inte vilket problem löftet gäller."


def _cause(document: PromiseDocument, promise: Promise) -> Seen:
    if any(_is_analysed(one) and one.causes.all() for one in _measures(promise)):
        return Value.YES, "Åtgärden riktar sig mot en orsak i en färdig orsaksanalys."
    if _measures(promise):
        return Value.NO, "Åtgärden är inte kopplad till en orsak i en färdig orsaksanalys."
    return "", "Ingen åtgärd är kopplad, så det syns inte vilken orsak löftet påverkar."


def _is_analysed(measure: Measure) -> bool:
    analysis: CauseAnalysis | None = getattr(measure.problem, "analysis", None)
    return analysis is not None and analysis.status == CauseAnalysis.Status.DONE


def _responsible(document: PromiseDocument, promise: Promise) -> Seen:
    return Value.YES, f"{promise.get_promiser_display()}. Ansvarig funktion: {promise.function}."


def _measurable(document: PromiseDocument, promise: Promise) -> Seen:
    if promise.planned_count:
        per = f" {promise.per}" if promise.per else ""
        return Value.YES, f"Löftet räknas: {promise.planned_count} {promise.unit}{per}."
    return Value.YES, "Löftet räknas inte, men ni har skrivit hur det bedöms."


def _period(document: PromiseDocument, promise: Promise) -> Seen:
    if document.ends:
        return Value.YES, "Löftena har både startdatum och slutdatum."
    return "", "Löftena gäller tills vidare: inget slutdatum är angivet."


def _feedback(document: PromiseDocument, promise: Promise) -> Seen:
    if document.rhythm and (document.told_when or document.forum):
        return Value.YES, "Ni har angett hur ofta, och när eller var, ni berättar."
    return "", "Ange gärna hur ofta, när och var ni berättar, och vem som svarar för det."


def _measures(promise: Promise) -> list[Measure]:
    return list(promise.measures.all())


_SEES: dict[str, Callable[[PromiseDocument, Promise], Seen]] = {
    Point.GROUNDED: _grounded,
    Point.PRIORITISED: _prioritised,
    Point.CAUSE: _cause,
    Point.RESPONSIBLE: _responsible,
    Point.MEASURABLE: _measurable,
    Point.PERIOD: _period,
    Point.FEEDBACK: _feedback,
}
