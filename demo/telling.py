"""How a story's days are told: its calendar, its promises, its follow-ups, and the lines that were settled."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import citizen_promises.actions
import five_steps.actions
import followup.actions
from accounts.models import User
from agreements.models import Measure
from citizen_promises import approving, content
from citizen_promises.models import Channel, Promise, PromiseDocument
from citizen_promises.rules import APPROVE
from dialogues.models import Theme
from five_steps.handbook import LINES
from followup.models import FollowUp
from journal.models import Record
from journal.steps import record
from lib.dates import told_as_of
from partnerships.models import Cycle, Partnership

AnyRecord = TypeVar("AnyRecord", bound=Record)


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


class Afterwards:
    """A history's days, and what is told of them when the work is under way."""

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

    # --- What we promise, and what came of it ---

    def promises(
        self,
        *,
        by: User,
        day: dt.date,
        promises: list[dict[str, Any]],
        publish: bool = True,
        channels: Sequence[tuple[str, str, dt.date]] = (),
        **fields: Any,
    ) -> PromiseDocument:
        """A document with its promises; each may carry "outcomes", "settled" (status, reason) and "feedback".

        Published, it is first approved by everybody who promises, and made known in the channels (kind, what, day).
        """
        with self.on(day):
            document = keep(PromiseDocument, by=by, partnership=self.partnership, cycle=self.cycle, **fields)
            made = [self._promise(document, by, number, dict(one)) for number, one in enumerate(promises, start=1)]
            if publish:
                self._approve(document, by)
                citizen_promises.actions.publish(document, by=by)
        for kind, what, told_on in channels:
            with self.on(told_on):
                keep(Channel, by=by, label="Kanal registrerad", document=document, kind=kind, text=what, day=told_on)
        for promise, afterwards in made:
            self._afterwards(promise, by, **afterwards)
        return document

    def themes(self, *titles: str) -> list[Theme]:
        """What residents have said in the partnership's dialogues, by its title."""
        return list(Theme.objects.filter(dialogue__partnership=self.partnership, title__in=titles))

    def _approve(self, document: PromiseDocument, by: User) -> None:
        """Each side that promises says yes: `by` for the own one, somebody of the other party for the other."""
        roles, checksum = APPROVE.roles, content.checksum_of(document)
        people = [by, *User.objects.filter(is_active=True).order_by("pk")]
        for side in approving.lacking(document, checksum):
            person = next(one for one in people if side in approving.sides_of(one, document, roles))
            citizen_promises.actions.approve(document, by=person, checksum=checksum)

    def _promise(
        self, document: PromiseDocument, by: User, order: int, fields: dict[str, Any]
    ) -> tuple[Promise, dict[str, Any]]:
        afterwards: dict[str, Any] = {
            name: fields.pop(name) for name in ("outcomes", "settled", "feedback") if name in fields
        }
        many: dict[str, list[Any]] = {
            name: fields.pop(name) for name in ("measures", "themes", "parties") if name in fields
        }
        return keep(Promise, by=by, many=many, document=document, order=order, **fields), afterwards

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
