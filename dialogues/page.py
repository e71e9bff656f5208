"""The dialogue's own page as one reader sees it: how far it has come, what is lacking, what can be done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from dialogues import rules
from dialogues.models import Dialogue, DialogueHours, DialogueResult, Proposal, QuickFix, Reply, Theme, WalkPoint
from journal.models import Event
from journal.steps import Step
from lib.swedish import plural
from situation.models import Problem, Source


@dataclass(frozen=True)
class Stage:
    """One stage of the way from plan to end."""

    title: str
    state: str
    note: str


@dataclass
class DialoguePage:
    """Everything on the page, each asked for once."""

    dialogue: Dialogue
    user: User
    day: dt.date

    @cached_property
    def themes(self) -> list[tuple[Theme, str]]:
        """Each with the tone of its answer."""
        return [(theme, rules.TONE[theme.outcome]) for theme in self._themes]

    @cached_property
    def _themes(self) -> list[Theme]:
        found = list(self.dialogue.themes.select_related("problem"))
        for theme in found:
            theme.dialogue = self.dialogue
        return found

    @cached_property
    def proposals(self) -> Sequence[Proposal]:
        return list(self.dialogue.proposals.all())

    @cached_property
    def fixes(self) -> Sequence[QuickFix]:
        return list(self.dialogue.fixes.all())

    @cached_property
    def points(self) -> Sequence[WalkPoint]:
        return list(self.dialogue.points.all())

    @cached_property
    def hours(self) -> Sequence[DialogueHours]:
        return list(self.dialogue.hours.select_related("party__organisation"))

    @cached_property
    def problems(self) -> Sequence[Problem]:
        return list(self.dialogue.problems.all())

    @cached_property
    def results(self) -> Sequence[DialogueResult]:
        return list(self.dialogue.results.defer("frozen").select_related("published_by"))

    @cached_property
    def source(self) -> Source | None:
        """The source in a picture, if the person may read that picture."""
        chosen = self.dialogue.source_id
        return Source.objects.visible_to(self.user).filter(pk=chosen).first() if chosen else None

    @cached_property
    def questions(self) -> int:
        return self.dialogue.questions.count() if self.dialogue.is_with_residents else 0

    @cached_property
    def replies(self) -> dict[str, int]:
        """How many replies there are of each status."""
        statuses = list(self.dialogue.replies.order_by().values_list("status", flat=True))
        return {status: statuses.count(status) for status in Reply.Status.values}

    @property
    def waiting(self) -> int:
        return self.replies[Reply.Status.WAITING]

    @property
    def reply_count(self) -> int:
        return sum(self.replies.values())

    @cached_property
    def may_write(self) -> bool:
        return rules.stands(rules.WRITE, self.dialogue) and rules.may(self.user, rules.WRITE, self.dialogue)

    @cached_property
    def may_moderate(self) -> bool:
        return rules.may(self.user, rules.MODERATE, self.dialogue)

    @property
    def may_publish(self) -> bool:
        return rules.may_publish(self.user, self.dialogue)

    @property
    def may_share(self) -> bool:
        return rules.may_share(self.dialogue) and rules.may(self.user, rules.SHARE, self.dialogue)

    @property
    def may_erase(self) -> bool:
        able = rules.stands(rules.ERASE, self.dialogue) and rules.may(self.user, rules.ERASE, self.dialogue)
        return able and bool(self.reply_count)

    @cached_property
    def steps(self) -> list[Step]:
        """The moves that are open now; closing waits until nothing is lacking."""
        return [one for one in rules.next_steps(self.user, self.dialogue) if one != rules.CLOSE or not self.missing]

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """What is lacking before a held dialogue may be closed."""
        if self.dialogue.status != rules.HELD:
            return []
        return rules.missing_to_close(self.dialogue, self._themes, self.waiting)

    @property
    def is_settled(self) -> bool:
        """Whether no move is what one comes here for."""
        return self.dialogue.status == rules.CLOSED

    @property
    def tone(self) -> str:
        return rules.TONE[self.dialogue.status]

    @property
    def is_awaiting_feedback(self) -> bool:
        return rules.is_awaiting_feedback(self.dialogue, self.day)

    @property
    def current(self) -> DialogueResult | None:
        """The version that residents can read."""
        newest = self.results[0] if self.results else None
        return newest if newest and newest.withdrawn_at is None else None

    @cached_property
    def stages(self) -> list[Stage]:
        """Plan, what was heard, answers, feedback, end: which are done, and which comes now."""
        done = [
            self.dialogue.status != rules.PLANNED,
            bool(self._themes),
            bool(self._themes) and all(theme.outcome for theme in self._themes),
            bool(self.dialogue.feedback),
            self.dialogue.status == rules.CLOSED,
        ]
        answered = sum(bool(theme.outcome) for theme in self._themes)
        notes = (
            "genomförd" if done[0] else self.dialogue.get_status_display().lower(),
            plural(len(self._themes), "tema", "teman"),
            f"{answered} av {len(self._themes)} besvarade",
            "lämnad" if done[3] else "saknas",
            "avslutad" if done[4] else "inte ännu",
        )
        titles = ("Håll dialogen", "Skriv in vad ni hörde", "Besvara temana", "Återkoppla", "Avsluta")
        now = next((place for place, one in enumerate(done) if not one), None)
        states = ["done" if one else "now" if place == now else "todo" for place, one in enumerate(done)]
        return [Stage(*one) for one in zip(titles, states, notes, strict=True)]

    @cached_property
    def events(self) -> Sequence[Event]:
        rows = (*self._themes, *self.proposals, *self.fixes, *self.points, *self.hours)
        return list(Event.objects.about(self.dialogue, *rows))
