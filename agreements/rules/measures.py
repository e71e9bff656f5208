"""The table of steps for measures, who may keep them, and what a step demands."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from agreements.models import Measure
from journal.steps import Step
from lib.dates import today
from lib.swedish import listing
from partnerships.models import Holding, Partnership
from partnerships.rules import is_member, roles_about
from situation.models import Problem

_Measure = Measure.Status
DECIDE = Step(
    "decide",
    "Besluta",
    (_Measure.PROPOSED,),
    _Measure.DECIDED,
    COORDINATORS,
    warning="För in beslutet när styrgruppen, eller den som har mandatet, har fattat det.",
    told="Beslutad",
)
START = Step("start", "Påbörja", (_Measure.DECIDED,), _Measure.ONGOING, COORDINATORS, told="Påbörjad")
FINISH_DONE = Step(
    "finish_done",
    "Markera som genomförd",
    (_Measure.ONGOING,),
    _Measure.DONE,
    COORDINATORS,
    warning="Bedöm hur det gick, så att nästa omgång kan lära av det.",
    told="Genomförd",
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
# Steps that end it. Where something was begun they ask how it went, in colour, word and text.
ENDING = (FINISH_DONE, FINISH_PARTLY, FINISH_NOT_DONE, CANCEL)
# Steps after which it goes on, for which the value from before must be told.
BEGINNING = (START, RESUME)

NO_CAUSE = (
    "Åtgärden riktar sig inte mot någon orsak. Välj den orsak som den ska påverka, eller skriv varför ingen är vald, "
    "och besluta sedan."
)
UNTOLD = "Det framgår inte: {}. Fyll i det i åtgärden, eller skriv varför det inte kan anges, och besluta sedan."
NO_BASELINE = (
    "Före-värdet saknas, och efteråt kan ingen säga vad åtgärden ändrade. Skriv det, eller varför det inte kan mätas, "
    "och påbörja sedan."
)

NO_ASSESSMENT = "Åtgärden är påbörjad. Bedöm hur den gick, med färg och ord, och avsluta sedan."

# What was decided on: changed afterwards, it is a change of plan, which has a reason.
PLAN: tuple[str, ...] = (
    "problem",
    "causes",
    "without_cause_reason",
    "goals",
    "title",
    "description",
    "place",
    "responsible",
    "function",
    "seat",
    "starts",
    "ends",
    "planned_count",
    "unit",
    "per",
    "hours",
    "kronor",
)


# The same of its parts and of those who take part; in which order the parts stand is no plan.
PLAN_OF_PARTS: tuple[str, ...] = ("seat", "task", "hours", "kind", "text", "day", "function")


def may_measure(user: User, measure: Measure) -> bool:
    """Coordinators keep the measures: all of them the common ones, the police and the municipality its own."""
    return Role.COORDINATOR in roles_about(user, measure.partnership, measure.municipality_id)


def may_create_measure(user: User, partnership: Partnership, problem: Problem | None = None) -> bool:
    return Role.COORDINATOR in roles_about(user, partnership, problem.municipality_id if problem else None)


def carries_out(user: User, measure: Measure) -> bool:
    """Whether the person holds the responsible function today, or one that takes part, and acts for a party."""
    if not is_member(user, measure.partnership):
        return False
    day = today()
    taking_part = measure.participants.filter(Q(ended_on=None) | Q(ended_on__gte=day), seat__isnull=False)
    theirs = Q(seat__in=taking_part.values("seat")) | Q(seat=measure.seat_id, seat__isnull=False)
    return Holding.objects.on(day).filter(theirs, user=user).exists()


def writes_log(user: User, measure: Measure) -> bool:
    """Who keeps the measure, and who carries it out, whatever their role in the party; ended or not."""
    return may_measure(user, measure) or carries_out(user, measure)


def may_log(user: User, measure: Measure) -> bool:
    return measure.status in LOGGED_IN and writes_log(user, measure)


def may_tick(user: User, measure: Measure) -> bool:
    """Who keeps the measure ticks its parts before it is decided too, who carries it out when it goes on."""
    return (measure.is_live and may_measure(user, measure)) or may_log(user, measure)


def next_measure_steps(user: User, measure: Measure) -> list[Step]:
    if not may_measure(user, measure):
        return []
    return [step for step in MEASURE_STEPS if measure.status in step.old]


def missing_for(step: Step, measure: Measure) -> str:
    """The sentence on what the step demands and the measure lacks; empty when it may be taken."""
    if step == DECIDE and lacks_cause(measure):
        return NO_CAUSE
    if step == DECIDE and (words := untold(measure)):
        return UNTOLD.format(listing(words))
    if asks_assessment(step, measure) and not (measure.assessment and measure.assessment_text):
        return NO_ASSESSMENT
    return NO_BASELINE if step in BEGINNING and measure.lacks_baseline else ""


def untold(measure: Measure) -> list[str]:
    """What the handbook demands of a decided measure and nobody has said, nor why it cannot be (process.md, 10.3)."""
    if measure.untold_reason:
        return []
    asked = {
        "när effekten väntas": measure.term,
        "om det är en punktinsats eller ordinarie arbete": measure.manner,
        "mål eller antal": measure.planned_count is not None or measure.goals.all(),
    }
    return [words for words, said in asked.items() if not said]


def asks_assessment(step: Step, measure: Measure) -> bool:
    """Whatever was begun is assessed when it ends; what never began has nothing to assess."""
    return step in ENDING and measure.status == Measure.Status.ONGOING


def lacks_cause(measure: Measure) -> bool:
    """Neither a cause that it aims at nor a reason why there is none. Those from before may lack both: a break."""
    return not measure.without_cause_reason and not measure.causes.exists()


def is_change_of_plan(measure: Measure, fields: Iterable[str]) -> bool:
    """Whether what was decided on is changed: then others must be able to read why."""
    return measure.status in LOGGED_IN and bool(set(fields) & set(PLAN))


def is_change_of_parts(measure: Measure, fields: Iterable[str]) -> bool:
    """Whether what was decided on is changed in a part of the measure, or in who takes part with how many hours."""
    return measure.status in LOGGED_IN and bool(set(fields) & set(PLAN_OF_PARTS))
