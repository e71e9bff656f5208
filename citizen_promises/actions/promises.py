"""Promises are written in a draft, and accounted for when they are published.

Every verb holds the document's row first, so that a text can never slip in beside its own approval or publication.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from citizen_promises import rules
from citizen_promises.actions import themes
from citizen_promises.actions.documents import held
from citizen_promises.models import Outcome, Promise, PromiseDocument
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Step, record, take
from lib.dates import today

FEEDBACK = "Återkoppling till invånarna"
LOCKED = (
    "Löftena har fått ett annat läge sedan du öppnade sidan och kan inte längre ändras så här. "
    "Det du skrev står kvar nedanför men är inte sparat."
)


@transaction.atomic
def save_promise(form: RecordForm, document: PromiseDocument, *, by: User) -> bool:
    """Add or change a promise of a draft; False, with a sentence in the form, if that failed."""
    if _is_locked(form, document, rules.WRITE):
        return False
    promise: Promise = form.instance
    if promise.pk:
        before = list(Promise.objects.get(pk=promise.pk).themes.all())
        if not save_edit(form, by=by, label="Löftet ändrat"):
            return False
        themes.tie(promise, before, by=by)
        return True
    last = document.promises.aggregate(last=Max("order"))["last"] or 0
    save_new(form, by=by, label="Löfte tillagt", document=document, order=last + 1)
    themes.tie(promise, [], by=by)
    return True


@transaction.atomic
def remove_promise(promise: Promise, *, by: User) -> None:
    """Take a promise out of a draft; its text stays in the document's history."""
    document = held(promise.document, rules.WRITE)
    text = {"label": "Löfte", "from": promise.text, "to": ""}
    record(document, "promise_removed", "Löfte borttaget", by=by, text=text)
    themes.let_go(promise, promise.themes.all(), by=by)
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
    try:
        held(document, step)
    except NotAllowed:
        form.add_error(None, LOCKED)
        return True
    return False
