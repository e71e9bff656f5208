"""Where the red thread is broken: one table, each row a rule with its sentence, what to do and where.

A break is what must already be there. What is merely the next thing to do where the cycle stands is said as that:
a problem that was prioritised last week needs no measures yet, and a measure that has not begun needs no follow-up.
Nothing outside this table is ever shown as a break. That a cause in the situation has only social measures is none:
the handbook calls a combination best, it does not demand it (process.md 10.1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import NoReverseMatch, reverse

from agreements.models import Goal, Measure
from citizen_promises.models import Promise, PromiseDocument
from overview.thread import Record, Strand
from situation.models import Cause, Problem

FINISHED = (Measure.Status.DONE, Measure.Status.PARTLY, Measure.Status.NOT_DONE)
AFTER_PROPOSED = (Measure.Status.DECIDED, Measure.Status.ONGOING, *FINISHED)


class State(Enum):
    HOLDS = "holds"
    NEXT = "next"
    BROKEN = "broken"


class Side(Enum):
    """Where the line is broken: before the thing, or after it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Rule:
    """One way in which the thread breaks."""

    id: str
    about: type[Record]
    short: str  # on the drawing
    sentence: str
    mend: str
    side: Side
    look: Callable[[Strand, Any], State]
    place: Callable[[Strand, Any], str]


def _missing(missing: bool, *, due: bool) -> State:
    if not missing:
        return State.HOLDS
    return State.BROKEN if due else State.NEXT


# --- What the rules look at ------------------------------------------------------------------------------------------


def _no_analysis(strand: Strand, problem: Problem) -> State:
    return _missing(strand.is_taken and not strand.is_analysed, due=strand.is_agreed)


def _nothing_chosen(strand: Strand, problem: Problem) -> State:
    return _missing(strand.is_analysed and not any(cause.chosen for cause in strand.causes), due=True)


def _no_effect_goal(strand: Strand, problem: Problem) -> State:
    has = any(goal.kind == Goal.Kind.EFFECT for goal in strand.goals)
    return _missing(strand.is_taken and not has, due=strand.is_agreed)


def _never_followed_up(strand: Strand, problem: Problem) -> State:
    return _missing(strand.is_taken and strand.is_over and not strand.followed, due=True)


def _cause_alone(strand: Strand, cause: Cause) -> State:
    alone = cause.chosen and strand.is_analysed and not _stands(strand.measures_of(cause))
    return _missing(alone, due=strand.is_planned or strand.is_over)


def _goal_alone(strand: Strand, goal: Goal) -> State:
    """A goal is also served by the measures of its parts."""
    parts = [goal, *(one for one in strand.goals if one.parent_id == goal.pk)]
    alone = not any(_stands(strand.measures_for(part)) for part in parts)
    return _missing(alone, due=strand.is_planned or strand.is_over)


def _no_baseline_for_goal(strand: Strand, goal: Goal) -> State:
    """Only a goal of effect is measured before: what shall be done so many times has not been done at all before."""
    missing = goal.kind == Goal.Kind.EFFECT and goal.lacks_baseline and not goal.baseline_reason.strip()
    return _missing(missing, due=goal.status == Goal.Status.ADOPTED or strand.is_begun or strand.is_over)


def _without_cause(strand: Strand, measure: Measure) -> State:
    missing = not strand.ties.causes[measure.pk] and not measure.without_cause_reason.strip()
    return _missing(missing and _is_standing(measure), due=measure.status in AFTER_PROPOSED)


def _against_unchosen(strand: Strand, measure: Measure) -> State:
    left_aside = {cause.pk for cause in strand.causes if not cause.chosen} if strand.is_analysed else set()
    return _missing(_is_standing(measure) and bool(strand.ties.causes[measure.pk] & left_aside), due=True)


def _against_other_problem(strand: Strand, measure: Measure) -> State:
    return _missing(_is_standing(measure) and bool(strand.ties.causes[measure.pk] - strand.own_causes), due=True)


def _without_goal(strand: Strand, measure: Measure) -> State:
    missing = _is_standing(measure) and not strand.ties.goals[measure.pk] & strand.own_goals
    return _missing(missing, due=measure.status in AFTER_PROPOSED)


def _no_baseline(strand: Strand, measure: Measure) -> State:
    """Measures from before the lock, or read in afterwards: nobody can start without one now."""
    missing = measure.baseline is None and not measure.baseline_reason.strip()
    concerned = measure.status in (Measure.Status.DECIDED, *Measure.STARTED_STATUSES)
    return _missing(missing and concerned, due=measure.status in Measure.STARTED_STATUSES)


