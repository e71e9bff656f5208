"""Residents' replies come in without anything that tells who sent them; each is let in or turned away with a reason."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from dialogues import counting, rules
from dialogues.actions.dialogues import held, is_locked
from dialogues.models import Answer, Dialogue, Erasure, Question, Reply, Theme
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import Refused, lock, record, take
from lib.dates import now

ANSWERED = "Invånare har redan svarat på frågorna, så de kan inte ändras: då skulle svaren gälla något annat."
FASTER = "Någon annan har redan tagit ställning till svaret. Läs motiveringen och ändra om du inte håller med."
NOTHING_TO_ERASE = "Det finns inga svar att gallra."
Given = str | int


@transaction.atomic
def save_question(form: RecordForm, dialogue: Dialogue, *, by: User) -> bool:
    """Add or change a question that nobody has answered; False, with a sentence in the form, if that failed."""
    if is_locked(form, dialogue):
        return False
    if dialogue.replies.exists():
        form.add_error(None, ANSWERED)
        return False
    if form.instance.pk:
        return save_edit(form, by=by, label="Frågan ändrad")
    last = dialogue.questions.order_by("-order").values_list("order", flat=True).first() or 0
    save_new(form, by=by, label="Fråga tillagd", dialogue=dialogue, order=last + 1)
    return True


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    """Take out a question that nobody has answered."""
    dialogue = held(question.dialogue, rules.WRITE)
    if dialogue.replies.exists():
        raise Refused(rules.WRITE, dialogue, ANSWERED)
    told = {"label": "Fråga", "from": question.text, "to": ""}
    record(dialogue, "question_removed", "Fråga borttagen", by=by, question=told)
    question.delete()


@transaction.atomic
def receive(dialogue: Dialogue, given: Mapping[int, Given]) -> Reply | None:
    """Keep a resident's answers by question, waiting to be judged. None if the questions have closed meanwhile.

    Nobody is written in the book: the reply has no sender, and only its day is kept.
    """
    fresh = lock(dialogue)
    if not fresh.is_answerable:
        return None
    reply = Reply.objects.create(dialogue=fresh)
    Answer.objects.bulk_create(
        Answer(reply=reply, question_id=question, text=said)
        if isinstance(said, str)
        else Answer(reply=reply, question_id=question, value=said)
        for question, said in given.items()
    )
    return reply


@transaction.atomic
def decide(
    reply: Reply, *, by: User, status: str, reason: str, revision: int, themes: Iterable[Theme] | None = None
) -> None:
    """Let a reply in or turn it away, and tie it to themes. Raises Refused if somebody was faster.

    `revision` is that of the reply as it was read: two who judge at once never overwrite each other unseen.
    """
    held(reply.dialogue, rules.MODERATE)
    fresh = lock(reply)
    if fresh.revision != revision:
        raise Refused(rules.step_to(status), fresh, FASTER)
    take(rules.step_to(status), reply, by=by, note=reason, reason=reason, **_decided(by))
    reply.themes.set(themes or [] if status == Reply.Status.ACCEPTED else [])


def _decided(by: User) -> dict[str, object]:
    return {"decided_at": now(), "decided_by": by}


@transaction.atomic
def erase_replies(dialogue: Dialogue, *, by: User, decided_on: dt.date, body: str, reference: str) -> Erasure:
    """Destroy the replies of a closed dialogue by a decision that is kept, with what they had been counted to."""
    fresh = held(dialogue, rules.ERASE)
    replies = Reply.objects.filter(dialogue=fresh)
    count = replies.count()
    if not count:
        raise Refused(rules.ERASE, fresh, NOTHING_TO_ERASE)
    erasure = Erasure.objects.create(
        dialogue=fresh,
        decided_on=decided_on,
        body=body,
        reference=reference,
        replies=count,
        counts=[one.as_plain() for one in counting.count(fresh)],
        erased_by=by,
    )
    replies.delete()
    record(fresh, "erased", f"{count} svar gallrade", by=by, note=f"{body}, {decided_on}, {reference}")
    return erasure
