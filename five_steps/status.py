"""How far a cycle has come: its lines as they are shown, the five steps, the level of many cycles at once."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Count, Q
from django.utils import timezone

from agreements.models import Measure
from five_steps.evidence import collect
from five_steps.facts import Facts, gather
from five_steps.handbook import CODES_OF_STEP, STEPS, Line, ProcessStep
from five_steps.models import StepLine
from five_steps.proof import Evidence, Strength
from five_steps.rules import TONE
from lib.swedish import date as sv_date
from lib.swedish import plural
from partnerships.models import Cycle

Status = StepLine.Status
CARRYING_OUT = 4


class Track(TypedDict):
    """One of the five steps as the track shows it; state is done, now or todo."""

    number: int
    title: str
    state: str
    note: str


@dataclass(frozen=True)
class ShownLine:
    """A line with what was decided about it and what proves it. In a cycle that is over, nothing waits any more."""

    line: Line
    found: Mapping[str, Evidence]
    row: StepLine | None = None
    is_open: bool = True

    @property
    def evidence(self) -> Evidence:
        return self.found[self.line.code]

    @property
    def stored(self) -> str:
        return self.row.status if self.row else Status.NOT_STARTED

    @property
    def status(self) -> StepLine.Status:
        """What was decided; a line that nobody has touched is under way once something speaks for it."""
        status = Status(self.stored)
        untouched = self.is_open and status == Status.NOT_STARTED
        return Status.ONGOING if untouched and self.evidence.strength != Strength.NONE else status

    @property
    def is_settled(self) -> bool:
        return self.stored in StepLine.SETTLED

    @property
    def is_done(self) -> bool:
        return self.stored == Status.DONE

    @property
    def awaits_confirmation(self) -> bool:
        """The evidence is there and only the person's word is missing."""
        return self.is_open and not self.is_settled and self.evidence.is_proven

    @property
    def word(self) -> str:
        if not self.is_open and not self.is_settled:
            return "Inte bekräftad"
        return "Underlag finns – bekräfta" if self.awaits_confirmation else self.status.label

    @property
    def tone(self) -> str:
        if not self.is_open and not self.is_settled:
            return "idle"
        return "brand" if self.awaits_confirmation else TONE[self.status]

    @property
    def settled_on(self) -> dt.date | None:
        return timezone.localdate(self.row.confirmed_at) if self.row and self.row.confirmed_at else None

    @property
    def note(self) -> str:
        """What the person wrote who settled the line, where the system cannot show it. Free text: for members."""
        if not self.row or not self.is_settled or (self.is_done and self.evidence.is_proven):
            return ""
        return self.row.reason

    @property
    def then(self) -> list[str]:
        """What the line rested on when somebody confirmed it, as far as it says more than what shows it now."""
        if not self.row or not self.is_done:
            return []
        said = [] if self.line.by_hand else [*self.row.evidence]
        said += [self.row.reason] if self.row.reason and not self.note else []
        return [sentence for sentence in said if sentence != self.evidence.summary]

    def told(self, *, member: bool) -> str:
        """What shows the line, in words: the note is for members, and others learn only that there is one.

        Where the system should show the line but does not, both are told.
        """
        if not self.is_open and not self.is_settled and self.line.by_hand:
            return "Ingen bekräftade raden"
        if not self.note or (self.is_done and not self.line.by_hand and not member):
            return self.evidence.summary
        if member and self.is_done and not self.line.by_hand:
            return f"{self.note.rstrip('. ')}. {self.evidence.summary}"
        if member:
            return self.note
        return "Bekräftad för hand" if self.is_done else "Motivering finns hos parterna"


@dataclass(frozen=True)
class ShownStep:
    """One of the five steps with its lines."""

    step: ProcessStep
    lines: Sequence[ShownLine]
    facts: Facts
    is_open: bool = True

    @property
    def settled(self) -> int:
        return sum(line.is_settled for line in self.lines)

    @property
    def is_done(self) -> bool:
        """Klart: every line is klar, or ej aktuell with a reason."""
        return self.settled == len(self.lines)

    @property
    def done_on(self) -> dt.date | None:
        return max((line.settled_on for line in self.lines if line.settled_on), default=None) if self.is_done else None

    @property
    def note(self) -> str:
        if self.is_done:
            return f"Klart {sv_date(self.done_on)}"
        if not self.is_open:
            return f"{self.settled} av {len(self.lines)} bekräftade"
        if self.settled:
            return f"{self.settled} av {len(self.lines)} klara"
        measures = self.facts.measures if self.step.number == CARRYING_OUT else []
        if ongoing := sum(measure.status == Measure.Status.ONGOING for measure in measures):
            return plural(ongoing, "åtgärd påbörjad", "åtgärder påbörjade")
        begun = any(line.status == Status.ONGOING for line in self.lines)
        return "Påbörjat" if begun else "Inte påbörjat"


@dataclass(frozen=True)
class Board:
    """The five steps of a cycle and the one that is under way."""

    steps: Sequence[ShownStep]

    @property
    def current(self) -> ShownStep:
        """The first step that is not klart; the last one when all are."""
        return next((step for step in self.steps if not step.is_done), self.steps[-1])

    @property
    def completed(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def track(self) -> list[Track]:
        return [
            Track(
                number=shown.step.number,
                title=shown.step.title,
                state="done" if shown.is_done else "now" if shown is self.current and shown.is_open else "todo",
                note=shown.note,
            )
            for shown in self.steps
        ]


def board(facts: Facts, rows: Iterable[StepLine], found: Mapping[str, Evidence] | None = None) -> Board:
    """The cycle's five steps from its facts and its stored lines."""
    found = collect(facts) if found is None else found
    by_code = {row.code: row for row in rows}
    # Where no cycle has been opened, one is shown as it will be.
    is_open = not facts.cycle.pk or facts.cycle.status == Cycle.Status.OPEN
    return Board(
        [
            ShownStep(
                step,
                [ShownLine(line, found, by_code.get(line.code), is_open) for line in step.lines],
                facts,
                is_open,
            )
            for step in STEPS
        ]
    )


def boards(cycles: Sequence[Cycle], day: dt.date) -> dict[int, Board]:
    """The boards of many cycles by cycle id, in a constant number of queries."""
    rows: dict[int, list[StepLine]] = {cycle.pk: [] for cycle in cycles}
    for row in StepLine.objects.filter(cycle__in=rows):
        rows[row.cycle_id].append(row)
    return {pk: board(facts, rows[pk]) for pk, facts in gather(cycles, day).items()}


def levels(cycles: Iterable[Cycle | int]) -> dict[int, tuple[int, int]]:
    """Completed steps (0–5) and current step (1–5) by cycle id: from stored decisions only, in one query."""
    ids = [cycle.pk if isinstance(cycle, Cycle) else cycle for cycle in cycles]
    counts = {f"step_{number}": Count("pk", filter=Q(code__in=codes)) for number, codes in CODES_OF_STEP.items()}
    settled = StepLine.objects.filter(cycle__in=ids, status__in=StepLine.SETTLED).order_by()
    found = dict.fromkeys(ids, (0, 1))
    for pk, *settled_lines in settled.values("cycle").annotate(**counts).values_list("cycle", *counts):
        complete = [count == len(codes) for count, codes in zip(settled_lines, CODES_OF_STEP.values(), strict=True)]
        found[pk] = (sum(complete), complete.index(False) + 1 if False in complete else len(complete))
    return found
