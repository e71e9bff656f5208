"""The table of moves of a line, and who may make them."""

from accounts.models import User
from accounts.roles import COORDINATORS
from five_steps.handbook import MUNICIPALITY, POLICE, Line
from five_steps.models import StepLine
from journal.steps import Step
from partnerships.models import Cycle, Party
from partnerships.rules import parties_of

Status = StepLine.Status

BEGIN = Step("begin", "Påbörja", (Status.NOT_STARTED,), Status.ONGOING, COORDINATORS, told="Påbörjad")
CONFIRM = Step(
    "confirm",
    "Bekräfta som klar",
    (Status.NOT_STARTED, Status.ONGOING),
    Status.DONE,
    COORDINATORS,
    told="Bekräftad som klar",
)
DISMISS = Step(
    "dismiss",
    "Ej aktuell",
    (Status.NOT_STARTED, Status.ONGOING),
    Status.NOT_APPLICABLE,
    COORDINATORS,
    asks_reason=True,
    told="Markerad som ej aktuell",
)
REOPEN = Step(
    "reopen",
    "Öppna igen",
    (Status.DONE, Status.NOT_APPLICABLE),
    Status.ONGOING,
    COORDINATORS,
    asks_reason=True,
    told="Öppnad igen",
)
STEPS = [CONFIRM, BEGIN, DISMISS, REOPEN]

TONE = {Status.NOT_STARTED: "idle", Status.ONGOING: "warn", Status.DONE: "ok", Status.NOT_APPLICABLE: "idle"}


def may(user: User, step: Step, cycle: Cycle, line: Line) -> bool:
    """Coordinators of a party that the line concerns: lines of one side are settled by that side alone."""
    return _may_for(user, step, cycle, line, parties_of(user, cycle.partnership))


def _may_for(user: User, step: Step, cycle: Cycle, line: Line, parties: list[Party]) -> bool:
    organisations = set(user.organisation_ids(*step.roles))
    return any(party.organisation_id in organisations and concerns(line, cycle, party) for party in parties)


def concerns(line: Line, cycle: Cycle, party: Party) -> bool:
    """Whether the party has a say: a side's lines are its own, and so is a municipality's cycle."""
    if party.is_municipality and cycle.municipality_id not in (None, party.organisation.municipality_id):
        return False
    return {POLICE: party.is_police, MUNICIPALITY: party.is_municipality}.get(line.side, True)


def next_steps(user: User, cycle: Cycle, line: Line, status: str) -> list[Step]:
    """The moves that the person may make now: none in a cycle that is over."""
    if cycle.status != Cycle.Status.OPEN:
        return []
    parties = parties_of(user, cycle.partnership)
    return [step for step in STEPS if status in step.old and _may_for(user, step, cycle, line, parties)]
