"""Tells what happened in a partnership, day by day, through the rooms' own actions.

A case is a function that takes a Story and says who did what and when; nothing is written past the rooms' rules.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import agreements.actions
import partnerships.actions
import situation.actions
import situation.actions.analysing
from accounts.models import Organisation, User
from agreements.models import Agreement, Measure, MeasureLog
from agreements.rules import CANCEL, DECIDE, FINISH_DONE, FINISH_NOT_DONE, FINISH_PARTLY, START
from demo.telling import Afterwards, keep
from journal.steps import take
from municipalities.models import LocalPoliceArea, Municipality
from partnerships.models import Cycle, Group, Party, Seat
from partnerships.rules import CLOSE
from situation.models import Cause, CauseAnalysis, Picture, Problem

FINISH = {"done": FINISH_DONE, "partly": FINISH_PARTLY, "not_done": FINISH_NOT_DONE}


class Story(Afterwards):
    """One partnership's history, with short names for its people and parties."""

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
        self,
        *,
        by: User,
        day: dt.date,
        sources: list[dict[str, Any]],
        problems: list[dict[str, Any]],
        owner: str = "",
        merged_from: Sequence[Picture] = (),
        **fields: Any,
    ) -> Picture:
        """A picture that is marked ready the same day. A problem may name its sources, by place in the list."""
        with self.on(day):
            picture = keep(
                Picture,
                by=by,
                partnership=self.partnership,
                cycle=self.cycle,
                owner=self.party(owner) if owner else None,
                many={"own_pictures": list(merged_from)},
                **fields,
            )
            made = [
                keep(situation.models.Source, by=by, label="Källa tillagd", picture=picture, **source)
                for source in sources
            ]
            for problem in problems:
                shown_by = [made[place] for place in problem.pop("shown_by", ())]
                many = {"sources": shown_by, "taken_from": problem.pop("taken_from", [])}
                self.problem(by=by, day=day, picture=picture, many=many, **problem)
            situation.actions.mark_ready(picture, by=by)
        return picture

    def problem(self, *, by: User, day: dt.date, **fields: Any) -> Problem:
        """A problem, known but not weighed."""
        with self.on(day):
            return keep(Problem, by=by, partnership=self.partnership, cycle=self.cycle, **fields)

    # --- What we agree ---

    def analyse(self, problem: Problem, *, by: User, day: dt.date, causes: list[dict[str, Any]], **fields: Any) -> None:
        """A cause analysis that was done in one meeting. A cause may name the place of its parent in the list.

        It rests on the sources of the problem, and the chosen causes are in the order in which they are told.
        """
        with self.on(day):
            met: dict[str, Any] = {"police_took_part": True, "municipality_took_part": True, "held_on": day}
            analysis = keep(
                CauseAnalysis,
                by=by,
                label="Orsaksanalys påbörjad",
                partnership=self.partnership,
                problem=problem,
                many={"sources": list(problem.sources.all())},
                **met,
                **fields,
            )
            made: list[Cause] = []
            for number, cause in enumerate(causes, start=1):
                behind = cause.pop("behind", None)
                parent = None if behind is None else made[behind]
                if cause.get("chosen"):
                    cause["priority"] = 1 + sum(one.chosen for one in made)
                made.append(
                    keep(Cause, by=by, label="Orsak tillagd", analysis=analysis, number=number, parent=parent, **cause)
                )
            if problem.cycle.status == Cycle.Status.OPEN:  # what is entered afterwards is not settled afterwards
                situation.actions.analysing.conclude(analysis, by=by)

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
                    way="in_person",
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
                **_told(fields, many),
            )
            agreements.actions.move(DECIDE, measure, by=by, decided_by="Styrgruppen")
        if started:
            with self.on(max(day, measure.starts)):
                agreements.actions.move(START, measure, by=by)
        for when, text, count in log or []:
            with self.on(registered or when):
                keep(MeasureLog, by=by, measure=measure, day=when, text=text, count=count)
        with self.on(finished_on or self.today):
            if finished and assessed:
                how = {"assessment": assessed[0], "assessment_text": assessed[1]}
                agreements.actions.move(FINISH[finished], measure, by=by, note=finished_why, **how)
            elif finished:  # as those stand that ended before an assessment was asked for
                take(FINISH[finished], measure, by=by, note=finished_why)
            if cancelled:
                agreements.actions.move(CANCEL, measure, by=by, note=cancelled)
        return measure


def _told(fields: dict[str, Any], many: dict[str, list[Any]] | None) -> dict[str, Any]:
    """The measure's fields with what is demanded of a decided one, where the case says nothing else."""
    told = {"term": "short", "manner": "ordinary"} | fields
    if told.get("planned_count") is None and not (many or {}).get("goals"):
        told.setdefault("untold_reason", "Överenskommelsen angav varken mål eller antal för åtgärden.")
    return told
