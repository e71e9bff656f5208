"""Help with writing goals that can be followed up: one set of rules, for the page that is saved and for live help.

SMART as the handbook asks it (process.md 9): a word of movement, a number, agreed on, possible, and a last day.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agreements.models import Goal
from lib.swedish import date, number

# Phrases that name an effort and no change: nobody can say afterwards whether they were reached.
VAGUE = ("verka för", "värna om", "värna", "fortsätta arbeta med", "fortsätta att arbeta med", "främja", "stärka")
_VAGUE = re.compile(
    r"\b(verkar? för|värnar?(?: om)?|fortsätt(?:a|er) (?:att )?arbeta med|främja[rs]?|stärk(?:a|er|s|as))\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(minska\w*|öka\w*|halvera\w*|fördubbla\w*|sjunk\w*|stig\w*|understig\w*|överstig\w*|behåll\w*|uppnå\w*|nå|"
    r"färre|fler|högst|minst|inga|ingen|alla)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|\b(hälften|halver\w*|fördubbl\w*|inga|ingen|alla)\b", re.IGNORECASE)
_DATE = re.compile(r"\b(19|20)\d\d\b|\b(per|varje) (år|termin|månad|vecka)\b", re.IGNORECASE)
_MOVEMENT = {"less": "minska", "more": "öka", "keep": "behållas", "reach": "uppnås"}
QUESTIONS = {
    "specific": "Specifikt: står det vad som ska ändras, och åt vilket håll?",
    "measurable": "Mätbart: finns ett mått, ett utgångsvärde och ett målvärde?",
    "accepted": "Accepterat: står parterna bakom det, etiskt och politiskt?",
    "realistic": "Realistiskt: går det att nå med åtgärderna och på den tiden?",
    "timed": "Tidsatt: står det när det ska vara nått?",
}


@dataclass(frozen=True)
class Advice:
    """What could be better, a sentence to write instead, and the questions that the fields already answer."""

    sentences: tuple[str, ...]
    instead: str
    answered: frozenset[str]

    @property
    def questions(self) -> list[tuple[str, bool]]:
        """The five questions, each with whether the fields seem to answer it. People tick them, not the system."""
        return [(text, name in self.answered) for name, text in QUESTIONS.items()]


def advise(said: Mapping[str, Any], subject: str) -> Advice:
    """Advice on a goal as it is being written: `said` holds the form's values, `subject` the problem's words."""
    text = str(said.get("text") or "").strip()
    vague = _VAGUE.search(text)
    moves = bool(said.get("direction")) and not vague
    numbered = said.get("target") not in (None, "") or bool(_NUMBER.search(_DATE.sub("", text)))
    timed = bool(said.get("ends")) or bool(_DATE.search(text))
    measured = bool(said.get("indicator") or said.get("own_indicator"))
    sentences = [f"”{vague.group(1)}” säger vad ni gör, inte vad som ska ändras."] if vague else []
    if text and not vague and not _MOVES.search(text):
        sentences.append("Säg åt vilket håll: ska något minska, öka, behållas eller uppnås?")
    if text and not numbered:
        sentences.append("Hur mycket? Ange ett målvärde.")
    if text and not timed:
        sentences.append("När ska det vara nått? Ange ett datum.")
    if text and said.get("kind") == Goal.Kind.EFFECT and not measured:
        sentences.append("Hur mäts det? Välj en indikator, eller beskriv ett eget mått.")
    found = {
        "specific": moves and bool(text),
        "measurable": measured and numbered and said.get("baseline") not in (None, ""),
        "timed": timed,
    }
    answered = frozenset(name for name, holds in found.items() if holds)
    return Advice(tuple(sentences), _instead(said, subject) if vague or sentences else "", answered)


def _instead(said: Mapping[str, Any], subject: str) -> str:
    """As "Skriv i stället: Våld på torget ska minska från 40 till 30 senast 31 december 2027."; gaps where not said."""
    what = str(said.get("own_indicator") or "").strip() or subject
    movement = _MOVEMENT.get(str(said.get("direction") or ""), "minska")
    return (
        f"{what[:1].upper()}{what[1:]} ska {movement} från {_value(said.get('baseline'), 'X')} till "
        f"{_value(said.get('target'), 'Y')} senast {_day(said.get('ends'))}."
    )


def _value(value: Any, gap: str) -> str:
    if value in (None, ""):
        return gap
    return value if isinstance(value, str) else number(value)


def _day(value: Any) -> str:
    if isinstance(value, dt.date):
        return date(value)
    try:
        return date(dt.date.fromisoformat(str(value or "")))
    except ValueError:
        return "…"
