"""The table of steps for measures, and who may keep them."""

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from agreements.models import Measure
from journal.steps import Step
from partnerships.models import Partnership
from partnerships.rules import roles_about
from situation.models import Problem

_Measure = Measure.Status
DECIDE = Step("decide", "Besluta", (_Measure.PROPOSED,), _Measure.DECIDED, COORDINATORS, told="Beslutad")
START = Step("start", "Påbörja", (_Measure.DECIDED,), _Measure.ONGOING, COORDINATORS, told="Påbörjad")
FINISH_DONE = Step(
    "finish_done", "Markera som genomförd", (_Measure.ONGOING,), _Measure.DONE, COORDINATORS, told="Genomförd"
)
FINISH_PARTLY = Step(
    "finish_partly",
    "Delvis genomförd",
    (_Measure.ONGOING,),
    _Measure.PARTLY,
    COORDINATORS,
    asks_reason=True,
    warning="Skriv vad som blev gjort och vad som inte blev det.",
)
FINISH_NOT_DONE = Step(
    "finish_not_done",
    "Inte genomförd",
    (_Measure.DECIDED, _Measure.ONGOING),
    _Measure.NOT_DONE,
    COORDINATORS,
    asks_reason=True,
    warning="Skriv varför, så att ni kan lära av det vid uppföljningen.",
)
CANCEL = Step(
    "cancel",
    "Avbryt åtgärden",
    (_Measure.PROPOSED, _Measure.DECIDED, _Measure.ONGOING),
    _Measure.CANCELLED,
    COORDINATORS,
    asks_reason=True,
    warning="Åtgärden avbryts och loggen stängs.",
    told="Avbruten",
)
RESUME = Step(
    "resume",
    "Öppna igen",
    (_Measure.DONE, _Measure.PARTLY, _Measure.NOT_DONE),
    _Measure.ONGOING,
    COORDINATORS,
    asks_reason=True,
    warning="Åtgärden pågår igen och loggen kan fyllas på.",
    told="Öppnad igen",
)
MEASURE_STEPS = [DECIDE, START, FINISH_DONE, FINISH_PARTLY, FINISH_NOT_DONE, CANCEL, RESUME]

LOGGED_IN = (_Measure.DECIDED, _Measure.ONGOING)


def may_measure(user: User, measure: Measure) -> bool:
    """Coordinators keep the measures: all of them the common ones, the police and the municipality its own."""
    return Role.COORDINATOR in roles_about(user, measure.partnership, measure.municipality_id)


def may_create_measure(user: User, partnership: Partnership, problem: Problem | None = None) -> bool:
    return Role.COORDINATOR in roles_about(user, partnership, problem.municipality_id if problem else None)


def may_log(user: User, measure: Measure) -> bool:
    return measure.status in LOGGED_IN and may_measure(user, measure)


def next_measure_steps(user: User, measure: Measure) -> list[Step]:
    if not may_measure(user, measure):
        return []
    return [step for step in MEASURE_STEPS if measure.status in step.old]
