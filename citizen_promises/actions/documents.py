"""A document is written as a draft, approved by both sides, published at once or at a set time, and closed.

Every verb holds the document's row first, so that a text can never slip in beside its own approval or publication.
"""

import datetime as dt
import logging
from typing import Any, TypeVar

from django.db import DatabaseError, transaction
from django.db.models import F

from accounts.models import User
from agreements.models import Goal, Measure
from citizen_promises import approving, content, rules
from citizen_promises.actions import themes
from citizen_promises.models import Promise, PromiseDocument
from journal.steps import NotAllowed, Refused, Step, lock, record, take
from lib import canonical
from lib.dates import now, today
from lib.swedish import listing, moment
from partnerships.queries import open_cycle

AnyRow = TypeVar("AnyRow", PromiseDocument, Promise)
logger = logging.getLogger(__name__)

EMPTY = "Det finns inget att godkänna än. Lägg till minst ett löfte först."
REWRITTEN = "Texten har ändrats sedan du öppnade sidan. Läs igenom den och godkänn igen."
ANOTHER_PERSON = "Du har redan godkänt texten. En annan person godkänner för den andra sidan."
YOURS_IS_GIVEN = "Er sida har redan godkänt texten, eller lovar inget i den. Nu väntar den på den andra sidan."
SIGNED_ALREADY = "En part har redan undertecknat. Den underskriften behöver återtas innan texten kan ändras."
PASSED = "Tiden har redan passerat. Ange en tid som kommer, eller publicera nu."
BEFORE_THE_OLD = "De nya löftena måste börja gälla senare än dem som de ersätter. Ändra datumet."
READ_ANOTHER = "Texten är en annan än den som du läste. Läs den igen."


def held(document: PromiseDocument, step: Step) -> PromiseDocument:
    """The document, fresh and held until the transaction ends. Raises NotAllowed where the step is closed.

    If its set time has come and no worker has been there yet, it is entered as published first.
    """
    fresh = lock(document)
    if fresh.is_due:
        _enter(fresh)
    if not rules.stands(step, fresh):
        raise NotAllowed(step, fresh)
    return fresh


@transaction.atomic
def approve(document: PromiseDocument, *, by: User, checksum: str) -> None:
    """One side's yes to the text with the checksum (as the person saw it); the last one freezes it."""
    fresh = held(document, rules.APPROVE)
    frozen = content.of(fresh)
    if not frozen["promises"]:
        raise Refused(rules.APPROVE, document, EMPTY)
    if canonical.checksum(frozen) != checksum:
        raise Refused(rules.APPROVE, document, REWRITTEN)
    if fresh.replaces and fresh.starts <= fresh.replaces.starts:
        raise Refused(rules.APPROVE, document, BEFORE_THE_OLD)
    if any(one.approved_by_id == by.pk for one in approving.given(fresh, checksum)):
        raise Refused(rules.APPROVE, document, ANOTHER_PERSON)
    waiting = approving.lacking(fresh, checksum)
    mine = [side for side in waiting if side in approving.sides_of(by, fresh, rules.APPROVE.roles)]
    if not mine:
        raise Refused(rules.APPROVE, document, YOURS_IS_GIVEN)
    fresh.approvals.create(side=mine[0], checksum=checksum, approved_by=by)
    said = f"För {mine[0].label.lower()}. Kontrollsumma {checksum}"
    if waiting == mine[:1]:
        take(rules.APPROVE, document, by=by, note=said, frozen=frozen, checksum=checksum, approved_at=now())
    else:
        record(document, "approved_by_side", "Godkänt av en sida", by=by, note=said)


@transaction.atomic
def back_to_draft(document: PromiseDocument, *, by: User) -> None:
    """Open the approved text for writing again: its approvals and its set time are gone. Refused once it is signed."""
    fresh = held(document, rules.BACK_TO_DRAFT)
    if fresh.signatures.exists():
        raise Refused(rules.BACK_TO_DRAFT, document, SIGNED_ALREADY)
    nothing: dict[str, Any] = {
        "frozen": None,
        "checksum": "",
        "approved_at": None,
        "publish_at": None,
        "scheduled_by": None,
    }
    take(rules.BACK_TO_DRAFT, document, by=by, **nothing)
    fresh.approvals.all().delete()


@transaction.atomic
def publish(document: PromiseDocument, *, by: User, checksum: str = "") -> None:
    """Show the approved text to everyone, now. `checksum`, if given, is that of the text that was read."""
    fresh = held(document, rules.PUBLISH)
    if checksum not in ("", fresh.checksum):
        raise Refused(rules.PUBLISH, document, READ_ANOTHER)
    mine: dict[str, Any] = {"published_at": now(), "published_by": by, "publish_at": None, "scheduled_by": None}
    take(rules.PUBLISH, document, by=by, **mine)
    _let_it_replace(fresh)


@transaction.atomic
def schedule(document: PromiseDocument, *, by: User, at: dt.datetime) -> None:
    """Set the time at which everyone can read the approved text; another time may be set until then."""
    fresh = held(document, rules.SCHEDULE)
    if at <= now():
        raise Refused(rules.SCHEDULE, document, PASSED)
    _set_time(fresh, rules.SCHEDULE, at, by)
    document.refresh_from_db()


