"""What happens to problems: written, weighed one by one, and put in order."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Step, lock, record, take
from partnerships.models import Cycle
from situation import rules
from situation.actions.pictures import save_part
from situation.models import Picture, Problem


def save_problem(form: RecordForm, picture: Picture | None, *, by: User, **fields: Any) -> bool:
    """Save a problem, as a part of its picture if it has one, and about the municipality that the picture is about."""
    if picture and picture.municipality:
        fields["municipality"] = picture.municipality
    if picture:
        return save_part(form, picture, by=by, **fields)
    return bool(save_edit(form, by=by) if form.instance.pk else save_new(form, by=by, **fields))


@transaction.atomic
def decide(step: Step, problem: Problem, *, by: User, reason: str) -> None:
    """Move a problem. A prioritised one is placed last in its cycle's order; any other has no place in it."""
    move_along(step, lock(problem), lock(problem.cycle), by=by, reason=reason)
    problem.refresh_from_db()


def move_along(step: Step, problem: Problem, cycle: Cycle, *, by: User, reason: str) -> None:
    """The same for a problem and a cycle that are held already: two at the same moment get two places."""
    if not rules.is_open_problem(step, problem):
        raise NotAllowed(step, problem)
    last = Problem.objects.filter(cycle=cycle).aggregate(last=Max("rank"))["last"] or 0
    rank = last + 1 if step == rules.PRIORITISE else None
    take(step, problem, by=by, note=reason, reason=reason, rank=rank)


@transaction.atomic
def move_up(problem: Problem, *, by: User) -> None:
    """Let a prioritised problem change places with the one before it."""
    lock(problem.cycle)
    ranked = list(Problem.objects.filter(cycle=problem.cycle).prioritised())
    place = ranked.index(problem) if problem in ranked else 0
    if place == 0:
        return
    ranked[place - 1], ranked[place] = ranked[place], ranked[place - 1]
    for rank, one in enumerate(ranked, start=1):
        Problem.objects.filter(pk=one.pk).exclude(rank=rank).update(rank=rank)
    change = {"label": "Ordning", "from": str(place + 1), "to": str(place)}
    record(problem, "ranked", "Flyttad uppåt i ordningen", by=by, rank=change)
