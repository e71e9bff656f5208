"""The page of a partnership, of a municipality in it, or of an earlier cycle: one page, brought together here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from agreements.models import Measure
from agreements.queries import of_place, that_counts
from five_steps.evidence import collect
from five_steps.facts import Facts, gather
from five_steps.models import StepLine
from five_steps.places import address_for
from five_steps.proof import is_readable, parties_of_reader, seen_by
from five_steps.status import Board, ShownLine, ShownStep, board
from lib.swedish import date as sv_date
from lib.swedish import listing, period
from municipalities.models import Municipality
from overview import cards, figures, history
from overview.next_step import NextStep, next_step
from partnerships.models import Cycle, Partnership
from partnerships.rules import is_member, may_edit
from situation.models import Picture, Problem
from situation.queries import legal_decisions

ROOMS = {
    "Organisation": "partnerships:organisation",
    "Lägesbilder": "situation:index?samverkan",
    "Problem": "situation:problems?samverkan",
    "Överenskommelser": "agreements:index?samverkan",
    "Åtgärder": "agreements:measures?samverkan",
    "Åtgärdsplaner": "agreements:plans?samverkan",
    "Dialoger": "dialogues:index?samverkan",
    "Medborgarlöften": "citizen_promises:documents?samverkan",
    "Uppföljningar": "followup:index?samverkan",
    "Omgångar": "partnerships:cycles",
}
SHOWN_RECORDS = 2  # of each line, with its address
TICKS = {"done": "done", "ongoing": "now", "not_started": "todo", "not_applicable": "off"}


@dataclass
class Workspace:
    """Everything on the page as it stands on the day, for one reader. About a dozen queries, whatever it holds."""

    user: User
    partnership: Partnership
    municipality: Municipality | None
    cycle: Cycle  # unsaved when the partnership has never had one
    cycles: Sequence[Cycle]
    day: dt.date

    @cached_property
    def member(self) -> bool:
        return is_member(self.user, self.partnership)

    @cached_property
    def may_edit(self) -> bool:
        return may_edit(self.user, self.partnership)

    @cached_property
    def facts(self) -> Facts:
        return gather([self.cycle], self.day)[self.cycle.pk]

    @cached_property
    def rows(self) -> list[StepLine]:
        return list(StepLine.objects.filter(cycle=self.cycle.pk)) if self.cycle.pk else []

    @cached_property
    def board(self) -> Board:
        found = collect(self.facts, seen_by(self.user, self.facts, member=self.member))
        return board(self.facts, self.rows, found)

    @cached_property
    def municipalities(self) -> list[Municipality]:
        return list(self.partnership.municipalities())

    @property
    def others(self) -> list[Municipality]:
        """The municipalities of the partnership that the page is not about."""
        return [place for place in self.municipalities if place != self.municipality]

    @cached_property
    def is_open(self) -> bool:
        return bool(self.cycle.pk) and self.cycle.status == Cycle.Status.OPEN

    @property
    def is_shared(self) -> bool:
        """Whether the lines are about more municipalities than the one of the page."""
        return bool(self.municipality and self.others and not self.cycle.municipality_id)

    @property
    def is_earlier(self) -> bool:
        """Whether the cycle is over and is not the one that the place's own page shows."""
        current = cycle_for(self.cycles, self.municipality)
        return bool(self.cycle.pk and not self.is_open and current and current.pk != self.cycle.pk)

    @property
    def title(self) -> str:
        place = str(self.municipality or self.partnership)
        return f"{place}: tidigare omgång" if self.is_earlier else place

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way here: by the municipality's county, or by the list of partnerships."""
        municipalities = ("Kommuner", reverse("overview:municipalities"))
        here = [(str(self.municipality or self.partnership), self._current_url if self.is_earlier else "")]
        if self.is_earlier:
            here.append((str(self.cycle), ""))
        if not self.municipality:
            return [municipalities, ("Samverkan", reverse("partnerships:index")), *here]
        county = self.municipality.county
        return [municipalities, (county.name, f"{municipalities[1]}?lan={county.code}"), *here]

    @property
    def _current_url(self) -> str:
        """The page of the place as it is now."""
        if self.municipality:
            return reverse("overview:municipality", args=[self.municipality.slug])
        return self.partnership.get_absolute_url()

    @cached_property
    def problems(self) -> list[Problem]:
        mine = parties_of_reader(self.user, self.facts)
        found = [one for one in self.facts.prioritised if cards.concerns(one, self.municipality)]
        return [one for one in found if is_readable(one, mine)] if self.member else found

    @cached_property
    def measures(self) -> list[Measure]:
        return [one for one in self.facts.measures if cards.concerns(one, self.municipality)]

    @property
    def problem_rows(self) -> list[cards.ProblemRow]:
        return cards.problem_rows(self.problems, self.measures)

    @property
    def work_in_counts(self) -> list[tuple[str, str]]:
        return cards.work_in_counts(self.problems, self.measures)

    @property
    def agreement_rows(self) -> list[cards.AgreementRow]:
        return cards.agreement_rows(self.facts, self.municipality, member=self.member)

    @cached_property
    def law(self) -> cards.LawRow | None:
        """When the law wants a new lägesbild; on a municipality's own page, for the duty is the municipality's."""
        if not self.municipality:
            return None
        decided = legal_decisions([self.municipality]).get(self.municipality.pk)
        read = Picture.objects.visible_to(self.user).filter(pk=decided.picture_id or 0) if decided else None
        return cards.law_row(decided, self.day, reads=self.member and read is not None and read.exists())

    @property
    def rooms(self) -> list[tuple[str, str]]:
        """The partnership's rooms, by name and address; the red thread is the cycle's."""
        rooms = [(title, address_for(place, self.partnership.pk)) for title, place in ROOMS.items()]
        return [("Röda tråden", self.thread_url), *rooms] if self.cycle.pk else rooms

    @property
    def thread_url(self) -> str:
        place = f"?kommun={self.municipality.slug}" if self.municipality else ""
        return reverse("overview:thread", args=[self.cycle.pk]) + place

    @property
    def next(self) -> NextStep | None:
        return next_step(self.board, self.facts, self.user) if self.is_open and self.member else None

    def sentence(self) -> str:
        """Which cycle, together with whom, and what the agreement says."""
        agreements = (a for a in self.facts.agreements if cards.concerns(a, self.municipality))
        holding = that_counts(of_place(agreements, self.municipality), self.day)
        agreement = cards.validity_sentence(holding, self.cycle.pk, self.day)
        return f"{self._cycle_sentence()} {agreement}"

    def _cycle_sentence(self) -> str:
        if not self.cycle.pk:
            return "Ingen samverkansomgång är öppnad."
        if self.cycle.status != Cycle.Status.OPEN:
            word = self.cycle.get_status_display().lower()
            return f"{self.cycle}, {word} {sv_date(self.cycle.closed_on)}."
        if self.cycle.municipality_id:
            return f"{self.cycle}, kommunens egen omgång."
        if not self.others:
            return f"{self.cycle}."
        places = listing([str(place) for place in self.others])
        return f"{self.cycle}, gemensam {'med' if self.municipality else 'för'} {places}."

    def track(self, query: QueryDict) -> list[dict[str, Any]]:
        """The five steps, each with an address that shows its lines and keeps the rest of the query."""
        steps = []
        for step in self.board.track:
            asked = query.copy()
            asked["steg"] = str(step["number"])
            steps.append({**step, "url": f"?{asked.urlencode()}#steg"})
        return steps

    def shown_step(self, asked: str) -> ShownStep:
        """The step that is asked for, or else the one under way."""
        by_number = {str(shown.step.number): shown for shown in self.board.steps}
        return by_number.get(asked, self.board.current)

    def lines(self, shown: ShownStep) -> list[dict[str, Any]]:
        """The step's lines as a task list, with what proves them."""
        return [self._line(line) for line in shown.lines]

    def _line(self, line: ShownLine) -> dict[str, Any]:
        evidence = line.evidence
        records = [*(evidence.lacking if self.is_open else ()), *evidence.proof] if self.member else []
        return {
            "title": line.line.short,
            "url": reverse("five_steps:line", args=[self.cycle.pk, line.line.code]) if self.cycle.pk else "",
            "state": TICKS[line.status],
            "text": line.told(member=self.member).removesuffix("."),
            "settled": f" · Bekräftad {sv_date(line.settled_on)}" if line.is_done else "",
            "records": records[:SHOWN_RECORDS],
            "more": len(records) > SHOWN_RECORDS,
            "lacking": bool(evidence.lacking) and self.is_open,
            "word": line.word,
            "tone": line.tone,
        }

    @cached_property
    def promise_rows(self) -> list[cards.PromiseRow]:
        documents = cards.documents_for(self.facts, self.municipality, member=self.member)
        shown = {document.pk for document in documents}
        return cards.promise_rows([one for one in self.facts.promises if one.document_id in shown])

    @cached_property
    def seat_rows(self) -> list[cards.SeatRow]:
        seats = [seat for seat in self.facts.seats if cards.concerns(seat, self.municipality)]
        places = {} if self.municipality else {m.pk: m.name for m in self.municipalities}
        return cards.seat_rows(seats, self.day, places)

    def history(self) -> list[history.Happening]:
        return history.latest(self.facts, self.rows, parties_of_reader(self.user, self.facts)) if self.member else []

    def earlier(self) -> list[tuple[Cycle, str]]:
        """Other cycles with their years, newest first."""
        return [(cycle, period(cycle.starts, cycle.last_day)) for cycle in self.cycles if cycle.pk != self.cycle.pk]

    @cached_property
    def place(self) -> Municipality | None:
        """The municipality whose figures are shown: the page's own, or the only one there is."""
        if self.municipality:
            return self.municipality
        return self.municipalities[0] if len(self.municipalities) == 1 else None

    def charts(self) -> list[figures.Figure]:
        return figures.preview(self.place) if self.place else []


def cycle_for(cycles: Sequence[Cycle], municipality: Municipality | None) -> Cycle | None:
    """The municipality's own open cycle, else the common open one, else the latest that was common."""
    own = [c for c in cycles if municipality and c.municipality_id == municipality.pk]
    common = [c for c in cycles if c.municipality_id is None]
    is_open = Cycle.Status.OPEN
    return next(
        iter([c for c in own if c.status == is_open] or [c for c in common if c.status == is_open] or common), None
    )


def workspace(
    user: User, partnership: Partnership, municipality: Municipality | None, day: dt.date, cycle: Cycle | None = None
) -> Workspace:
    """The page's content; `cycle` when an earlier one is asked for."""
    cycles = list(partnership.cycles.order_by("-starts", "-pk"))
    if municipality:
        cycles = [c for c in cycles if c.municipality_id in (None, municipality.pk)]
    chosen = cycle or cycle_for(cycles, municipality) or Cycle(partnership=partnership, starts=day, status="closed")
    return Workspace(user, partnership, municipality, chosen, cycles, day)