@transaction.atomic
def unschedule(document: PromiseDocument, *, by: User) -> None:
    """Take the set time back. Raises NotAllowed once it has come: then the text is published."""
    _set_time(held(document, rules.UNSCHEDULE), rules.UNSCHEDULE, None, by)
    document.refresh_from_db()


def publish_due() -> list[int]:
    """Enter as published what has become so by the clock; the ids.

    Each in a transaction of its own, under its lock: a worker that is killed leaves the rest for the next round, and
    two at the same moment enter each document once.
    """
    entered = []
    for document in PromiseDocument.objects.due(now()).only("pk", "status").order_by("publish_at", "pk"):
        try:
            with transaction.atomic():
                fresh = lock(document)
                if fresh.is_due:
                    _enter(fresh)
                    entered.append(fresh.pk)
        except DatabaseError:
            logger.exception("promise document %s could not be entered as published; the next round tries", document.pk)
    return entered


@transaction.atomic
def close(document: PromiseDocument, *, by: User) -> None:
    """Close the document, if residents have been told how every promise went."""
    fresh = held(document, rules.CLOSE)
    lacking = rules.lacking_to_close(list(fresh.promises.all()))
    if lacking:
        raise Refused(rules.CLOSE, document, f"Löftena kan inte avslutas än: {listing(lacking)}.")
    take(rules.CLOSE, document, by=by, closed_at=now(), closed_by=by)


@transaction.atomic
def reopen(document: PromiseDocument, *, by: User, reason: str) -> None:
    """Open a closed document, to correct what was told."""
    held(document, rules.REOPEN)
    take(rules.REOPEN, document, by=by, note=reason, closed_at=None, closed_by=None)


@transaction.atomic
def withdraw(document: PromiseDocument, *, by: User, reason: str) -> None:
    """Take the text down. Residents are told that it has been withdrawn, and why; what it replaced holds again."""
    fresh = held(document, rules.WITHDRAW)
    gone = {"withdrawn_reason": reason, "withdrawn_at": now(), "withdrawn_by": by, "closed_at": None, "closed_by": None}
    take(rules.WITHDRAW, document, by=by, note=reason, **gone)
    if fresh.replaces_id:
        PromiseDocument.objects.filter(pk=fresh.replaces_id).update(replaced_from=None, revision=F("revision") + 1)
    for promise in fresh.promises.all():
        themes.let_go(promise, promise.themes.all(), by=by)


@transaction.atomic
def renew(document: PromiseDocument, *, by: User) -> PromiseDocument:
    """A draft of the next promises, begun from these. Asked twice, the same draft is given back.

    What the promises are and rest on goes along; what came of them does not. When the new ones are published, the old
    ones hold until the day before.
    """
    old = held(document, rules.RENEW)
    begun = PromiseDocument.objects.filter(replaces=old).exclude(status=PromiseDocument.Status.WITHDRAWN).first()
    if begun:
        return begun
    starts = max((old.ends or today()), old.starts) + dt.timedelta(days=1)
    own = {"diary_municipality": "", "diary_police": "", "starts": starts, "ends": None, "version": old.version + 1}
    cycle = open_cycle(old.partnership, old.municipality) or old.cycle
    new = _copy(old, by, replaces=old, cycle=cycle, **own)
    new.goals.set(old.goals.exclude(status=Goal.Status.DROPPED))
    for promise in old.promises.all():
        copied = _copy(promise, by, document=new, feedback="", feedback_on=None)
        copied.parties.set(promise.parties.filter(left=None))
        copied.measures.set(promise.measures.filter(status__in=Measure.LIVE_STATUSES))
        copied.themes.set(promise.themes.all())
        themes.tie(copied, [], by=by)
    record(new, rules.RENEW.verb, f"Utkast påbörjat ur {old}", by=by)
    return new


def _copy(row: AnyRow, by: User, **changes: Any) -> AnyRow:
    """A new record with what people have typed in the old one."""
    typed = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.editable}
    typed.pop("id", None)
    new: AnyRow = type(row)._default_manager.create(**{**typed, **changes, "created_by": by})
    return new


def _set_time(document: PromiseDocument, step: Step, at: dt.datetime | None, by: User) -> None:
    was = document.publish_at
    mine = {"publish_at": at, "scheduled_by": by if at else None}
    PromiseDocument.objects.filter(pk=document.pk).update(**mine, revision=F("revision") + 1)
    change = {"label": "Publiceras", "from": moment(was) if was else "", "to": moment(at) if at else ""}
    record(document, step.verb, step.in_the_book, by=by, publish_at=change)


def _enter(document: PromiseDocument) -> None:
    """Write in the book what the clock has decided: published at the set time, by the one who set it."""
    assert document.scheduled_by is not None
    mine = {"published_at": document.publish_at, "published_by": document.scheduled_by}
    take(rules.PUBLISH, document, by=document.scheduled_by, note="På den tid som var bestämd.", **mine)
    _let_it_replace(document)


def _let_it_replace(document: PromiseDocument) -> None:
    if document.replaces_id:
        replaced = PromiseDocument.objects.filter(pk=document.replaces_id)
        replaced.update(replaced_from=document.starts, revision=F("revision") + 1)
