"""Tells which goals the parties set, and how measures were aimed at causes afterwards, through the room's own steps."""

import datetime as dt
from typing import Any

from accounts.models import User
from agreements.models import Goal, Measure
from agreements.rules import ADOPT
from demo.story import Story
from demo.telling import keep
from journal.steps import record, take
from lib.swedish import listing
from situation.models import Problem


def set_goal(story: Story, *, by: User, day: dt.date, responsible: str, **fields: Any) -> Goal:
    """A goal that the parties have tried and adopted."""
    with story.on(day):
        tried: dict[str, Any] = dict.fromkeys(Goal.SMART, "yes")
        home = {"partnership": story.partnership, "cycle": story.cycle, "responsible": story.party(responsible)}
        goal = keep(Goal, by=by, **tried | home | fields)
        take(ADOPT, goal, by=by)
    return goal


def aim(story: Story, measure: Measure, problem: Problem, numbers: list[int], *, by: User, day: dt.date) -> None:
    """A measure that was decided before the analysis is aimed at causes of it afterwards."""
    with story.on(day):
        causes = list(problem.analysis.causes.filter(number__in=numbers))
        measure.causes.set(causes)
        change = {"label": "Orsaker", "from": "", "to": listing([str(cause) for cause in causes])}
        record(measure, "edited", "Ändrad", by=by, causes=change)
