"""What is attached: annexes and signed originals to agreements, photos and files to the lines of a log."""

from collections.abc import Iterable

from django.db import transaction
from django.forms import Form

from accounts.models import User
from agreements import rules
from agreements.models import Agreement, AgreementFile, LogFile, MeasureLog
from attachments import actions as attachments
from attachments.actions import Examined
from journal.steps import lock, record

LOCKED = "Texten är låst, så bilagorna kan inte ändras. Filen är inte sparad."
NOT_SENT = "Överenskommelsen är ett utkast igen, så det finns ingen låst text att visa originalet av."
ALREADY = "Filen finns redan här."


def add_file(form: Form, agreement: Agreement, kind: str, *, by: User) -> bool:
    """An annex or a signed original; False with a sentence in the form if the agreement has moved on meanwhile."""
    (sent,) = form.cleaned_data["file"]
    is_annex = kind == AgreementFile.Kind.ANNEX
    with transaction.atomic():
        held = lock(agreement)
        if is_annex and held.status != rules.DRAFT:
            form.add_error(None, LOCKED)
        elif not is_annex and held.status not in rules.SIGNED_ON_PAPER:
            form.add_error(None, NOT_SENT)
        elif held.files.filter(kind=kind, attachment__sha256=sent.checksum).exists():
            form.add_error("file", ALREADY)
        if form.errors:
            return False
        kept = attachments.store(sent, by=by)
        title = form.cleaned_data.get("title") or AgreementFile.Kind(kind).label
        told = {name: form.cleaned_data.get(name, "") for name in ("subject", "information_class")}
        file = held.files.create(attachment=kept, kind=kind, title=title, created_by=by, **told)
        verb, label = ("annexed", "Bilaga tillagd") if is_annex else ("original", "Undertecknat original bifogat")
        record(agreement, verb, label, by=by, file=_change(file, "to"))
    return True


@transaction.atomic
def remove_annex(file: AgreementFile, *, by: User) -> bool:
    """Take an annex out of a draft, bytes and all; False if the text has been locked, or somebody was faster."""
    held = lock(file.agreement)
    if held.status != rules.DRAFT or not held.files.filter(pk=file.pk, kind=AgreementFile.Kind.ANNEX).delete()[0]:
        return False
    attachments.erase(file.attachment, by=by)
    record(held, "annex_removed", "Bilaga borttagen", by=by, file=_change(file, "from"))
    return True


def attach_to_line(line: MeasureLog, sent: Iterable[Examined], *, by: User, alt: str = "") -> None:
    """Photos and files with a line of the log. Called where the line is saved, inside its transaction."""
    for one in sent:
        kept = attachments.store(one, by=by)
        line.files.create(attachment=kept, alt=alt if one.is_image else "", created_by=by)
        record(line.measure, "file_added", "Fil i loggen", by=by, file={"label": "Fil", "from": "", "to": kept.name})


@transaction.atomic
def remove_from_line(file: LogFile, *, by: User) -> None:
    """Take a photo or file out of the log, bytes and all."""
    if LogFile.objects.filter(pk=file.pk).delete()[0]:
        attachments.erase(file.attachment, by=by)
        change = {"label": "Fil", "from": file.attachment.name, "to": ""}
        record(file.line.measure, "file_removed", "Fil borttagen ur loggen", by=by, file=change)


def _change(file: AgreementFile, side: str) -> dict[str, str]:
    told = f"{file.title} ({file.attachment.name}, kontrollsumma {file.attachment.sha256[:12]})"
    return {"label": file.get_kind_display(), "from": "", "to": ""} | {side: told}
