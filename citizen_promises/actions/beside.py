"""What is written beside the Swedish text of a draft: the self-check of each promise, and other languages."""

from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from citizen_promises import content, rules
from citizen_promises.actions.documents import held
from citizen_promises.models import Answer, LanguageVersion, Promise, PromiseDocument
from citizen_promises.self_check import seen_of
from journal.steps import record


@transaction.atomic
def save_self_check(promise: Promise, answers: dict[str, tuple[str, str]], *, by: User, seen: str) -> bool:
    """Write the answers (by point: value and comment); a point without a value is left or taken back.

    False if somebody has answered since the person saw the answers that `seen` stands for.
    """
    held(promise.document, rules.WRITE)
    stored = {one.point: one for one in promise.answers.all()}
    if seen != seen_of(stored.values()):
        return False
    changes: dict[str, Any] = {}
    for point, (value, comment) in answers.items():
        old = stored.get(point)
        before = (old.value, old.comment) if old else ("", "")
        if before != (value, comment):
            changes[point] = {
                "label": Answer.Point(point).label,
                "from": _words(*before),
                "to": _words(value, comment),
            }
            _write(promise, point, value, comment, by)
    if changes:
        record(promise, "self_checked", "Egenkontroll", by=by, changes=changes)
    return True


def _write(promise: Promise, point: str, value: str, comment: str, by: User) -> None:
    if not value:
        promise.answers.filter(point=point).delete()
        return
    found = promise.answers.filter(point=point)
    if not found.update(value=value, comment=comment, revision=F("revision") + 1):
        promise.answers.create(point=point, value=value, comment=comment, created_by=by)


def _words(value: str, comment: str) -> str:
    label = Answer.Value(value).label if value else ""
    return f"{label}: {comment}" if comment else label


@transaction.atomic
def add_language(document: PromiseDocument, *, by: User, language: str) -> LanguageVersion:
    """Begin the draft in another language; the one that is there, if somebody was faster."""
    held(document, rules.WRITE)
    version, is_new = document.language_versions.get_or_create(language=language, defaults={"created_by": by})
    if is_new:
        record(document, "language_added", f"{version} påbörjad", by=by)
    return version


@transaction.atomic
def save_language(version: LanguageVersion, texts: dict[str, str], *, by: User, revision: int) -> bool:
    """Write the draft's texts in the language; False if somebody has changed them since that revision."""
    document = held(version.document, rules.WRITE)
    parts = content.parts(document, list(document.promises.all()))
    stored = LanguageVersion.objects.get(pk=version.pk)
    kept = {name: text.strip() for name, text in texts.items() if name in parts and text.strip()}
    changes = {
        name: {"label": f"{label} ({version})", "from": stored.texts.get(name, ""), "to": kept.get(name, "")}
        for name, (label, _) in parts.items()
        if stored.texts.get(name, "") != kept.get(name, "")
    }
    if not LanguageVersion.objects.filter(pk=version.pk, revision=revision).update(
        texts=kept, revision=F("revision") + 1
    ):
        return False
    if changes:
        record(document, "language_written", f"{version} skriven", by=by, changes=changes)
    return True


@transaction.atomic
def remove_language(version: LanguageVersion, *, by: User) -> None:
    """Take a language out of a draft; its texts stay in the book."""
    document = held(version.document, rules.WRITE)
    gone = {name: {"label": name, "from": text, "to": ""} for name, text in version.texts.items()}
    record(document, "language_removed", f"{version} borttagen", by=by, changes=gone)
    version.delete()
