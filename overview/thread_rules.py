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

from agreements.models import Goal, Measure
from citizen_promises.models import Promise
from overview import thread_looks as looks
from overview.thread import Record, Strand
from overview.thread_looks import State
from situation.models import Cause, Problem


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


BEFORE, AFTER = Side.BEFORE, Side.AFTER

RULES: list[Rule] = [
    Rule(
        "no_analysis",
        Problem,
        "ingen klar orsaksanalys",
        "Problemet är prioriterat men har ingen klar orsaksanalys, så ingen vet vad åtgärderna ska påverka.",
        "Gör orsaksanalysen klar.",
        AFTER,
        looks.no_analysis,
        looks.analysis,
    ),
    Rule(
        "nothing_chosen",
        Problem,
        "ingen orsak vald",
        "Orsaksanalysen är klar, men ingen orsak är vald att påverka.",
        "Öppna analysen igen och välj de orsaker ni kan påverka.",
        AFTER,
        looks.nothing_chosen,
        looks.analysis,
    ),
    Rule(
        "no_effect_goal",
        Problem,
        "inget effektmål",
        "Problemet har inget effektmål, så det går inte att säga vad som ska bli bättre.",
        "Skriv ett effektmål: vad som ska minska eller öka, från vad, till vad och när.",
        AFTER,
        looks.no_effect_goal,
        looks.new("agreements:goal_create"),
    ),
    Rule(
        "never_followed_up",
        Problem,
        "aldrig uppföljt",
        "Omgången är slut, men inget av det som gjordes mot problemet är uppföljt.",
        "Följ upp minst en av problemets åtgärder.",
        AFTER,
        looks.never_followed_up,
        looks.follow_up_any,
    ),
    Rule(
        "cause_alone",
        Cause,
        "ingen åtgärd",
        "Orsaken är vald att påverka, men ingen åtgärd riktar sig mot den.",
        "Välj en åtgärd mot orsaken, eller välj bort orsaken i analysen.",
        AFTER,
        looks.cause_alone,
        looks.new("agreements:measure_create"),
    ),
    Rule(
        "goal_alone",
        Goal,
        "ingen åtgärd",
        "Ingen åtgärd leder till målet.",
        "Knyt en åtgärd till målet, eller stryk målet.",
        AFTER,
        looks.goal_alone,
        looks.own_page,
    ),
    Rule(
        "goal_without_baseline",
        Goal,
        "inget utgångsvärde",
        "Målet saknar utgångsvärde, så det går inte att se om något har ändrats.",
        "Skriv utgångsvärdet med period, eller varför det saknas.",
        BEFORE,
        looks.no_baseline_for_goal,
        looks.own_page,
    ),
    Rule(
        "measure_without_cause",
        Measure,
        "ingen orsak",
        "Åtgärden riktar sig inte mot någon orsak, och inget skäl är skrivet.",
        "Välj orsaken som åtgärden ska påverka, eller skriv varför ingen är angiven.",
        BEFORE,
        looks.without_cause,
        looks.measure_edit,
    ),
    Rule(
        "measure_against_unchosen",
        Measure,
        "orsaken är inte vald",
        "Åtgärden riktar sig mot en orsak som ni inte har valt att påverka.",
        "Välj orsaken i analysen, eller rikta åtgärden mot en som är vald.",
        BEFORE,
        looks.against_unchosen,
        looks.analysis,
    ),
    Rule(
        "measure_against_other_problem",
        Measure,
        "orsak till annat problem",
        "Åtgärden riktar sig mot en orsak som hör till ett annat problem.",
        "Välj en av det här problemets orsaker, eller flytta åtgärden till det andra problemet.",
        BEFORE,
        looks.against_other_problem,
        looks.measure_edit,
    ),
    Rule(
        "measure_without_goal",
        Measure,
        "inget mål",
        "Åtgärden leder inte till något av problemets mål.",
        "Välj det mål som åtgärden ska bidra till.",
        BEFORE,
        looks.without_goal,
        looks.measure_edit,
    ),
    Rule(
        "started_without_baseline",
        Measure,
        "inget före-värde",
        "Åtgärden är påbörjad utan före-värde och utan att någon har skrivit varför det inte kan mätas.",
        "Skriv före-värdet, eller varför det inte kan mätas.",
        BEFORE,
        looks.no_baseline,
        looks.own_page,
    ),
    Rule(
        "repeated_without_reason",
        Measure,
        "upprepas utan skäl",
        "Åtgärden upprepar en tidigare, utan skäl.",
        "Skriv varför den görs igen.",
        BEFORE,
        looks.repeated_unasked,
        looks.measure_edit,
    ),
    Rule(
        "repeats_unassessed",
        Measure,
        "upprepar en obedömd",
        "Åtgärden upprepar en tidigare som aldrig bedömdes, så ingen vet om den hjälpte.",
        "Följ upp den tidigare åtgärden.",
        BEFORE,
        looks.repeated_unassessed,
        looks.repeated,
    ),
    Rule(
        "finished_unassessed",
        Measure,
        "inte bedömd",
        "Åtgärden är avslutad men varken bedömd eller uppföljd.",
        "Följ upp åtgärden: gjorde ni det, hur gick det, hjälpte det?",
        AFTER,
        looks.finished_unassessed,
        looks.follow_up,
    ),
    Rule(
        "promise_from_nothing",
        Promise,
        "ingen åtgärd",
        "Löftet bygger inte på någon åtgärd, så ingen plan säger att det hålls.",
        "Välj åtgärden som löftet kommer ur.",
        BEFORE,
        looks.from_nothing,
        looks.own_page,
    ),
    Rule(
        "promise_untold",
        Promise,
        "ingen återkoppling",
        "Löftet är bedömt eller dess tid är ute, men ingen har berättat för invånarna hur det gick.",
        "Skriv återkopplingen.",
        AFTER,
        looks.untold,
        looks.feedback,
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

    @property
    def told(self) -> str:
        """What is lacking where the thread is broken, or else what to do: "Avbrott: inget mål"."""
        return f"{self.word}: {self.rule.short if self.is_break else self.rule.mend}"


def marks(strand: Strand, record: Record) -> list[Mark]:
    """What the rules say of one thing of the strand."""
    seen = [(rule, rule.look(strand, record)) for rule in BY_KIND.get(type(record), [])]
    return [Mark(rule, state, str(record), rule.place(strand, record)) for rule, state in seen if state != State.HOLDS]


BY_KIND: dict[type, list[Rule]] = {}
for _rule in RULES:
    BY_KIND.setdefault(_rule.about, []).append(_rule)
