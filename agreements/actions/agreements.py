"""What happens to agreements.

A text is frozen when it is sent for signing; each party signs exactly that text, and the last signature makes it
signed.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from agreements import content, rules
from agreements.actions.drafting import keep_version
from agreements.models import Agreement, Signature
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Refused, lock, record, take
from lib import canonical
from lib.dates import today
from lib.swedish import date, listing
from partnerships.models import Party

IN_A_CIRCLE = "Överenskommelserna pekar på varandra i en cirkel. Välj en annan."
CHANGED = (
    "Texten har ändrats sedan du öppnade sidan, så underskriften är inte registrerad. Läs den nya texten och "
    "registrera igen om parten har undertecknat den."
)
COMMON_FIRST = "Den gemensamma överenskommelsen behöver vara undertecknad först: den lokala delen vilar på dess text."
SIGNED_ALREADY = "En part har redan undertecknat. Den underskriften behöver återtas innan texten kan ändras."


def save_draft(form: RecordForm, *, by: User, **fields: Any) -> bool:
    """Save a new or changed draft; False with a sentence in the form if it cannot be.

    The partnership's row is held, so that two drafts cannot be made each other's parent at the same moment.
    """
    agreement: Agreement = form.instance
    with transaction.atomic():
        lock(fields.get("partnership") or agreement.partnership)
        for name in ("parent", "replaces"):
            if name in form.cleaned_data and _leads_back(agreement, form.cleaned_data[name], name):
                form.add_error(name, IN_A_CIRCLE)
        if form.errors:
            return False
        if agreement.pk:
            return save_edit(form, by=by)
        save_new(form, by=by, **fields)
    return True


@transaction.atomic
def propose(agreement: Agreement, *, by: User) -> None:
    """Freeze the text with its checksum and open it for signing, if it has what the law demands."""
    held = lock(agreement)
    refuse_incomplete(held)
    frozen = content.of(held)
    take(rules.PROPOSE, agreement, by=by, frozen=frozen, checksum=canonical.checksum(frozen))
    keep_version(agreement, label="För underskrift", by=by)


def refuse_incomplete(agreement: Agreement) -> None:
    """Raise Refused, with what is lacking, unless the text has what the law demands of an agreement."""
    missing = rules.missing_for_propose(agreement)
    if missing:
        sentence = f"Överenskommelsen kan inte skickas för underskrift än. Det saknas: {listing(missing)}."
        raise Refused(rules.PROPOSE, agreement, sentence)
    if agreement.is_local_part and agreement.parent and not agreement.parent.is_signed:
        raise Refused(rules.PROPOSE, agreement, COMMON_FIRST)
    unfit = rules.unfit_to_replace(agreement.replaces, agreement.municipality_id, agreement.parties.all(), today())
    if unfit:
        raise Refused(rules.PROPOSE, agreement, unfit)


@transaction.atomic
def withdraw(agreement: Agreement, *, by: User) -> None:
    """Back to draft, while nobody has signed. The row is held, so that no signature slips in."""
    if rules.signed_ids(lock(agreement)):
        raise Refused(rules.WITHDRAW, agreement, SIGNED_ALREADY)
    take(rules.WITHDRAW, agreement, by=by, frozen=None, checksum="")


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    by: User,
    party: Party,
    checksum: str,
    function: str,
    name: str,
    place: str = "",
    acting: bool = False,
    way: str = "",
    signed_on: dt.date,
) -> Signature:
    """Register the party's signature of the text with the checksum; the last main party makes the agreement signed.

    The agreement's row is held: whether all have signed is decided by counting, and two parties may sign at the same
    moment. Raises Refused if the text is another than the one that was read, or the party has signed already.
    """
    held = lock(agreement)
    if held.status not in (rules.PROPOSED, rules.SIGNED):
        raise NotAllowed(rules.SIGN, agreement)
    if held.checksum != checksum:
        raise Refused(rules.SIGN, agreement, CHANGED)
    if party.pk not in {asked["id"] for asked in rules.parties_asked(held)} - rules.signed_ids(held):
        raise Refused(rules.SIGN, agreement, f"{party} har redan undertecknat, eller är inte part i överenskommelsen.")
    signature: Signature = held.signatures.create(
        party=party,
        function=function,
        acting=acting,
        name=name,
        place=place,
        way=way,
        signed_on=signed_on,
        checksum=checksum,
        registered_by=by,
    )
    record(agreement, "signed_by_party", f"Underskrift registrerad för {party}", by=by, note=_words(signature))
    if held.status == rules.PROPOSED and rules.is_signed_by_all(held):
        latest = held.signatures.aggregate(day=Max("signed_on"))["day"]
        take(rules.SIGN, agreement, by=by, signed_on=latest)
    return signature


@transaction.atomic
def revoke_signature(signature: Signature, *, by: User, reason: str) -> None:
    """Take back a party's signature while others are still to sign; the book keeps who had signed, and why not now."""
    agreement = signature.agreement
    held = lock(agreement)
    if held.status != rules.PROPOSED or signature not in held.signatures.all():
        raise NotAllowed(rules.SIGN, agreement)
    note = f"{_words(signature)}\n{reason}"
    record(agreement, "signature_revoked", f"Underskrift återtagen för {signature.party}", by=by, note=note)
    signature.delete()


def terminate(agreement: Agreement, *, by: User, day: dt.date, reason: str) -> None:
    """End a signed agreement on the day, which is its last."""
    take(rules.TERMINATE, agreement, by=by, note=reason, terminated_on=day)


def _leads_back(agreement: Agreement, first: Agreement | None, name: str) -> bool:
    """Whether the chain of parents (or of replaced ones) that begins with `first` comes back to the agreement."""
    seen: set[int] = set()
    step = first.pk if first else None
    while step is not None and step not in seen:
        if step == agreement.pk:
            return True
        seen.add(step)
        step = Agreement.objects.filter(pk=step).values_list(name, flat=True).first()  # as it stands under the lock
    return False


def _words(signature: Signature) -> str:
    acting = "t.f. " if signature.acting else ""
    way = f", {signature.get_way_display().lower()}" if signature.way else ""
    return f"{acting}{signature.function}, {signature.name}, {date(signature.signed_on)}{way}"
