"""A result is published with its text frozen, version by version, and may be taken down with a reason."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from dialogues import content, rules
from dialogues.actions.dialogues import held
from dialogues.models import Dialogue, DialogueResult
from journal.steps import NotAllowed, Refused, lock, record
from lib import canonical
from lib.dates import now
from lib.swedish import number


@transaction.atomic
def publish(dialogue: Dialogue, *, by: User, checksum: str = "") -> DialogueResult:
    """Freeze what was said and answered, and show it to everyone.

    `checksum`, if given, is that of the text that was read and approved. Raises NotAllowed if it has changed since, or
    Refused if a theme has no answer.
    """
    fresh = held(dialogue, rules.PUBLISH)
    if missing := rules.missing_to_publish(fresh, fresh.themes.all()):
        raise Refused(rules.PUBLISH, fresh, missing)
    frozen = content.of(fresh)
    total = canonical.checksum(frozen)
    if checksum not in ("", total) or not fresh.is_with_residents:
        raise NotAllowed(rules.PUBLISH, fresh)
    version = (fresh.results.aggregate(last=Max("version"))["last"] or 0) + 1
    result: DialogueResult = fresh.results.create(version=version, frozen=frozen, checksum=total, published_by=by)
    record(fresh, "published", f"Resultatet publicerat, version {number(version)}", by=by)
    return result


@transaction.atomic
def withdraw(result: DialogueResult, *, by: User, reason: str) -> None:
    """Take the result down. Residents are told that it has been withdrawn, and why.

    Raises NotAllowed if it has been, or if a newer version has been published since the page was read.
    """
    lock(result.dialogue)
    if DialogueResult.objects.filter(dialogue=result.dialogue, version__gt=result.version).exists():
        raise NotAllowed(rules.PUBLISH, result.dialogue)
    standing = DialogueResult.objects.filter(pk=result.pk, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=now(), withdrawn_by=by, withdrawn_reason=reason):
        raise NotAllowed(rules.PUBLISH, result.dialogue)
    told = f"Resultatet avpublicerat, version {number(result.version)}"
    record(result.dialogue, "withdrawn", told, by=by, note=reason)
