"""How a published document reads to the people it was made for: the frozen text, and what has come of it."""

import datetime as dt
from functools import cached_property
from typing import Any

from citizen_promises.content import DOCUMENT_PARTS, PROMISE_PARTS
from citizen_promises.models import LanguageVersion, Outcome, Period, Promise, PromiseDocument
from citizen_promises.rules import TONE
from lib import swedish
from lib.swedish import DASH

_WHO: dict[str, str] = dict(Promise.Promiser.choices)
_TOPICS: dict[str, str] = dict(Promise.Topic.choices)
_RHYTHMS: dict[str, str] = dict(PromiseDocument.Rhythm.choices)
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
        # Texts that were frozen in the first form have one party, and none of what came later.
        self.parties: list[str] = frozen.get("parties") or ([frozen["party"]] if frozen.get("party") else [])
        self.topic: str = _TOPICS.get(frozen.get("topic", ""), "")
        self.area: str = frozen.get("area", "")
        self.themes: list[dict[str, Any]] = frozen.get("themes", [])
        self.measures: list[str] = frozen.get("measures", [])
        self.planned: int | None = frozen["planned_count"]
        self.unit: str = frozen["unit"]
        self.per: str = frozen["per"]
        self.document = document
        self.live = live or Promise()
        self.outcomes: list[Outcome] = list(live.outcomes.all()) if live else []

    @property
    def party(self) -> str | None:
        """The parties that are named, in running text."""
        return swedish.listing(self.parties) if self.parties else None

    @property
    def who(self) -> str:
        """ "Polisen lovar", "Skolan lovar", "Tillsammans lovar vi: Polisen och Bostäder AB"."""
        if self.promiser == Promise.Promiser.OTHER and self.party:
            return f"{self.party} lovar"
        named = self.promiser == Promise.Promiser.JOINT and self.party
        return f"{_WHO[self.promiser]}: {self.party}" if named else _WHO[self.promiser]

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
        # What a worker has not entered yet is published at its set time all the same.
        self.published_at = document.published_at or (document.publish_at if document.is_public else None)
        self.title: str = frozen["title"]
        self.starts = dt.date.fromisoformat(frozen["starts"])
        self.ends = document.last_day  # the frozen one, or earlier where new promises have taken over
        self.is_closed = document.status == PromiseDocument.Status.CLOSED
        self.replaced_from = document.replaced_from
        self.successor_id: int | None = getattr(document, "successor_id", None)
        self.replaces: int | None = frozen.get("replaces")
        self.version: int = frozen.get("version", 1)
        self.area: str = frozen.get("area", "")
        self.dialogues: list[dict[str, Any]] = frozen.get("dialogues", [])
        self.expected_effect: str = frozen.get("expected_effect", "")
        self.rhythm: str = _RHYTHMS.get(frozen.get("rhythm", ""), "")
        self.told_when: str = frozen.get("told_when", "")
        self.forum: str = frozen.get("forum", "")
        self.situation: str = frozen["situation"]
        self.how_made: str = frozen["how_made"]
        self.follow_up: str = frozen["follow_up"]
        self.period = document.period(day)
        known = {promise.pk: promise for promise in live}
        self.promises = [PublicPromise(each, known.get(each["id"]), self) for each in frozen["promises"]]
        languages: dict[str, dict[str, str]] = frozen.get("languages", {})
        self.languages = [PublicLanguage(code, texts, self) for code, texts in sorted(languages.items())]

    @property
    def is_over(self) -> bool:
        return self.period is Period.ENDED

    @property
    def follow_up_words(self) -> str:
        """How often, when and where residents are told: "Varje halvår, i april och oktober, på webben"."""
        return ", ".join(filter(None, [self.rhythm, self.told_when, self.forum]))

    def in_language(self, code: str) -> "PublicLanguage | None":
        return next((one for one in self.languages if one.code == code), None)

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


class PublicLanguage:
    """The document in another language: what is not written in it is read in Swedish, and marked as such."""

    def __init__(self, code: str, texts: dict[str, str], document: PublicDocument) -> None:
        version = LanguageVersion(language=code)
        self.code, self.tag, self.direction = code, version.tag, version.direction
        self.name = str(version)
        self.texts = texts
        self.document = document

    def part(self, name: str) -> str:
        """The words of a part of the document ("title", "situation"), or nothing."""
        return self.texts.get(name, "")

    def promise_part(self, promise: PublicPromise, name: str) -> str:
        """The words of a part of the promise ("text", "why", "basis"), or nothing."""
        return self.texts.get(f"promise-{promise.pk}-{name}", "")

    @property
    def promises(self) -> list[tuple[PublicPromise, str]]:
        """Each promise with its words in the language; nothing where they are lacking."""
        return [(promise, self.promise_part(promise, "text")) for promise in self.document.promises]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """All that is written in the language, each with its Swedish heading."""
        found = [(label, self.part(name)) for name, label in DOCUMENT_PARTS.items()]
        for promise in self.document.promises:
            found += [(promise.heading, self.promise_part(promise, name)) for name in PROMISE_PARTS]
        return [(label, text) for label, text in found if text]

    @property
    def more(self) -> list[str]:
        """What is written in it beside title, situation and the promises' own words, in the order of the document."""
        shown = {"title", "situation"}
        parts = [self.part(name) for name in DOCUMENT_PARTS if name not in shown]
        for promise in self.document.promises:
            parts += [self.promise_part(promise, name) for name in PROMISE_PARTS if name != "text"]
        return [text for text in parts if text]

    @property
    def missing(self) -> int:
        """How many promises are not written in the language."""
        return sum(not text for _, text in self.promises)


def names(documents: list[PublicDocument]) -> str:
    """Who speaks at the top of the page: "Lycksele kommun och Polisen", or one of them alone."""
    kinds = {kind for document in documents for kind in document.speakers}
    found = [documents[0].municipality.formal_name] if Promise.Promiser.MUNICIPALITY in kinds else []
    found += ["Polisen"] if Promise.Promiser.POLICE in kinds else []
    others = [one for d in documents for p in d.promises if p.promiser == Promise.Promiser.OTHER for one in p.parties]
    return swedish.listing(found + sorted(set(others)))


def subject(documents: list[PublicDocument]) -> str:
    """The same in a sentence: "polisen och kommunen tillsammans", "polisen", "kommunen"."""
    kinds = {kind for document in documents for kind in document.speakers}
    if kinds >= _BOTH:
        return "polisen och kommunen tillsammans"
    return "kommunen" if Promise.Promiser.MUNICIPALITY in kinds else "polisen"
