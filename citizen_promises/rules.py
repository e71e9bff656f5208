"""Who may write, publish and account for promises, from where, and what stands in the way."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from citizen_promises.models import Period, Promise, PromiseDocument
from journal.steps import Step
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.rules import is_member, municipalities_to_write, roles_about, roles_of

_Document, _Promise = PromiseDocument.Status, Promise.Status

PUBLISH = Step("publish", "Publicera", (_Document.DRAFT,), _Document.PUBLISHED, COORDINATORS, told="Publicerat")
WITHDRAW = Step(
    "withdraw", "Avpublicera", (_Document.PUBLISHED,), _Document.WITHDRAWN, COORDINATORS, True, told="Avpublicerat"
)
STEPS = [PUBLISH, WITHDRAW]

_SETTLED = (_Promise.KEPT, _Promise.PARTLY, _Promise.NOT_KEPT, _Promise.CANCELLED)
KEEP = Step("keep", "Uppfyllt", (_Promise.ONGOING,), _Promise.KEPT, COORDINATORS)
KEEP_PARTLY = Step("keep_partly", "Delvis uppfyllt", (_Promise.ONGOING,), _Promise.PARTLY, COORDINATORS, True)
BREAK = Step("break", "Inte uppfyllt", (_Promise.ONGOING,), _Promise.NOT_KEPT, COORDINATORS, True)
CANCEL = Step("cancel", "Avbrutet", (_Promise.ONGOING,), _Promise.CANCELLED, COORDINATORS, True)
RESUME = Step("resume", "Pågår igen", _SETTLED, _Promise.ONGOING, COORDINATORS, True)
PROMISE_STEPS = [KEEP, KEEP_PARTLY, BREAK, CANCEL, RESUME]

# No moves, but the same two questions: who may, and in which status of the document.
WRITE = Step("write", "Ändra löftena", (_Document.DRAFT,), _Document.DRAFT, COORDINATORS)
ACCOUNT = Step("account", "Berätta hur det går", (_Document.PUBLISHED,), _Document.PUBLISHED, COORDINATORS)

TONE: dict[str, str] = {
    _Document.DRAFT: "idle",
    _Document.PUBLISHED: "ok",
    _Document.WITHDRAWN: "bad",
    _Promise.ONGOING: "warn",
    _Promise.KEPT: "ok",
    _Promise.PARTLY: "warn",
    _Promise.NOT_KEPT: "bad",
    _Promise.CANCELLED: "idle",
}


def may(user: User, step: Step, document: PromiseDocument) -> bool:
    """Whether the person has the step's role through the police or through the document's own municipality.

    A neighbouring municipality in the same partnership reads, but does not speak to another one's residents.
    """
    return bool(step.roles & roles_about(user, document.partnership, document.municipality_id))


def may_create(user: User, partnership: Partnership) -> bool:
    """A coordinator of any party may begin a document, for the municipalities that the form then offers."""
    return Role.COORDINATOR in roles_of(user, partnership)


def municipalities_for(user: User, partnership: Partnership) -> QuerySet[Municipality]:
    """Those to whose residents the person may speak: all for the police, else the person's own."""
    return partnership.municipalities().filter(pk__in=municipalities_to_write(user, partnership))


def is_inside(user: User, document: PromiseDocument) -> bool:
    """Whether the person may see what residents do not: drafts, functions, measures and the history."""
    return is_member(user, document.partnership)


def stands(step: Step, document: PromiseDocument) -> bool:
    return document.status in step.old


def next_steps(user: User, document: PromiseDocument) -> list[Step]:
    return [step for step in STEPS if stands(step, document) and may(user, step, document)]


def next_promise_steps(promise: Promise) -> list[Step]:
    """How the promise may be settled from where it stands."""
    return [step for step in PROMISE_STEPS if promise.status in step.old]


def step_to(status: str) -> Step:
    """The step that ends in the status."""
    return next(step for step in PROMISE_STEPS if step.new == status)


def advice(document: PromiseDocument, promises: Sequence[Promise], day: dt.date) -> list[str]:
    """What to think of once more before publishing. Nothing of it hinders: old documents are real too."""
    found = []
    if document.period(day) is Period.ENDED:
        found.append("Perioden har redan gått ut. Det går bra om du vill visa tidigare löften.")
    elif document.starts < day:
        found.append("Löftena har redan börjat gälla, så invånarna får veta det i efterhand.")
    if document.agreement_id is None:
        found.append("Löftena är inte kopplade till någon överenskommelse.")
    free = sum(promise.measure_id is None for promise in promises)
    if free:
        found.append(f"{free} av {len(promises)} löften är inte valda ur åtgärderna.")
    return found
