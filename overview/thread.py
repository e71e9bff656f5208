"""The red thread of a cycle: problem, causes, goals, measures, promises, follow-ups, and what ties them together.

Everything is fetched once for the whole cycle; where the thread is broken is said by overview.thread_rules.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from accounts.models import User
from agreements.models import Agreement, Aim, Goal, Measure
from citizen_promises.models import Promise, PromiseDocument
from followup.models import FollowUp
from partnerships.models import Cycle
from situation.models import Cause, CauseAnalysis, Problem

# A measure has fifty columns, and a cycle many measures: these are what the thread and its rules look at.
MEASURE_FIELDS = (
    *("title", "status", "problem", "baseline", "baseline_reason", "without_cause_reason", "repeat_reason"),
    *("assessment", "repeats__assessment", "municipality__name", "municipality__slug", "municipality__sort_order"),
)
TAKEN = (Problem.Status.PRIORITISED, Problem.Status.SOLVED)
Record = Problem | Cause | Goal | Measure | Promise | FollowUp


@dataclass
class Ties:
    """What each measure is tied to, by ids."""

    causes: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    goals: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    promises: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def behind(self) -> dict[int, list[int]]:
        """The measures that each promise is chosen from; one that is chosen from none is not there."""
        found: dict[int, list[int]] = {}
        for measure in sorted(self.promises):
            for promise in self.promises[measure]:
                found.setdefault(promise, []).append(measure)
        return found


@dataclass
class Strand:
    """One problem with all that hangs on it; without a problem, the promises that hang on nothing."""

    problem: Problem | None
    cycle: Cycle
    day: dt.date
    ties: Ties
    causes: list[Cause] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)

    @property
    def analysis(self) -> CauseAnalysis | None:
        return getattr(self.problem, "analysis", None)

    @property
    def is_analysed(self) -> bool:
        return bool(self.analysis and self.analysis.status == CauseAnalysis.Status.DONE)

    @property
    def is_taken(self) -> bool:
        """Whether the parties have chosen to work on the problem."""
        return bool(self.problem and self.problem.status in TAKEN)

    @cached_property
    def standing(self) -> list[Measure]:
        """The measures that were not called off."""
        return [one for one in self.measures if one.status != Measure.Status.CANCELLED]

    @cached_property
    def is_over(self) -> bool:
        """Whether the cycle has ended as it should, or its time is out. One that was called off owes nothing more."""
        if self.cycle.status == Cycle.Status.OPEN:
            return self.cycle.ends is not None and self.cycle.ends < self.day
        return self.cycle.status == Cycle.Status.CLOSED

    @cached_property
    def is_planned(self) -> bool:
        """Whether the choice of measures is made: some measure is decided."""
        return any(one.status != Measure.Status.PROPOSED for one in self.standing)

    @cached_property
    def is_begun(self) -> bool:
        """Whether some measure has begun, or ended without beginning: what came before can no longer be measured."""
        begun = (*Measure.STARTED_STATUSES, Measure.Status.NOT_DONE)
        return any(one.status in begun for one in self.standing)

    @cached_property
    def is_agreed(self) -> bool:
        """Whether the work has gone past the agreement: it is signed, measures are decided, or the cycle is over."""
        return bool(getattr(self.problem, "is_signed_for", False)) or self.is_planned or self.is_over

    @cached_property
    def own_causes(self) -> set[int]:
        return {cause.pk for cause in self.causes}

    @cached_property
    def own_goals(self) -> set[int]:
        return {goal.pk for goal in self.goals}

    @cached_property
    def followed(self) -> set[tuple[str, int]]:
        """What has a finished follow-up, as ("measure", id) or ("promise", id)."""
        done = [one for one in self.follow_ups if one.status == FollowUp.Status.FINISHED]
        return {("measure", one.measure_id) if one.measure_id else ("promise", one.promise_id or 0) for one in done}

    def measures_of(self, cause: Cause) -> list[Measure]:
        return [one for one in self.measures if cause.pk in self.ties.causes[one.pk]]

    def measures_for(self, goal: Goal) -> list[Measure]:
        return [one for one in self.measures if goal.pk in self.ties.goals[one.pk]]


def strands(user: User, cycle: Cycle, day: dt.date) -> list[Strand]:
    """The cycle's threads: its prioritised problems and those with goals or measures, then what hangs loose.

    Seven queries, whatever the cycle holds.
    """
    ties = _ties(cycle)
    measures, goals = list(_measures(user, cycle)), list(_goals(user, cycle))
    found = {one.pk: Strand(one, cycle, day, ties) for one in _problems(user, cycle)}
    for cause in Cause.objects.filter(analysis__problem__cycle=cycle).select_related("analysis").order_by("number"):
        if problem := found.get(cause.analysis.problem_id):
            problem.causes.append(cause)
    for goal in goals:
        if goal.problem_id in found:
            found[goal.problem_id].goals.append(goal)
    home: dict[int, Strand] = {}
    for measure in measures:
        if measure.problem_id in found:
            home[measure.pk] = found[measure.problem_id]
            home[measure.pk].measures.append(measure)
    loose = _hang(home, Strand(None, cycle, day, ties), _promises(user, cycle), _follow_ups(user, cycle))
    shown = [one for one in found.values() if one.is_taken or one.goals or one.measures]
    return [*shown, *([loose] if loose.promises else [])]


def _hang(home: dict[int, Strand], loose: Strand, promises: Iterable[Promise], told: Iterable[FollowUp]) -> Strand:
    """Hang promises on the strands of their measures, and follow-ups on either; what has no place hangs loose."""
    place: dict[int, Strand] = {}
    for promise in promises:
        behind = (home[measure] for measure in loose.ties.behind.get(promise.pk, []) if measure in home)
        place[promise.pk] = next(behind, loose)
        place[promise.pk].promises.append(promise)
    for one in told:
        strand = home.get(one.measure_id) if one.measure_id else place.get(one.promise_id or 0)
        if strand:
            strand.follow_ups.append(one)
    return loose


def _problems(user: User, cycle: Cycle) -> QuerySet[Problem]:
    signed = Agreement.problems.through.objects.filter(
        problem=OuterRef("pk"), agreement__status__in=Agreement.SIGNED_STATUSES
    )
    found = Problem.objects.visible_to(user).filter(cycle=cycle).annotate(is_signed_for=Exists(signed))
    return found.select_related("analysis", "municipality").defer("description").in_order()


def _goals(user: User, cycle: Cycle) -> QuerySet[Goal]:
    found = Goal.objects.visible_to(user).filter(cycle=cycle).live()
    return found.select_related("municipality").order_by("-level", "pk")


def _measures(user: User, cycle: Cycle) -> QuerySet[Measure]:
    """With `is_repeat_followed`: whether the measure that it repeats has a finished follow-up."""
    before = FollowUp.objects.finished().filter(measure=OuterRef("repeats"))
    found = Measure.objects.visible_to(user).filter(cycle=cycle).annotate(is_repeat_followed=Exists(before))
    return found.select_related("repeats", "municipality").only(*MEASURE_FIELDS).order_by("starts", "pk")


def _promises(user: User, cycle: Cycle) -> QuerySet[Promise]:
    chosen = Promise.measures.through.objects.filter(measure__cycle=cycle).values("promise")
    found = Promise.objects.visible_to(user).filter(Q(document__cycle=cycle) | Q(pk__in=chosen))
    found = found.exclude(document__status=PromiseDocument.Status.WITHDRAWN)
    return found.select_related("document").defer("document__frozen").order_by("document", "order", "pk")


def _follow_ups(user: User, cycle: Cycle) -> QuerySet[FollowUp]:
    found = FollowUp.objects.visible_to(user).filter(cycle=cycle).order_by("period_to", "pk")
    return found.only("measure", "promise", "kind", "outcome", "change", "status", "period_to", "municipality")


def _ties(cycle: Cycle) -> Ties:
    """All three tables of ties in one query."""
    causes = Aim.objects.filter(measure__cycle=cycle)
    goals = Measure.goals.through.objects.filter(measure__cycle=cycle)
    promises = Promise.measures.through.objects.filter(Q(measure__cycle=cycle) | Q(promise__document__cycle=cycle))
    tables = [_named(goals, "goals", "goal"), _named(promises, "promises", "promise")]
    ties = Ties()
    for kind, measure, tied in _named(causes, "causes", "cause").union(*tables, all=True):
        getattr(ties, kind)[measure].add(tied)
    return ties


def _named(rows: QuerySet[Any], name: str, tied: str) -> QuerySet[Any, Any]:
    return rows.values_list(Value(name, output_field=CharField()), "measure_id", f"{tied}_id")
