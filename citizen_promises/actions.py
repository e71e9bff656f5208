"""Promises are written as a draft, published once with their text frozen, and then accounted for.

Every verb holds the document's row first, so that a text can never slip in beside its own publication.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from citizen_promises import rules
from citizen_promises.models import Outcome, Promise, PromiseDocument
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Step, lock, record, take
from lib import canonical
from lib.dates import now, today

FEEDBACK = "Återkoppling till invånarna"
LOCKED = (
    "Löftena har fått ett annat läge sedan du öppnade sidan och kan inte längre ändras så här. "
    "Det du skrev står kvar nedanför men är inte sparat."
)


def frozen_text(document: PromiseDocument) -> dict[str, Any]:
    """All that residents will read, and nothing else: no functions, no measures, no names."""
    municipality = document.municipality
    promises = document.promises.select_related("party__organisation")
    return {
        "form": 1,
        "title": document.title,
        "municipality": {"code": municipality.code, "name": municipality.name},
        "starts": document.starts.isoformat(),
        "ends": document.ends.isoformat() if document.ends else None,
        "situation": document.situation,
        "how_made": document.how_made,
        "follow_up": document.follow_up,
        "promises": [_frozen_promise(promise) for promise in promises],
    }


def _frozen_promise(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.pk,
        "text": promise.text,
        "promiser": promise.promiser,
        "party": promise.party.organisation.name if promise.party else None,
        "why": promise.why,
        "planned_count": promise.planned_count,
        "unit": promise.unit,
        "per": promise.per,
        "basis": promise.basis,
    }


def held(document: PromiseDocument, step: Step) -> PromiseDocument:
    """The document, fresh and held until the transaction ends. Raises NotAllowed where the step is closed."""
    fresh = lock(document)
    if not rules.stands(step, fresh):
        raise NotAllowed(step, fresh)
    return fresh


@transaction.atomic
def publish(document: PromiseDocument, *, by: User, checksum: str = "") -> None:
    """Freeze the text and show it to everyone.

    `checksum`, if given, is that of the text that was read and approved. Raises NotAllowed if there is nothing to
    promise, or if the text has changed since it was read.
    """
    fresh = held(document, rules.PUBLISH)
    frozen = frozen_text(fresh)
    total = canonical.checksum(frozen)
    if not frozen["promises"] or checksum not in ("", total):
        raise NotAllowed(rules.PUBLISH, fresh)
    take(
        rules.PUBLISH,
        document,
        by=by,
        frozen=frozen,
        checksum=total,
        published_at=now(),
        published_by=by,
    )


def withdraw(document: PromiseDocument, *, by: User, reason: str) -> None:
    """Take the text down. Residents are told that it has been withdrawn, and why."""
    take(
        rules.WITHDRAW,
        document,
        by=by,
        note=reason,
        withdrawn_reason=reason,
        withdrawn_at=now(),
        withdrawn_by=by,
    )


@transaction.atomic
def save_promise(form: RecordForm, document: PromiseDocument, *, by: User) -> bool:
    """Add or change a promise of a draft; False, with a sentence in the form, if that failed."""
    if _is_locked(form, document, rules.WRITE):
        return False
    if form.instance.pk:
        return save_edit(form, by=by, label="Löftet ändrat")
    last = document.promises.aggregate(last=Max("order"))["last"] or 0
    save_new(form, by=by, label="Löfte tillagt", document=document, order=last + 1)
    return True


@transaction.atomic
def remove_promise(promise: Promise, *, by: User) -> None:
    """Take a promise out of a draft; its text stays in the document's history."""
    document = held(promise.document, rules.WRITE)
    text = {"label": "Löfte", "from": promise.text, "to": ""}
    record(document, "promise_removed", "Löfte borttaget", by=by, text=text)
    promise.delete()


@transaction.atomic
def add_outcome(promise: Promise, *, by: User, day: dt.date, text: str, count: int = 0) -> Outcome:
    """Tell what happened with a published promise. Raises NotAllowed where it is not published."""
    held(promise.document, rules.ACCOUNT)
    outcome = Outcome.objects.create(promise=promise, created_by=by, day=day, text=text, count=count)
    record(outcome, "created", "Utfall redovisat", by=by)
    return outcome


@transaction.atomic
def save_outcome(form: RecordForm, *, by: User) -> bool:
    """Correct what was told; False, with a sentence in the form, if that failed."""
    if _is_locked(form, form.instance.promise.document, rules.ACCOUNT):
        return False
    return save_edit(form, by=by, label="Utfall rättat")


@transaction.atomic
def give_feedback(promise: Promise, *, by: User, text: str, day: dt.date) -> None:
    """Tell residents how it went, for the first time. Raises NotAllowed if somebody already has."""
    fresh = held(promise.document, rules.ACCOUNT)
    untold = Promise.objects.filter(pk=promise.pk, feedback="")
    if not untold.update(feedback=text, feedback_on=day, revision=F("revision") + 1):
        raise NotAllowed(rules.ACCOUNT, fresh)
    told = {"label": "Återkoppling (publik)", "from": "", "to": text}
    record(promise, "feedback", FEEDBACK, by=by, feedback=told)


@transaction.atomic
def save_feedback(form: RecordForm, *, by: User) -> bool:
    """Write or change the feedback; False, with a sentence in the form, if that failed."""
    if _is_locked(form, form.instance.document, rules.ACCOUNT):
        return False
    return save_edit(form, by=by, verb="feedback", label=FEEDBACK)


@transaction.atomic
def settle(promise: Promise, *, by: User, status: str, reason: str = "", day: dt.date | None = None) -> None:
    """Say publicly how a published promise went, or that it goes on after all. Raises NotAllowed.

    `day` is the day of the judgement, today if none is given.
    """
    held(promise.document, rules.ACCOUNT)
    goes_on = status == Promise.Status.ONGOING
    take(
        rules.step_to(status),
        promise,
        by=by,
        note=reason,
        status_reason="" if goes_on else reason,
        settled_on=None if goes_on else day or today(),
    )


def _is_locked(form: RecordForm, document: PromiseDocument, step: Step) -> bool:
    if rules.stands(step, lock(document)):
        return False
    form.add_error(None, LOCKED)
    return True
