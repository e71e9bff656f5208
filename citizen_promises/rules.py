"""Who may write, approve, publish and account for promises, from where, and what stands in the way."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.roles import COORDINATORS, COORDINATORS_AND_SIGNATORIES
from citizen_promises import approving
from citizen_promises.models import Period, Promise, PromiseDocument
from journal.steps import Step
from municipalities.models import Municipality
from partnerships.models import Partnership, Party
from partnerships.rules import is_member, municipalities_to_write, parties_of, roles_about, roles_of

_Document, _Promise = PromiseDocument.Status, Promise.Status

# Taken by the last of the approvals: one from each side that promises, on exactly the same text.
APPROVE = Step(
    "approve", "Godkänn", (_Document.DRAFT,), _Document.APPROVED, COORDINATORS_AND_SIGNATORIES, told="Godkänt"
)
BACK_TO_DRAFT = Step(
    "back_to_draft",
    "Öppna för ändring",
    (_Document.APPROVED,),
    _Document.DRAFT,
    COORDINATORS,
    told="Öppnat för ändring",
)
PUBLISH = Step("publish", "Publicera", (_Document.APPROVED,), _Document.PUBLISHED, COORDINATORS, told="Publicerat")
CLOSE = Step("close", "Avsluta", (_Document.PUBLISHED,), _Document.CLOSED, COORDINATORS, told="Avslutat")
REOPEN = Step("reopen", "Öppna igen", (_Document.CLOSED,), _Document.PUBLISHED, COORDINATORS, True, told="Öppnat igen")
WITHDRAW = Step(
    "withdraw",
    "Avpublicera",
    (_Document.PUBLISHED, _Document.CLOSED),
    _Document.WITHDRAWN,
    COORDINATORS,
    True,
    told="Avpublicerat",
)
DOCUMENT_STEPS = [APPROVE, BACK_TO_DRAFT, PUBLISH, CLOSE, REOPEN, WITHDRAW]

_SETTLED = (_Promise.KEPT, _Promise.PARTLY, _Promise.NOT_KEPT, _Promise.CANCELLED)
KEEP = Step("keep", "Uppfyllt", (_Promise.ONGOING,), _Promise.KEPT, COORDINATORS)
KEEP_PARTLY = Step("keep_partly", "Delvis uppfyllt", (_Promise.ONGOING,), _Promise.PARTLY, COORDINATORS, True)
BREAK = Step("break", "Inte uppfyllt", (_Promise.ONGOING,), _Promise.NOT_KEPT, COORDINATORS, True)
CANCEL = Step("cancel", "Avbrutet", (_Promise.ONGOING,), _Promise.CANCELLED, COORDINATORS, True)
RESUME = Step("resume", "Pågår igen", _SETTLED, _Promise.ONGOING, COORDINATORS, True)
PROMISE_STEPS = [KEEP, KEEP_PARTLY, BREAK, CANCEL, RESUME]

# No moves, but the same two questions: who may, and in which status of the document.
_SHOWN = (_Document.PUBLISHED, _Document.CLOSED)
_FROZEN = (_Document.APPROVED, *_SHOWN)
WRITE = Step("write", "Ändra löftena", (_Document.DRAFT,), _Document.DRAFT, COORDINATORS)
SCHEDULE = Step(
    "schedule",
    "Publicera vid en bestämd tid",
    (_Document.APPROVED,),
    _Document.APPROVED,
    COORDINATORS,
    told="Tid för publicering bestämd",
)
UNSCHEDULE = Step(
    "unschedule",
    "Ta bort tiden",
    (_Document.APPROVED,),
    _Document.APPROVED,
    COORDINATORS,
    told="Tiden för publicering borttagen",
)
SIGN = Step("sign", "Registrera underskrift", _FROZEN, "", COORDINATORS_AND_SIGNATORIES)
ANNOUNCE = Step("announce", "Registrera kanal", _SHOWN, "", COORDINATORS, told="Kanal registrerad")
RENEW = Step("renew", "Skriv nästa löften", _SHOWN, "", COORDINATORS)
ACCOUNT = Step("account", "Berätta hur det går", (_Document.PUBLISHED,), _Document.PUBLISHED, COORDINATORS)
ACTS = [SCHEDULE, UNSCHEDULE, SIGN, ANNOUNCE, RENEW]

TONE: dict[str, str] = {
    _Document.DRAFT: "idle",
    _Document.APPROVED: "warn",
    _Document.PUBLISHED: "ok",
    _Document.CLOSED: "idle",
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


def standing(document: PromiseDocument) -> str:
    """The status that holds: a document whose set time has come is published, entered in the book or not."""
    return _Document.PUBLISHED if document.is_due else document.status


def stands(step: Step, document: PromiseDocument) -> bool:
    if step == UNSCHEDULE and document.publish_at is None:
        return False
    return standing(document) in step.old


def next_steps(user: User, document: PromiseDocument) -> list[Step]:
    """What the person may do with the document now. Whether it can be approved is asked of its text: `approvable`."""
    open_ones = [one for one in [*DOCUMENT_STEPS, *ACTS] if stands(one, document) and may(user, one, document)]
    return [one for one in open_ones if one != SIGN or signing_parties(user, document)]


def next_promise_steps(promise: Promise) -> list[Step]:
    """How the promise may be settled from where it stands."""
    return [step for step in PROMISE_STEPS if promise.status in step.old]


def step_to(status: str) -> Step:
    """The step that ends in the status."""
    return next(step for step in PROMISE_STEPS if step.new == status)


def approvable(user: User, document: PromiseDocument, checksum: str) -> list[approving.Side]:
    """The sides that the person may approve the text for: those that lack it, unless the person spoke for another."""
    if any(one.approved_by_id == user.pk for one in approving.given(document, checksum)):
        return []
    mine = approving.sides_of(user, document, APPROVE.roles)
    return [side for side in approving.lacking(document, checksum) if side in mine]


def acting_parties(user: User, document: PromiseDocument) -> list[Party]:
    """The parties that the person may sign for: the police, the own municipality, another party that promises."""
    acts_for = set(user.organisation_ids(*SIGN.roles))
    promising = set(Promise.parties.through.objects.filter(promise__document=document).values_list("party", flat=True))
    own = (None, document.municipality_id)
    return [
        party
        for party in parties_of(user, document.partnership)
        if party.organisation_id in acts_for
        and party.organisation.municipality_id in own
        and (party.is_police or party.is_municipality or party.pk in promising)
    ]


def signing_parties(user: User, document: PromiseDocument) -> list[Party]:
    """Those of them that have not signed."""
    signed = set(document.signatures.values_list("party", flat=True))
    return [party for party in acting_parties(user, document) if party.pk not in signed]


def may_tell(user: User, promise: Promise) -> bool:
    """Whether the person tells what has happened with the promise: a coordinator of the parties that carry it.

    What another party carries, or all do together, is told by the coordinators of either side too.
    """
    if not may(user, ACCOUNT, promise.document):
        return False
    carrying = {
        Promise.Promiser.POLICE: [approving.Side.POLICE],
        Promise.Promiser.MUNICIPALITY: [approving.Side.MUNICIPALITY],
    }.get(Promise.Promiser(promise.promiser))
    return carrying is None or bool(set(carrying) & set(approving.sides_of(user, promise.document, ACCOUNT.roles)))


def lacking_to_close(promises: Sequence[Promise]) -> list[str]:
    """What residents have not been told yet, in words."""
    found = []
    if ongoing := sum(one.status == _Promise.ONGOING for one in promises):
        found.append(f"{ongoing} löften är inte bedömda" if ongoing > 1 else "ett löfte är inte bedömt")
    if untold := sum(not one.feedback.strip() for one in promises):
        found.append(f"{untold} löften saknar återkoppling" if untold > 1 else "ett löfte saknar återkoppling")
    return found


def advice(document: PromiseDocument, promises: Sequence[Promise], day: dt.date) -> list[str]:
    """What to think of once more before publishing. Nothing of it hinders: old documents are real too."""
    found = []
    if document.period(day) is Period.ENDED:
        found.append("Perioden har redan gått ut. Det går bra om du vill visa tidigare löften.")
    elif document.starts < day:
        found.append("Löftena har redan börjat gälla, så invånarna får veta det i efterhand.")
    if document.agreement_id is None:
        found.append("Löftena är inte kopplade till någon överenskommelse.")
    free = sum(not promise.measures.all() for promise in promises)
    if free:
        found.append(f"{free} av {len(promises)} löften är inte valda ur åtgärderna.")
    return found
