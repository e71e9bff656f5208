"""Who deals with a reported flaw, and from where."""

from accessibility.models import FlawReport
from accounts.models import Role
from journal.steps import Step

HANDLE = Step(
    "handle",
    "Hantera",
    (FlawReport.Status.RECEIVED,),
    FlawReport.Status.HANDLED,
    frozenset({Role.ADMINISTRATOR}),
    told="Hanterad",
)
STEPS = [HANDLE]
