"""The verbs of this room: a person settles a line of the five steps, or opens it again.

A line gets its row with the first decision. What proved the line is written down as it stood at that moment.
"""

from typing import Any

from django.db import transaction

from accounts.models import User
from five_steps import rules
from five_steps.evidence import collect
from five_steps.facts import gather
from five_steps.handbook import LINES
from five_steps.models import StepLine
from five_steps.proof import Evidence
from journal.steps import NotAllowed, Step, lock, take
from lib.dates import now, today
from partnerships.models import Cycle


def begin(cycle: Cycle, code: str, *, by: User) -> StepLine:
    """Say that the work on the line has begun."""
    return _move(rules.BEGIN, cycle, code, by=by)


def confirm(cycle: Cycle, code: str, *, by: User, note: str = "") -> StepLine:
    """Settle the line as done. Without full evidence `note` must say what shows it (or IntegrityError)."""
    evidence = evidence_of(cycle, code)
    return _move(
        rules.CONFIRM,
        cycle,
        code,
        by=by,
        note=note,
        reason=note,
        proven=evidence.is_proven,
        evidence=[evidence.summary],
        confirmed_at=now(),
        confirmed_by=by,
    )


def dismiss(cycle: Cycle, code: str, *, by: User, note: str) -> StepLine:
    """Settle the line as not applicable in this cycle, with the reason."""
    return _move(
        rules.DISMISS,
        cycle,
        code,
        by=by,
        note=note,
        reason=note,
        confirmed_at=now(),
        confirmed_by=by,
    )


def reopen(cycle: Cycle, code: str, *, by: User, note: str) -> StepLine:
    """Take a settled line up again; what was decided stays in the journal."""
    return _move(
        rules.REOPEN,
        cycle,
        code,
        by=by,
        note=note,
        reason="",
        proven=False,
        evidence=[],
        confirmed_at=None,
        confirmed_by=None,
    )


def evidence_of(cycle: Cycle, code: str) -> Evidence:
    """What the system can show for the line today."""
    return collect(gather([cycle], today())[cycle.pk])[code]


@transaction.atomic
def _move(step: Step, cycle: Cycle, code: str, *, by: User, note: str = "", **fields: Any) -> StepLine:
    """Hold the cycle, so that it is not closed meanwhile; the step itself guards the line against haste."""
    held = lock(cycle)
    line, _ = StepLine.objects.get_or_create(cycle=held, code=LINES[code].code, defaults={"created_by": by})
    if held.status != Cycle.Status.OPEN:
        raise NotAllowed(step, line)
    take(step, line, by=by, note=note, **fields)
    return line
