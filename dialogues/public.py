"""How a published result reads to residents: plain objects, made from the frozen text and nothing else."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dialogues.counting import Counted
from dialogues.models import Dialogue, Theme
from lib import swedish

_OUTCOMES: dict[str, str] = dict(Theme.Outcome.choices)
_KINDS: dict[str, str] = dict(Dialogue.Kind.choices)


@dataclass(frozen=True)
class PublishedTheme:
    """Something that several said, and what became of it."""

    pk: int
    title: str
    text: str
    place: str
    mentions: int
    quote: str
    outcome: str
    answer: str
    handler: str
    answered_on: dt.date | None

    @property
    def outcome_words(self) -> str:
        return _OUTCOMES.get(self.outcome, "")

    @property
    def mentioned(self) -> str:
        """ "12 nämnde det"."""
        return f"{swedish.number(self.mentions)} nämnde det"


class PublishedResult:
    """A dialogue's result as it was published, version by version."""

    def __init__(self, dialogue: int, version: int, frozen: dict[str, Any], published_at: dt.datetime) -> None:
        self.pk, self.version, self.published_at = dialogue, version, published_at
        self.title: str = frozen["title"]
        self.kind: str = frozen["kind"]
        self.method: str = frozen["method"]
        self.municipality_code: str = frozen["municipality"]["code"]
        self.municipality_name: str = frozen["municipality"]["name"]
        self.municipality_slug: str = frozen["municipality"]["slug"]
        self.organisers: list[str] = frozen["organisers"]
        self.place: str = frozen["place"]
        self.starts = dt.date.fromisoformat(frozen["starts"])
        self.ends = dt.date.fromisoformat(frozen["ends"])
        self.groups: str = frozen["groups"]
        self.purpose: str = frozen["purpose"]
        self.participants: int | None = frozen["participants"]
        self.numbers: list[tuple[str, int]] = [(words, count) for words, count in frozen["numbers"]]
        self.not_reached: str = frozen["not_reached"]
        self.themes = [_theme(one) for one in frozen["themes"]]
        self.proposals: list[dict[str, Any]] = frozen["proposals"]
        self.fixes = [one | {"done_on": _day(one["done_on"])} for one in frozen["fixes"]]
        self.points = [one | {"done_on": _day(one["done_on"])} for one in frozen["points"]]
        self.counts = [Counted(one["text"], one["kind"], one["answers"], one["rows"]) for one in frozen["counts"]]
        self.feedback: str = frozen["feedback"]
        self.feedback_how: str = frozen["feedback_how"]
        self.feedback_on = _day(frozen["feedback_on"])

    @property
    def kind_words(self) -> str:
        return _KINDS[self.kind]

    @property
    def dates(self) -> str:
        return swedish.period(self.starts, self.ends)

    @property
    def who(self) -> str:
        """Who asked: "Polisen och Åsele kommun"."""
        return swedish.listing(self.organisers)

    @property
    def promised(self) -> list[PublishedTheme]:
        """The themes that became promises."""
        return [theme for theme in self.themes if theme.outcome == Theme.Outcome.PROMISE]

    @property
    def summary(self) -> str:
        """In a list: "46 deltog, 3 teman, 2 blev löften"."""
        parts = [f"{swedish.number(self.participants)} deltog"] if self.participants else []
        parts.append(swedish.plural(len(self.themes), "tema", "teman"))
        if self.promised:
            parts.append(swedish.plural(len(self.promised), "blev ett löfte", "blev löften"))
        return ", ".join(parts)


@dataclass(frozen=True)
class WithdrawnResult:
    """What residents read where a result has been taken down."""

    pk: int
    title: str
    municipality_slug: str
    withdrawn_at: dt.datetime
    reason: str


def _theme(frozen: dict[str, Any]) -> PublishedTheme:
    said = {name: value for name, value in frozen.items() if name not in ("id", "answered_on")}
    return PublishedTheme(pk=frozen["id"], answered_on=_day(frozen["answered_on"]), **said)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