def _repeated_unasked(strand: Strand, measure: Measure) -> State:
    missing = measure.repeats_id is not None and not measure.repeat_reason.strip()
    return _missing(missing and _is_standing(measure), due=True)


def _repeated_unassessed(strand: Strand, measure: Measure) -> State:
    before = measure.repeats
    missing = before is not None and not before.assessment and not vars(measure)["is_repeat_followed"]
    return _missing(missing and _is_standing(measure), due=measure.status in AFTER_PROPOSED)


def _finished_unassessed(strand: Strand, measure: Measure) -> State:
    known = measure.assessment or ("measure", measure.pk) in strand.followed
    return _missing(measure.status in FINISHED and not known, due=True)


def _from_nothing(strand: Strand, promise: Promise) -> State:
    return _missing(promise.measure_id is None, due=promise.document.status == PromiseDocument.Status.PUBLISHED)


def _untold(strand: Strand, promise: Promise) -> State:
    document = promise.document
    is_out = document.status == PromiseDocument.Status.PUBLISHED
    is_over = promise.status != Promise.Status.ONGOING or (document.ends is not None and document.ends < strand.day)
    return _missing(is_out and is_over and not promise.feedback.strip(), due=True)


def _is_standing(measure: Measure) -> bool:
    return measure.status != Measure.Status.CANCELLED


def _stands(measures: list[Measure]) -> bool:
    return any(map(_is_standing, measures))


# --- Where it is mended ----------------------------------------------------------------------------------------------


def own_page(strand: Strand, record: Record) -> str:
    """The page of the thing, or of its problem where the thing has none."""
    try:
        return record.get_absolute_url()
    except NoReverseMatch:
        return strand.problem.get_absolute_url() if strand.problem else ""


def _analysis(strand: Strand, record: Record) -> str:
    return strand.analysis.get_absolute_url() if strand.analysis else own_page(strand, record)


def _new(name: str) -> Callable[[Strand, Record], str]:
    """The page where a new thing is written under the problem."""

    def place(strand: Strand, record: Record) -> str:
        try:
            address = reverse(name)
        except NoReverseMatch:
            return own_page(strand, record)
        problem = f"&problem={strand.problem.pk}" if strand.problem else ""
        return f"{address}?samverkan={strand.cycle.partnership_id}{problem}"

    return place


def _measure_edit(strand: Strand, measure: Measure) -> str:
    """An ended measure is opened again on its own page first."""
    return reverse("agreements:measure_edit", args=[measure.pk]) if measure.is_live else own_page(strand, measure)


def _follow_up(strand: Strand, measure: Measure) -> str:
    return f"{reverse('followup:create')}?atgard={measure.pk}"


def _follow_up_any(strand: Strand, problem: Problem) -> str:
    return f"{reverse('followup:index')}?samverkan={strand.cycle.partnership_id}"


def _repeated(strand: Strand, measure: Measure) -> str:
    return f"{reverse('followup:create')}?atgard={measure.repeats_id}"


def _feedback(strand: Strand, promise: Promise) -> str:
    return reverse("citizen_promises:feedback", args=[promise.pk])


BEFORE, AFTER = Side.BEFORE, Side.AFTER

