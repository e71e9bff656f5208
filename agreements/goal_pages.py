"""What the pages of goals show: goals under their problems, how they stand the test, and where the figure is from."""

from collections.abc import Iterable
from itertools import groupby

from agreements import smart
from agreements.models import Goal, GoalQuerySet
from lib.swedish import date, number, period
from situation.models import Problem


def by_problem(goals: GoalQuerySet) -> list[tuple[Problem, list[Goal]]]:
    """Goals under their problems, the overarching first, each with `measure_count`. Two queries."""
    related = goals.select_related("problem", "indicator", "responsible__organisation").prefetch_related("measures")
    ordered = related.order_by("problem__rank", "problem", "level", "pk")
    return [(problem, list(group)) for problem, group in groupby(ordered, key=lambda goal: goal.problem)]


ANSWER_TONES = {"yes": "ok", "no": "bad"}


def checks(goal: Goal) -> list[tuple[str, str, str, str]]:
    """The five questions with what people have answered, its tone, and their comment."""
    return [
        (
            text,
            (getattr(goal, f"get_{name}_display")() or "Ej bedömt").lower(),
            ANSWER_TONES.get(getattr(goal, name), "idle"),
            getattr(goal, f"{name}_comment"),
        )
        for name, text in smart.QUESTIONS.items()
    ]


def facts(goal: Goal) -> Iterable[tuple[str, str | None]]:
    """Pairs of term and value; what is lacking is said."""
    unit = f" {goal.unit}" if goal.unit else ""
    baseline = f"{number(goal.baseline)}{unit} ({goal.baseline_period})" if goal.baseline is not None else None
    return [
        ("Slag", f"{goal.get_kind_display()}, {goal.get_level_display().lower()}"),
        ("Rörelse", goal.get_direction_display()),
        ("Mått", str(goal.indicator or goal.own_indicator or "") or None),
        ("Utgångsvärde", baseline or goal.baseline_reason or None),
        ("Målvärde", f"{number(goal.target)}{unit}" if goal.target is not None else None),
        ("Ska vara nått", f"senast {date(goal.ends)}" if goal.ends else None),
        ("Målperiod", period(goal.starts, goal.ends) if goal.starts else None),
        ("Källa", goal.source or None),
        ("Ansvarig", f"{goal.function}, {goal.responsible}" if goal.function else str(goal.responsible)),
        ("Gäller", str(goal.municipality or "hela samverkan")),
    ]
