"""How a published document reads to the people it was made for: the frozen text, and what has come of it."""

import datetime as dt
from functools import cached_property
from typing import Any

from citizen_promises.models import Outcome, Period, Promise, PromiseDocument
from citizen_promises.rules import TONE
from lib import swedish
from lib.swedish import DASH

_WHO: dict[str, str] = dict(Promise.Promiser.choices)
_BOTH = {Promise.Promiser.POLICE, Promise.Promiser.MUNICIPALITY}


class PublicPromise:
    """A promise: its frozen text, joined with its status, outcomes and feedback of today."""

    def __init__(self, frozen: dict[str, Any], live: Promise | None, document: "PublicDocument") -> None:
        self.pk: int = frozen["id"]
        heading, _, more = frozen["text"].strip().partition("\n")
        self.heading: str = heading.strip()
        self.more: str = more.strip()
        self.why: str = frozen["why"]
        self.basis: str = frozen["basis"]
        self.promiser: str = frozen["promiser"]
        self.party: str | None = frozen["party"]
        self.planned: int | None = frozen["planned_count"]
        self.unit: str = frozen["unit"]
        self.per: str = frozen["per"]
        self.document = document
        self.live = live or Promise()
        self.outcomes: list[Outcome] = list(live.outcomes.all()) if live else []

    @property
    def who(self) -> str:
        named = self.promiser == Promise.Promiser.OTHER and self.party
        return f"{self.party} lovar" if named else _WHO[self.promiser]

    @property
    def is_long(self) -> bool:
        """Whether the first line is more than a heading."""
        return len(self.heading) > 120

    @property
    def is_ongoing(self) -> bool:
        return self.live.status == Promise.Status.ONGOING and not self.document.is_over

    @property
    def is_unsettled(self) -> bool:
        """Whether the time is over and nobody has said how it went."""
        return self.document.is_over and self.live.status == Promise.Status.ONGOING

    @property
    def is_waiting(self) -> bool:
        """Whether the time has not come yet."""
        return self.document.period is Period.COMING and self.live.status == Promise.Status.ONGOING

    @property
    def word(self) -> str:
        if self.is_waiting:
            return "Har inte börjat"
        return "Inte bedömt ännu" if self.is_unsettled else self.live.get_status_display()

    @property
    def tone(self) -> str:
        return "idle" if self.is_unsettled or self.is_waiting else TONE[self.live.status]

    @property
    def when(self) -> str:
        """The period, or the day on which it was settled: "uppfyllt 30 september 2026"."""
        if self.live.settled_on:
            return f"{self.live.get_status_display().lower()} {swedish.date(self.live.settled_on)}"
        return self.document.dates

    @property
    def is_missing_feedback(self) -> bool:
        return self.document.is_over and not self.live.feedback

    @property
    def done(self) -> int:
        return sum(outcome.count for outcome in self.outcomes)

    @property
    def bar(self) -> int | None:
        """How much of the bar is filled, at most what was promised; None where there is no sum to reach."""
        return min(self.done, self.planned) if self.planned and not self.per else None

    @property
    def progress(self) -> str:
        """In words: "16 av 25 fotpatruller hittills"; where it counts per term or month, both numbers."""
        if not self.planned:
            return ""
        done, planned = swedish.number(self.done), swedish.number(self.planned)
        if self.per:
            return f"{done} {self.unit} hittills. Löftet är {planned} {self.unit} {self.per}."
        return f"{done} av {planned} {self.unit}{' hittills' if self.is_ongoing else ''}"