RULES: list[Rule] = [
    Rule(
        "no_analysis",
        Problem,
        "ingen klar orsaksanalys",
        "Problemet är prioriterat men har ingen klar orsaksanalys, så ingen vet vad åtgärderna ska påverka.",
        "Gör orsaksanalysen klar.",
        AFTER,
        _no_analysis,
        _analysis,
    ),
    Rule(
        "nothing_chosen",
        Problem,
        "ingen orsak vald",
        "Orsaksanalysen är klar, men ingen orsak är vald att påverka.",
        "Öppna analysen igen och välj de orsaker ni kan påverka.",
        AFTER,
        _nothing_chosen,
        _analysis,
    ),
    Rule(
        "no_effect_goal",
        Problem,
        "inget effektmål",
        "Problemet har inget effektmål, så det går inte att säga vad som ska bli bättre.",
        "Skriv ett effektmål: vad som ska minska eller öka, från vad, till vad och när.",
        AFTER,
        _no_effect_goal,
        _new("agreements:goal_create"),
    ),
    Rule(
        "never_followed_up",
        Problem,
        "aldrig uppföljt",
        "Omgången är slut, men inget av det som gjordes mot problemet är uppföljt.",
        "Följ upp minst en av problemets åtgärder.",
        AFTER,
        _never_followed_up,
        _follow_up_any,
    ),
    Rule(
        "cause_alone",
        Cause,
        "ingen åtgärd",
        "Orsaken är vald att påverka, men ingen åtgärd riktar sig mot den.",
        "Välj en åtgärd mot orsaken, eller välj bort orsaken i analysen.",
        AFTER,
        _cause_alone,
        _new("agreements:measure_create"),
    ),
    Rule(
        "goal_alone",
        Goal,
        "ingen åtgärd",
        "Ingen åtgärd leder till målet.",
        "Knyt en åtgärd till målet, eller stryk målet.",
        AFTER,
        _goal_alone,
        own_page,
    ),
    Rule(
        "goal_without_baseline",
        Goal,
        "inget utgångsvärde",
        "Målet saknar utgångsvärde, så det går inte att se om något har ändrats.",
        "Skriv utgångsvärdet med period, eller varför det saknas.",
        BEFORE,
        _no_baseline_for_goal,
        own_page,
    ),
    Rule(
        "measure_without_cause",
        Measure,
        "ingen orsak",
        "Åtgärden riktar sig inte mot någon orsak, och inget skäl är skrivet.",
        "Välj orsaken som åtgärden ska påverka, eller skriv varför ingen är angiven.",
        BEFORE,
        _without_cause,
        _measure_edit,
    ),
    Rule(
        "measure_against_unchosen",
        Measure,
        "orsaken är inte vald",
        "Åtgärden riktar sig mot en orsak som ni inte har valt att påverka.",
        "Välj orsaken i analysen, eller rikta åtgärden mot en som är vald.",
        BEFORE,
        _against_unchosen,
        _analysis,
    ),
    Rule(
        "measure_against_other_problem",
        Measure,
        "orsak till annat problem",
        "Åtgärden riktar sig mot en orsak som hör till ett annat problem.",
        "Välj en av det här problemets orsaker, eller flytta åtgärden till det andra problemet.",
        BEFORE,
        _against_other_problem,
        _measure_edit,
    ),
    Rule(
        "measure_without_goal",
        Measure,
        "inget mål",
        "Åtgärden leder inte till något av problemets mål.",
        "Välj det mål som åtgärden ska bidra till.",
        BEFORE,
        _without_goal,
        _measure_edit,
    ),
    Rule(
        "started_without_baseline",
        Measure,
        "inget före-värde",
        "Åtgärden är påbörjad utan före-värde och utan att någon har skrivit varför det inte kan mätas.",
        "Skriv före-värdet, eller varför det inte kan mätas.",
        BEFORE,
        _no_baseline,
        own_page,
    ),
    Rule(
        "repeated_without_reason",
        Measure,
        "upprepas utan skäl",
        "Åtgärden upprepar en tidigare, utan skäl.",
        "Skriv varför den görs igen.",
        BEFORE,
        _repeated_unasked,
        _measure_edit,
    ),
    Rule(
        "repeats_unassessed",
        Measure,
        "upprepar en obedömd",
        "Åtgärden upprepar en tidigare som aldrig bedömdes, så ingen vet om den hjälpte.",
        "Följ upp den tidigare åtgärden.",
        BEFORE,
        _repeated_unassessed,
        _repeated,
    ),
    Rule(
        "finished_unassessed",
        Measure,
        "inte bedömd",
        "Åtgärden är avslutad men varken bedömd eller uppföljd.",
        "Följ upp åtgärden: gjorde ni det, hur gick det, hjälpte det?",
        AFTER,
        _finished_unassessed,
        _follow_up,
    ),
    Rule(
        "promise_from_nothing",
        Promise,
        "ingen åtgärd",
        "Löftet bygger inte på någon åtgärd, så ingen plan säger att det hålls.",
        "Välj åtgärden som löftet kommer ur.",
        BEFORE,
        _from_nothing,
        own_page,
    ),
    Rule(
        "promise_untold",
        Promise,
        "ingen återkoppling",
        "Löftet är bedömt eller dess tid är ute, men ingen har berättat för invånarna hur det gick.",
        "Skriv återkopplingen.",
        AFTER,
        _untold,
        _feedback,
    ),
]


@dataclass(frozen=True)
class Mark:
    """What a rule says of one thing: that the thread is broken there, or what comes next."""

    rule: Rule
    state: State
    where: str
    url: str

    @property
    def is_break(self) -> bool:
        return self.state == State.BROKEN

    @property
    def word(self) -> str:
        return "Avbrott" if self.is_break else "Nästa"


def marks(strand: Strand, record: Record) -> list[Mark]:
    """What the rules say of one thing of the strand."""
    seen = [(rule, rule.look(strand, record)) for rule in BY_KIND.get(type(record), [])]
    return [Mark(rule, state, str(record), rule.place(strand, record)) for rule, state in seen if state != State.HOLDS]


BY_KIND: dict[type, list[Rule]] = {}
for _rule in RULES:
    BY_KIND.setdefault(_rule.about, []).append(_rule)
