"""What residents answered, counted question by question. Only replies that have been let in count."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from dialogues.models import Answer, Dialogue, Question, Reply

SCALE = range(1, 6)
# Fewer than so many could be told apart.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Counted:
    """A question with its answers: how many there are, and how many gave each alternative."""

    text: str
    kind: str
    answers: int
    rows: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_words(self) -> bool:
        return self.kind == Question.Kind.TEXT

    @property
    def mean(self) -> float | None:
        """On a scale; None elsewhere, and where nobody has answered."""
        if self.kind != Question.Kind.SCALE or not self.answers:
            return None
        return sum(int(label) * count for label, count in self.rows) / self.answers

    def as_plain(self) -> dict[str, Any]:
        """As JSON, for what is kept."""
        return asdict(self) | {"rows": [list(row) for row in self.rows]}

    def for_residents(self) -> dict[str, Any] | None:
        """The same where nobody can be told apart: few answers are left out, and a small count is not said."""
        if self.is_words or self.answers < SMALLEST_GROUP:
            return None
        small = {place for place, (_, count) in enumerate(self.rows) if 0 < count < SMALLEST_GROUP}
        if len(small) == 1:  # the one that is not said could be worked out from the others: the next smallest goes too
            others = [(count, place) for place, (_, count) in enumerate(self.rows) if count and place not in small]
            small |= {min(others)[1]} if others else set()
        rows = [[label, None if place in small else count] for place, (label, count) in enumerate(self.rows)]
        return {"text": self.text, "kind": self.kind, "answers": self.answers, "rows": rows}


def count(dialogue: Dialogue) -> list[Counted]:
    """All questions in order. Two queries."""
    tally: dict[int, Counter[int | None]] = defaultdict(Counter)
    accepted = Answer.objects.filter(reply__dialogue=dialogue, reply__status=Reply.Status.ACCEPTED)
    for question, value in accepted.values_list("question", "value"):
        tally[question][value] += 1
    return [_counted(question, tally[question.pk]) for question in dialogue.questions.all()]


def _counted(question: Question, tally: Counter[int | None]) -> Counted:
    total = tally.total()
    if question.kind == Question.Kind.TEXT:
        return Counted(question.text, question.kind, total)
    labels = [str(step) for step in SCALE] if question.kind == Question.Kind.SCALE else question.options
    rows = [(label, tally[value]) for value, label in enumerate(labels, start=1)]
    return Counted(question.text, question.kind, total, rows)


def read(plain: list[dict[str, Any]]) -> list[Counted]:
    """What was kept of replies that have been erased."""
    return [
        Counted(one["text"], one["kind"], one["answers"], [(label, count) for label, count in one["rows"]])
        for one in plain
    ]
