"""The table of steps for goals, and who may keep them."""

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from agreements.models import Goal
from journal.steps import Step
from partnerships.models import Partnership
from partnerships.rules import roles_about
from situation.models import Problem

_Goal = Goal.Status
ADOPT = Step("adopt", "Anta målet", (_Goal.PROPOSED,), _Goal.ADOPTED, COORDINATORS, told="Antaget")
DROP = Step(
    "drop",
    "Stryk målet",
    (_Goal.PROPOSED, _Goal.ADOPTED),
    _Goal.DROPPED,
    COORDINATORS,
    asks_reason=True,
    warning="Målet följs inte längre upp. Det står kvar som struket, med er motivering.",
    told="Struket",
)
REVIVE = Step(
    "revive",
    "Ta upp målet igen",
    (_Goal.DROPPED,),
    _Goal.PROPOSED,
    COORDINATORS,
    asks_reason=True,
    warning="Målet blir ett förslag igen och behöver antas på nytt.",
    told="Upptaget igen",
)
GOAL_STEPS = [ADOPT, DROP, REVIVE]


def may_goal(user: User, goal: Goal) -> bool:
    """Coordinators keep the goals, as they keep the measures: the common ones all of them, a municipality its own."""
    return Role.COORDINATOR in roles_about(user, goal.partnership, goal.municipality_id)


def may_judge(user: User, goal: Goal) -> bool:
    """What is adopted is judged, again and again, by who keeps the goal."""
    return goal.status == Goal.Status.ADOPTED and may_goal(user, goal)


def may_create_goal(user: User, partnership: Partnership, problem: Problem | None = None) -> bool:
    return Role.COORDINATOR in roles_about(user, partnership, problem.municipality_id if problem else None)


def next_goal_steps(user: User, goal: Goal) -> list[Step]:
    if not may_goal(user, goal):
        return []
    return [step for step in GOAL_STEPS if goal.status in step.old]