class PublicDocument:
    """A document: everything shown of it comes from its frozen text, never from the tables behind."""

    def __init__(self, document: PromiseDocument, frozen: dict[str, Any], live: list[Promise], day: dt.date) -> None:
        self.pk = document.pk
        self.municipality = document.municipality
        self.published_at = document.published_at
        self.title: str = frozen["title"]
        self.starts = dt.date.fromisoformat(frozen["starts"])
        self.ends = dt.date.fromisoformat(frozen["ends"]) if frozen["ends"] else None
        self.situation: str = frozen["situation"]
        self.how_made: str = frozen["how_made"]
        self.follow_up: str = frozen["follow_up"]
        self.period = document.period(day)
        known = {promise.pk: promise for promise in live}
        self.promises = [PublicPromise(each, known.get(each["id"]), self) for each in frozen["promises"]]

    @property
    def is_over(self) -> bool:
        return self.period is Period.ENDED

    @property
    def dates(self) -> str:
        return swedish.period(self.starts, self.ends)

    @property
    def years(self) -> str:
        """ "2026", "2026–2028", or "från 2026" while the end is open."""
        if self.ends is None:
            return f"från {self.starts.year}"
        same = self.ends.year == self.starts.year
        return f"{self.starts.year}" if same else f"{self.starts.year}{DASH}{self.ends.year}"

    @cached_property
    def kept(self) -> int:
        return sum(promise.live.status == Promise.Status.KEPT for promise in self.promises)

    @cached_property
    def missing_feedback(self) -> int:
        return sum(promise.is_missing_feedback for promise in self.promises)

    @property
    def summary(self) -> str:
        """In a list: "4 löften, 3 uppfyllda, 1 utan återkoppling"."""
        count = len(self.promises)
        parts = [swedish.plural(count, "löfte", "löften"), swedish.plural(self.kept, "uppfyllt", "uppfyllda")]
        if self.missing_feedback:
            parts.append(f"{swedish.number(self.missing_feedback)} utan återkoppling")
        return ", ".join(parts)

    @property
    def figures(self) -> list[tuple[int, str, str]]:
        """The three figures at the top, each with its words and a note: promises, kept ones, and what was told."""
        count = len(self.promises)
        return [
            (count, "löfte" if count == 1 else "löften", self.years),
            (self.kept, "uppfyllt" if self.kept == 1 else "uppfyllda", ""),
            self._told(),
        ]

    def _told(self) -> tuple[int, str, str]:
        if self.missing_feedback:
            return self.missing_feedback, "utan återkoppling", f"perioden tog slut {swedish.date(self.ends)}"
        days = [outcome.day for promise in self.promises for outcome in promise.outcomes]
        days += [promise.live.feedback_on for promise in self.promises if promise.live.feedback_on]
        if not days:
            return 0, "uppdateringar", "hittills"
        return len(days), "uppdatering" if len(days) == 1 else "uppdateringar", f"senast {swedish.date(max(days))}"

    @property
    def says_its_name(self) -> bool:
        """Whether the title says more than the page's own heading."""
        return self.title.casefold() != f"våra löften till dig i {self.municipality}".casefold()

    @property
    def speakers(self) -> set[str]:
        """The kinds of promiser, with a joint promise counted as both police and municipality."""
        kinds = {promise.promiser for promise in self.promises}
        return kinds - {Promise.Promiser.JOINT} | (_BOTH if Promise.Promiser.JOINT in kinds else set())


def names(documents: list[PublicDocument]) -> str:
    """Who speaks at the top of the page: "Lycksele kommun och Polisen", or one of them alone."""
    kinds = {kind for document in documents for kind in document.speakers}
    found = [documents[0].municipality.formal_name] if Promise.Promiser.MUNICIPALITY in kinds else []
    found += ["Polisen"] if Promise.Promiser.POLICE in kinds else []
    others = [p.party for d in documents for p in d.promises if p.promiser == Promise.Promiser.OTHER and p.party]
    return swedish.listing(found + sorted(set(others)))


def subject(documents: list[PublicDocument]) -> str:
    """The same in a sentence: "polisen och kommunen tillsammans", "polisen", "kommunen"."""
    kinds = {kind for document in documents for kind in document.speakers}
    if kinds >= _BOTH:
        return "polisen och kommunen tillsammans"
    return "kommunen" if Promise.Promiser.MUNICIPALITY in kinds else "polisen"
