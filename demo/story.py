"""Tells what happened in a partnership, day by day, through the rooms' own actions.

A case is a function that takes a Story and says who did what and when; nothing is written past the rooms' rules.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import agreements.actions
import citizen_promises.actions
import five_steps.actions
import followup.actions
import partnerships.actions
import situation.actions
import situation.analysing
from accounts.models import Organisation, User
from agreements.models import Agreement, Measure, MeasureLog
from agreements.rules import CANCEL, DECIDE, FINISH_DONE, FINISH_NOT_DONE, FINISH_PARTLY, START
from citizen_promises.models import Promise, PromiseDocument
from five_steps.handbook import LINES
from followup.models import FollowUp
from journal.models import Record
from journal.steps import record, take
from lib.dates import told_as_of
from municipalities.models import LocalPoliceArea, Municipality
from partnerships.models import Cycle, Group, Partnership, Party, Seat
from partnerships.rules import CLOSE
from situation.models import Cause, CauseAnalysis, Picture, Problem

AnyRecord = TypeVar("AnyRecord", bound=Record)
FINISH = {"done": FINISH_DONE, "partly": FINISH_PARTLY, "not_done": FINISH_NOT_DONE}


def keep(
    model: type[AnyRecord], *, by: User, label: str = "Skapad", many: dict[str, list[Any]] | None = None, **fields: Any
) -> AnyRecord:
    """Write a record as its form would: validated in full, and entered in the book."""
    made = model(created_by=by, **fields)
    made.full_clean(exclude=["created_by"])
    made.save()
    for name, others in (many or {}).items():
        getattr(made, name).set(others)
    record(made, "created", label, by=by)
    return made


class Story:
    """One partnership's history, with short names for its people and parties."""

    def __init__(self, *, police: User, today: dt.date) -> None:
        self.today = today
        self.police_user = police
        self.partnership: Partnership
        self.cycle: Cycle

    def day(self, days_ago: int) -> dt.date:
        return self.today - dt.timedelta(days=days_ago)

    @contextmanager
    def on(self, day: dt.date) -> Iterator[None]:
        """Inside, it is that day."""
        with told_as_of(day):
            yield

    # --- Who ---

    def begin(
        self,
        name: str,
        organisations: list[str],
        *,
        area: str,
        day: dt.date,
        cycle: str,
        ends: dt.date,
        about: str = "",
    ) -> None:
        """The partnership starts with its first cycle."""
        areas = LocalPoliceArea.objects.filter(name=area)
        with self.on(day):
            self.partnership = partnerships.actions.start(
                by=self.police_user,
                day=day,
                name=name,
                about=about,
                cycle_name=cycle,
                starts=day,
                ends=ends,
                organisations=[Organisation.objects.get(name=one) for one in organisations],
                local_police_areas=areas,
            )
        self.cycle = self.partnership.cycles.get()

    def next_cycle(self, name: str, *, day: dt.date, ends: dt.date, reason: str) -> None:
        """The open cycle is closed and the next one opened."""
        with self.on(day):
            take(CLOSE, self.cycle, by=self.police_user, note=reason, closed_on=day, closed_reason=reason)
            self.cycle = partnerships.actions.open_cycle(
                self.partnership, by=self.police_user, name=name, starts=day, ends=ends
            )

    def party(self, organisation: str) -> Party:
        return self.partnership.parties.select_related("organisation").get(organisation__name=organisation)

    def user(self, email: str) -> User:
        return User.objects.get(email=email)

    def municipality(self, slug: str) -> Municipality:
        return Municipality.objects.get(slug=slug)

    def fill(self, organisation: str, function: str, holder: str, day: dt.date, **more: Any) -> None:
        """Somebody takes the party's function."""
        seat = self.partnership.seats.filter(organisation__name=organisation, function=function).first()
        with self.on(day):
            if seat is None:
                seat = keep(
                    Seat,
                    by=self.police_user,
                    partnership=self.partnership,
                    function=function,
                    starts=day,
                    organisation=self.party(organisation).organisation,
                )
            partnerships.actions.fill(seat, by=self.police_user, starts=day, name=holder, **more)

    def vacate(self, organisation: str, function: str, last_day: dt.date) -> None:
        seat = self.partnership.seats.get(organisation__name=organisation, function=function)
        with self.on(last_day):
            partnerships.actions.vacate(seat.holdings.get(ends=None), by=self.police_user, ends=last_day)

    def group(self, kind: str, name: str, day: dt.date, rhythm: str = "", municipality: str = "") -> None:
        place = self.municipality(municipality) if municipality else None
        with self.on(day):
            keep(
                Group,
                by=self.police_user,
                partnership=self.partnership,
                kind=kind,
                name=name,
                rhythm=rhythm,
                municipality=place,
                starts=day,
            )

    # --- What we know ---

    def picture(
        self, *, by: User, day: dt.date, sources: list[dict[str, Any]], owner: str = "", **fields: Any
    ) -> Picture:
        """A picture that is marked ready the same day."""
        with self.on(day):
            picture = keep(
                Picture,
                by=by,
                partnership=self.partnership,
                cycle=self.cycle,
                owner=self.party(owner) if owner else None,
                **fields,
            )
            for source in sources:
                keep(situation.models.Source, by=by, label="Källa tillagd", picture=picture, **source)
            situation.actions.mark_ready(picture, by=by)
        return picture

    def problem(self, *, by: User, day: dt.date, **fields: Any) -> Problem:
        """A problem, known but not weighed."""
        with self.on(day):
            return keep(Problem, by=by, partnership=self.partnership, cycle=self.cycle, **fields)

    # --- What we agree ---

    def analyse(self, problem: Problem, *, by: User, day: dt.date, causes: list[dict[str, Any]], **fields: Any) -> None:
        """A cause analysis that was done in one meeting. A cause may name the place of its parent in the list."""
        with self.on(day):
            met: dict[str, Any] = {"police_took_part": True, "municipality_took_part": True, "held_on": day}
            analysis = keep(
                CauseAnalysis,
                by=by,
                label="Orsaksanalys påbörjad",
                partnership=self.partnership,
                problem=problem,
                **met,
                **fields,
            )
            made: list[Cause] = []
            for number, cause in enumerate(causes, start=1):
                behind = cause.pop("behind", None)
                parent = None if behind is None else made[behind]
                made.append(
                    keep(Cause, by=by, label="Orsak tillagd", analysis=analysis, number=number, parent=parent, **cause)
                )
            if problem.cycle.status == Cycle.Status.OPEN:  # what is entered afterwards is not settled afterwards
                situation.analysing.conclude(analysis, by=by)

    def agreement(
        self, *, by: User, day: dt.date, parties: list[str], problems: list[Problem] | None = None, **fields: Any
    ) -> Agreement:
        with self.on(day):
            return keep(
                Agreement,
                by=by,
                partnership=self.partnership,
                cycle=self.cycle,
                many={"parties": [self.party(one) for one in parties], "problems": list(problems or [])},
                **fields,
            )

    def sign(
        self,
        agreement: Agreement,
        day: dt.date,
        signatures: list[tuple[User, str, str, str, bool]],
        *,
        registered: dt.date | None = None,
    ) -> None:
        """The text is sent for signing and every party signs: (who registers, party, function, name, acting).

        `registered` when an old agreement is entered afterwards.
        """
        with self.on(registered or day):
            agreements.actions.propose(agreement, by=signatures[0][0])
            for user, party, function, name, acting in signatures:
                agreement.refresh_from_db()
                agreements.actions.sign(
                    agreement,
                    by=user,
                    party=self.party(party),
                    checksum=agreement.checksum,
                    function=function,
                    name=name,
                    acting=acting,
                    place="",
                    signed_on=day,
                )
        agreement.refresh_from_db()

    def measure(
        self,
        *,
        by: User,
        day: dt.date,
        responsible: str,
        log: list[tuple[dt.date, str, int]] | None = None,
        finished: str = "",
        finished_why: str = "",
        cancelled: str = "",
        started: bool = True,
        finished_on: dt.date | None = None,
        assessed: tuple[str, str] | None = None,
        registered: dt.date | None = None,
        many: dict[str, list[Any]] | None = None,
        **fields: Any,
    ) -> Measure:
        """A decided measure, with its running log, how it ended, and what it led to (colour, words)."""
        with self.on(day):
            measure = keep(
                Measure,
                by=by,
                partnership=self.partnership,
                cycle=self.cycle,
                responsible=self.party(responsible),
                many=many,
                **fields,
            )
            agreements.actions.move(DECIDE, measure, by=by)
        if started:
            with self.on(max(day, measure.starts)):
                agreements.actions.move(START, measure, by=by)
        for when, text, count in log or []:
            with self.on(registered or when):
                keep(MeasureLog, by=by, measure=measure, day=when, text=text, count=count)
        with self.on(finished_on or self.today):
            if finished:
                how = {"assessment": assessed[0], "assessment_text": assessed[1]} if assessed else {}
                agreements.actions.move(FINISH[finished], measure, by=by, note=finished_why, **how)
            if cancelled:
                agreements.actions.move(CANCEL, measure, by=by, note=cancelled)
        return measure

    # --- What we promise, and what came of it ---

    def promises(
        self, *, by: User, day: dt.date, promises: list[dict[str, Any]], publish: bool = True, **fields: Any
    ) -> PromiseDocument:
        """A document with its promises; each may carry "outcomes", "settled" (status, reason) and "feedback"."""
        with self.on(day):
            document = keep(PromiseDocument, by=by, partnership=self.partnership, cycle=self.cycle, **fields)
            made = [self._promise(document, by, number, dict(one)) for number, one in enumerate(promises, start=1)]
            if publish:
                citizen_promises.actions.publish(document, by=by)
        for promise, afterwards in made:
            self._afterwards(promise, by, **afterwards)
        return document

    def _promise(
        self, document: PromiseDocument, by: User, order: int, fields: dict[str, Any]
    ) -> tuple[Promise, dict[str, Any]]:
        afterwards: dict[str, Any] = {
            name: fields.pop(name) for name in ("outcomes", "settled", "feedback") if name in fields
        }
        return keep(Promise, by=by, document=document, order=order, **fields), afterwards

    def _afterwards(
        self,
        promise: Promise,
        by: User,
        outcomes: list[tuple[dt.date, int, str]] | None = None,
        settled: tuple[dt.date, str, str] | None = None,
        feedback: tuple[dt.date, str] | None = None,
    ) -> None:
        for day, count, text in outcomes or []:
            with self.on(day):
                citizen_promises.actions.add_outcome(promise, by=by, day=day, count=count, text=text)
        if settled:
            with self.on(settled[0]):
                citizen_promises.actions.settle(promise, by=by, status=settled[1], reason=settled[2])
        if feedback:
            with self.on(feedback[0]):
                promise.refresh_from_db()
                citizen_promises.actions.give_feedback(promise, by=by, text=feedback[1], day=feedback[0])

    def follow_up(self, subject: Measure | Promise, *, by: User, day: dt.date, **fields: Any) -> FollowUp:
        """A finished follow-up of a measure or a promise."""
        with self.on(day):
            made = keep(FollowUp, by=by, **followup.actions.belonging(subject), **fields)
            followup.actions.finish(made, by=by)
        return made

    # --- The five steps ---

    def confirm(
        self, day: dt.date, codes: str, police: User, municipality: User, note: str = "Bekräftat i styrgruppen."
    ) -> None:
        """Settle lines: those of one side by that side's own coordinator."""
        with self.on(day):
            for code in codes.split():
                by = municipality if LINES[code].side == "municipality" else police
                five_steps.actions.confirm(self.cycle, code, by=by, note=note)
