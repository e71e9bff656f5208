"""What happens to goals: written, adopted, and changed only with a reason after that."""

from django.db import transaction

from accounts.models import User
from agreements.models import Goal
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import lock, record
from lib.swedish import date
from partnerships.models import Partnership

NOT_ADOPTED = "Målet är inte längre antaget, så bedömningen är inte sparad."
GOALS_IN_A_CIRCLE = "Målen skulle bli delmål till varandra i en cirkel. Välj ett annat mål."


def save_goal(form: RecordForm, partnership: Partnership, *, by: User) -> bool:
    """Save a new or changed goal; False with a sentence in the form if it cannot be.

    The partnership's row is held, so that two goals cannot be made each other's parent at the same moment.
    """
    goal: Goal = form.instance
    with transaction.atomic():
        lock(partnership)
        if goal.pk and _leads_back(goal, form.cleaned_data.get("parent")):
            form.add_error("parent", GOALS_IN_A_CIRCLE)
            return False
        if goal.pk:
            adopted = goal.status == Goal.Status.ADOPTED
            label = "Antaget mål ändrat" if adopted else "Ändrad"
            return save_edit(form, by=by, label=label, note=form.cleaned_data.get("why", ""))
        save_new(form, by=by, partnership=partnership, cycle=form.cleaned_data["problem"].cycle)
    return True


@transaction.atomic
def judge_goal(form: RecordForm, goal: Goal, *, by: User) -> bool:
    """Say where an adopted goal stands on a day; False with a sentence if it has been dropped meanwhile."""
    held = lock(goal)
    if held.status != Goal.Status.ADOPTED:
        form.add_error(None, NOT_ADOPTED)
        return False
    made = save_new(form, by=by, label="Utfall bedömt", goal=held)
    record(goal, "judged", f"Utfall: {made.get_outcome_display()}", by=by, note=f"{date(made.day)}. {made.reason}")
    return True


def _leads_back(goal: Goal, parent: Goal | None) -> bool:
    """Whether the goal stands somewhere above its intended parent."""
    while parent is not None:
        if parent.pk == goal.pk:
            return True
        parent = parent.parent
    return False
