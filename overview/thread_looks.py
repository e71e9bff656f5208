"""What the rules of the red thread look at, and where what they find is mended. The table is in overview.thread_rules.

A look says whether the thread holds at one thing, is broken there, or merely has its next thing to do.
"""

from collections.abc import Callable
from enum import Enum

from django.urls import reverse

from agreements.models import Goal, Measure
from citizen_promises.models import Period, Promise
from overview.thread import Record, Strand
from situation.models import Cause, Problem

FINISHED = (Measure.Status.DONE, Measure.Status.PARTLY, Measure.Status.NOT_DONE)
AFTER_PROPOSED = (Measure.Status.DECIDED, Measure.Status.ONGOING, *FINISHED)


class State(Enum):
    HOLDS = "holds"
    NEXT = "next"
    BROKEN = "broken"


def _missing(missing: bool, *, due: bool) -> State:
    if not missing:
        return State.HOLDS
    return State.BROKEN if due else State.NEXT


# --- What the rules look at ------------------------------------------------------------------------------------------


def no_analysis(strand: Strand, problem: Problem) -> State:
    return _missing(strand.is_taken and not strand.is_analysed, due=strand.is_agreed)


def nothing_chosen(strand: Strand, problem: Problem) -> State:
    return _missing(strand.is_analysed and not any(cause.chosen for cause in strand.causes), due=True)


def no_effect_goal(strand: Strand, problem: Problem) -> State:
    has = any(goal.kind == Goal.Kind.EFFECT for goal in strand.goals)
    return _missing(strand.is_taken and not has, due=strand.is_agreed)


def never_followed_up(strand: Strand, problem: Problem) -> State:
    return _missing(strand.is_taken and strand.is_over and not strand.followed, due=True)


def cause_alone(strand: Strand, cause: Cause) -> State:
    alone = cause.chosen and strand.is_analysed and not _stands(strand.measures_of(cause))
    return _missing(alone, due=strand.is_planned or strand.is_over)


def goal_alone(strand: Strand, goal: Goal) -> State:
    """A goal is also served by the measures of its parts."""
    parts = [goal, *(one for one in strand.goals if one.parent_id == goal.pk)]
    alone = not any(_stands(strand.measures_for(part)) for part in parts)
    return _missing(alone, due=strand.is_planned or strand.is_over)


def no_baseline_for_goal(strand: Strand, goal: Goal) -> State:
    """Only a goal of effect is measured before: what shall be done so many times has not been done at all before."""
    missing = goal.kind == Goal.Kind.EFFECT and goal.lacks_baseline and not goal.baseline_reason.strip()
    return _missing(missing, due=goal.status == Goal.Status.ADOPTED or strand.is_begun or strand.is_over)


def without_cause(strand: Strand, measure: Measure) -> State:
    missing = not strand.ties.causes[measure.pk] and not measure.without_cause_reason.strip()
    return _missing(missing and _is_standing(measure), due=measure.status in AFTER_PROPOSED)


def against_unchosen(strand: Strand, measure: Measure) -> State:
    left_aside = {cause.pk for cause in strand.causes if not cause.chosen} if strand.is_analysed else set()
    return _missing(_is_standing(measure) and bool(strand.ties.causes[measure.pk] & left_aside), due=True)


def against_other_problem(strand: Strand, measure: Measure) -> State:
    return _missing(_is_standing(measure) and bool(strand.ties.causes[measure.pk] - strand.own_causes), due=True)


def without_goal(strand: Strand, measure: Measure) -> State:
    missing = _is_standing(measure) and not strand.ties.goals[measure.pk] & strand.own_goals
    return _missing(missing, due=measure.status in AFTER_PROPOSED)


def no_baseline(strand: Strand, measure: Measure) -> State:
    """Measures from before the lock, or read in afterwards: nobody can start without one now."""
    missing = measure.baseline is None and not measure.baseline_reason.strip()
    concerned = measure.status in (Measure.Status.DECIDED, *Measure.STARTED_STATUSES)
    return _missing(missing and concerned, due=measure.status in Measure.STARTED_STATUSES)


def repeated_unasked(strand: Strand, measure: Measure) -> State:
    missing = measure.repeats_id is not None and not measure.repeat_reason.strip()
    return _missing(missing and _is_standing(measure), due=True)


def repeated_unassessed(strand: Strand, measure: Measure) -> State:
    before = measure.repeats
    missing = before is not None and not before.assessment and not vars(measure)["is_repeat_followed"]
    return _missing(missing and _is_standing(measure), due=measure.status in AFTER_PROPOSED)


def finished_unassessed(strand: Strand, measure: Measure) -> State:
    known = measure.assessment or ("measure", measure.pk) in strand.followed
    return _missing(measure.status in FINISHED and not known, due=True)


def from_nothing(strand: Strand, promise: Promise) -> State:
    return _missing(promise.pk not in strand.ties.behind, due=promise.document.is_public)


def untold(strand: Strand, promise: Promise) -> State:
    document = promise.document
    is_over = promise.status != Promise.Status.ONGOING or document.period(strand.day) is Period.ENDED
    return _missing(document.is_public and is_over and not promise.feedback.strip(), due=True)


def _is_standing(measure: Measure) -> bool:
    return measure.status != Measure.Status.CANCELLED


def _stands(measures: list[Measure]) -> bool:
    return any(map(_is_standing, measures))


# --- Where it is mended ----------------------------------------------------------------------------------------------


def own_page(strand: Strand, record: Record) -> str:
    """The page of the thing itself."""
    return record.get_absolute_url()


def analysis(strand: Strand, record: Record) -> str:
    return strand.analysis.get_absolute_url() if strand.analysis else own_page(strand, record)


def new(name: str) -> Callable[[Strand, Record], str]:
    """The page where a new thing is written under the problem."""

    def place(strand: Strand, record: Record) -> str:
        problem = f"&problem={strand.problem.pk}" if strand.problem else ""
        return f"{reverse(name)}?samverkan={strand.cycle.partnership_id}{problem}"

    return place


def measure_edit(strand: Strand, measure: Measure) -> str:
    """An ended measure is opened again on its own page first."""
    return reverse("agreements:measure_edit", args=[measure.pk]) if measure.is_live else own_page(strand, measure)


def follow_up(strand: Strand, measure: Measure) -> str:
    return f"{reverse('followup:create')}?atgard={measure.pk}"


def follow_up_any(strand: Strand, problem: Problem) -> str:
    return f"{reverse('followup:index')}?samverkan={strand.cycle.partnership_id}"


def repeated(strand: Strand, measure: Measure) -> str:
    return f"{reverse('followup:create')}?atgard={measure.repeats_id}"


def feedback(strand: Strand, promise: Promise) -> str:
    return reverse("citizen_promises:feedback", args=[promise.pk])
