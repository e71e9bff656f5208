"""How a text comes about: one section at a time, comments with suggestions, undertakings, versions and referral."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from agreements import content, rules
from agreements.models import Agreement, Comment, Undertaking, Version
from journal.edits import RecordForm, save_edit, save_new
from journal.models import Event
from journal.steps import NotAllowed, Refused, lock, record, take
from lib import canonical
from partnerships.models import Party

LOCKED = "Texten är låst och kan inte längre ändras. Det du skrev är inte sparat."
REFERRED = "Texten är låst under remissen. Inför förslaget när remissen är avslutad."
MOVED_ON = (
    "Avsnittet har ändrats sedan förslaget skrevs, så det kan inte föras in som det står. Skriv in det som gäller "
    "för hand, och besvara synpunkten."
)
NO_COMMENTS = "Överenskommelsen är inte längre ett utkast, så synpunkten kunde inte lämnas."


def sign_of(text: str) -> str:
    """Stands for a section's text in a hidden field."""
    return canonical.checksum(text)[:16]


@transaction.atomic
def write_section(agreement: Agreement, name: str, text: str, *, was: str, by: User) -> str:
    """Write one section, if it still stands as when the page was opened (`was` is its sign); else who was faster.

    Compared by the section's own text, so that two who write in different sections never meet. Empty when saved.
    """
    held = lock(agreement)
    stands = getattr(held, name)
    if held.status != rules.DRAFT:
        return LOCKED
    if text == stands:
        return ""
    if sign_of(stands) != was:
        return _who_was_faster(held, name)
    _put(held, name, text, by=by)
    return ""


def _put(held: Agreement, name: str, text: str, *, by: User) -> None:
    """Write the section of an agreement whose row is held, and say so in the book."""
    change = {"label": content.label_of(name), "from": getattr(held, name), "to": text}
    Agreement.objects.filter(pk=held.pk).update(revision=F("revision") + 1, **{name: text})
    record(held, "edited", "Ändrad", by=by, changes={name: change})


def _who_was_faster(agreement: Agreement, name: str) -> str:
    told = [event for event in Event.objects.about(agreement)[:50] if name in event.changes]
    when = f" kl. {timezone.localtime(told[0].at):%H.%M}" if told else ""
    who = f"{told[0].by or 'Systemet'} ändrade" if told else "Någon annan ändrade"
    return (
        f"{who} avsnittet{when}, medan du skrev. Inget har skrivits över. Det du skrev står kvar här, och den sparade "
        "texten står bredvid. Skriv ihop dem och spara igen."
    )


@transaction.atomic
def comment(form: RecordForm, agreement: Agreement, *, section: str, party: Party, by: User) -> bool:
    """Say something of a section; the text is remembered, so that a suggestion is put in only where it still stands."""
    held = lock(agreement)
    if held.status not in rules.DRAFTED:
        form.add_error(None, NO_COMMENTS)
        return False
    before = getattr(held, section) if section else ""
    save_new(form, by=by, label="Synpunkt lämnad", agreement=agreement, section=section, party=party, before=before)
    return True


@transaction.atomic
def accept(comment: Comment, *, by: User, answer: str = "") -> None:
    """Take the comment in: the words of a suggestion replace the section, if it stands as when it was suggested."""
    held = lock(comment.agreement)
    if held.status not in rules.DRAFTED:
        raise NotAllowed(rules.ACCEPT, comment.agreement)
    if comment.suggestion and held.status != rules.DRAFT:
        raise Refused(rules.ACCEPT, held, REFERRED)
    if comment.suggestion and getattr(held, comment.section) != comment.before:
        raise Refused(rules.ACCEPT, held, MOVED_ON)
    take(rules.ACCEPT, comment, by=by, note=answer, answer=answer)
    if comment.suggestion:
        _put(held, comment.section, comment.suggestion, by=by)


def decline(comment: Comment, *, by: User, answer: str) -> None:
    take(rules.DECLINE, comment, by=by, note=answer, answer=answer)


@transaction.atomic
def save_undertaking(form: RecordForm, agreement: Agreement, party: Party, *, by: User) -> bool:
    """What a party takes on, while the text is a draft."""
    if lock(agreement).status != rules.DRAFT:
        form.add_error(None, LOCKED)
        return False
    if form.instance.pk:
        return save_edit(form, by=by)
    if agreement.undertakings.filter(party=party).exists():
        form.add_error(None, "Någon annan skrev partens åtaganden medan du skrev. Öppna dem och skriv ihop texterna.")
        return False
    save_new(form, by=by, label="Åtaganden skrivna", agreement=agreement, party=party)
    return True


@transaction.atomic
def remove_undertaking(undertaking: Undertaking, *, by: User) -> None:
    agreement = undertaking.agreement
    if lock(agreement).status != rules.DRAFT:
        raise Refused(rules.PROPOSE, agreement, LOCKED)
    told = {"label": f"Åtaganden, {undertaking.party}", "from": undertaking.text, "to": ""}
    record(agreement, "undertaking_removed", "Åtaganden borttagna", by=by, changes={"undertakings": told})
    undertaking.delete()


@transaction.atomic
def keep_version(agreement: Agreement, *, label: str, by: User) -> Version:
    """Keep the whole text as it stands now. The row is held, so that the numbers follow each other."""
    held = lock(agreement)
    text = content.shown(held)
    number = (held.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    kept: Version = held.versions.create(
        number=number, label=label, content=text, checksum=canonical.checksum(text), kept_by=by
    )
    record(agreement, "version_kept", f"Version {number} sparad: {label}", by=by)
    return kept


@transaction.atomic
def refer(agreement: Agreement, *, by: User, until: dt.date) -> None:
    """Lock the text, keep it as a version, and let the parties comment until the day."""
    take(rules.REFER, agreement, by=by, referral_until=until)
    keep_version(agreement, label="Remiss", by=by)


def end_referral(agreement: Agreement, *, by: User) -> None:
    take(rules.END_REFERRAL, agreement, by=by, referral_until=None)
