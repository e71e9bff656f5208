"""Acts beside the text: signatures under it, and where it was made known."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from citizen_promises import rules
from citizen_promises.actions.documents import held
from citizen_promises.models import Channel, PromiseDocument, Signature
from journal.edits import RecordForm
from journal.steps import Refused, record
from lib.swedish import date
from partnerships.models import Party

CHANGED = (
    "Texten har ändrats sedan du öppnade sidan, så underskriften är inte registrerad. Läs den nya texten och "
    "registrera igen om parten har undertecknat den."
)


@transaction.atomic
def sign(
    document: PromiseDocument,
    *,
    by: User,
    party: Party,
    checksum: str,
    function: str,
    name: str,
    acting: bool = False,
    signed_on: dt.date,
) -> Signature:
    """Register the party's signature under the frozen text with the checksum.

    Raises Refused if the text is another than the one that was read, or the party has signed already.
    """
    fresh = held(document, rules.SIGN)
    if fresh.checksum != checksum:
        raise Refused(rules.SIGN, document, CHANGED)
    if fresh.signatures.filter(party=party).exists():
        raise Refused(rules.SIGN, document, f"{party} har redan undertecknat.")
    signature: Signature = fresh.signatures.create(
        party=party,
        function=function,
        acting=acting,
        name=name,
        signed_on=signed_on,
        checksum=checksum,
        registered_by=by,
    )
    record(document, "signed_by_party", f"Underskrift registrerad för {party}", by=by, note=_words(signature))
    return signature


@transaction.atomic
def revoke_signature(signature: Signature, *, by: User, reason: str) -> None:
    """Take back a party's signature before the text is published; the book keeps who had signed, and why not now."""
    document = held(signature.document, rules.BACK_TO_DRAFT)
    note = f"{_words(signature)}\n{reason}"
    record(document, "signature_revoked", f"Underskrift återtagen för {signature.party}", by=by, note=note)
    signature.delete()


@transaction.atomic
def announce(form: RecordForm, document: PromiseDocument, *, by: User) -> Channel:
    """Register where and when published promises were made known."""
    fresh = held(document, rules.ANNOUNCE)
    channel: Channel = form.save(commit=False)
    channel.document, channel.created_by = fresh, by
    channel.save()
    record(fresh, rules.ANNOUNCE.verb, rules.ANNOUNCE.in_the_book, by=by, note=_told(channel))
    return channel


@transaction.atomic
def take_back_channel(channel: Channel, *, by: User) -> None:
    """Take away a channel that was registered by mistake; the book keeps it."""
    document = held(channel.document, rules.ANNOUNCE)
    record(document, "channel_removed", "Kanal borttagen", by=by, note=_told(channel))
    channel.delete()


def _words(signature: Signature) -> str:
    acting = "t.f. " if signature.acting else ""
    return f"{acting}{signature.function}, {signature.name}, {date(signature.signed_on)}"


def _told(channel: Channel) -> str:
    return ", ".join(filter(None, [str(channel), date(channel.day), channel.url]))
