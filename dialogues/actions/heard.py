"""What was said is written down row by row, and each theme gets its answer."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Model

from accounts.models import User
from attachments import actions as attachments
from attachments.actions import Examined
from dialogues import rules
from dialogues.actions.dialogues import held, is_locked, reopen
from dialogues.models import Dialogue, DialogueHours, Proposal, QuickFix, Theme, WalkPoint
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, lock, record
from lib.dates import today

Row = Theme | Proposal | QuickFix | WalkPoint | DialogueHours
LET_GO = "Löftet som temat ledde till finns inte längre, så temat behöver ett nytt svar."
IN_A_PROMISE = "Temat har blivit ett löfte. Ta bort det ur löftet först."
IN_OLD_PROMISE = "Temat står i ett löfte som har varit publicerat, och finns därför kvar."
HAS_REPLIES = "Temat har svar från invånare knutna till sig. Flytta svaren till ett annat tema först."


@transaction.atomic
def save_row(form: RecordForm, dialogue: Dialogue, *, by: User) -> bool:
    """Add or change a theme, a proposal, a quick fix or hours; False, with a sentence in the form, if that failed."""
    if is_locked(form, dialogue):
        return False
    name = form.instance._meta.verbose_name
    if form.instance.pk:
        return save_edit(form, by=by, label=f"Ändrat: {name}")
    save_new(form, by=by, label=f"Tillagt: {name}", dialogue=dialogue)
    return True


@transaction.atomic
def save_point(form: RecordForm, dialogue: Dialogue, *, by: User, sent: Sequence[Examined] = ()) -> bool:
    """Add or change a point of a walk, with its photo; a new photo takes the old one's place, bytes and all."""
    if is_locked(form, dialogue):
        return False
    point: WalkPoint = form.instance
    if not point.pk:
        last = dialogue.points.aggregate(last=Max("number"))["last"] or 0
        photo = attachments.store(sent[0], by=by) if sent else None
        save_new(form, by=by, label="Punkt tillagd", dialogue=dialogue, number=last + 1, photo=photo)
        return True
    earlier = WalkPoint.objects.select_related("photo").get(pk=point.pk).photo
    if not save_edit(form, by=by, label="Punkten ändrad"):
        return False
    if sent:
        kept = attachments.store(sent[0], by=by)
        WalkPoint.objects.filter(pk=point.pk).update(photo=kept, revision=F("revision") + 1)
        change = {"label": "Foto", "from": earlier.name if earlier else "", "to": kept.name}
        record(point, "photo", "Foto", by=by, photo=change)
        if earlier:
            attachments.erase(earlier, by=by)
    return True


@transaction.atomic
def remove_row(row: Row, *, by: User) -> str:
    """Take out a row that should not be there; its text stays in the history. A sentence if it must stay."""
    dialogue = held(row.dialogue, rules.WRITE)
    if isinstance(row, Theme):
        if lock(row).outcome == Theme.Outcome.PROMISE:
            return IN_A_PROMISE
        if row.replies.exists():
            return HAS_REPLIES
    told = {"label": str(row._meta.verbose_name).capitalize(), "from": _whole(row), "to": ""}
    photo = row.photo if isinstance(row, WalkPoint) else None
    try:
        with transaction.atomic():
            row.delete()
    except IntegrityError:  # a promise that once was public has taken it up, and what was public stays
        return IN_OLD_PROMISE
    record(dialogue, "row_removed", f"Borttaget: {row._meta.verbose_name}", by=by, row=told)
    if photo:
        attachments.erase(photo, by=by)
    return ""


def _whole(row: Model) -> str:
    texts = (getattr(row, name, "") for name in ("number", "title", "seen", "text", "place"))
    return ". ".join(str(text) for text in texts if text) or str(row)


@transaction.atomic
def answer(form: RecordForm, *, by: User) -> bool:
    """Say to those who took part what becomes of a theme; False, with a sentence in the form, if that failed."""
    theme: Theme = form.instance
    if is_locked(form, theme.dialogue):
        return False
    if lock(theme).outcome == Theme.Outcome.PROMISE:
        form.add_error(None, IN_A_PROMISE)
        return False
    return save_edit(form, by=by, verb="answered", label="Temat besvarat")


@transaction.atomic
def take_up(theme: Theme, *, by: User) -> None:
    """For the room of promises: a promise has been made of the theme. Taken up already, it stays so."""
    dialogue = lock(theme.dialogue)
    fresh = lock(theme)
    if dialogue.status == rules.CANCELLED:
        raise NotAllowed(rules.WRITE, dialogue)
    if fresh.outcome == Theme.Outcome.PROMISE:
        return
    _answer(fresh, Theme.Outcome.PROMISE, by=by, label="Temat blev ett löfte", earlier=fresh.outcome)


@transaction.atomic
def let_go(theme: Theme, *, by: User) -> None:
    """For the room of promises: no promise takes the theme up any longer. It goes back to its earlier answer.

    A closed dialogue has no theme without an answer: if there was none, it opens again.
    """
    dialogue = lock(theme.dialogue)
    fresh = lock(theme)
    if fresh.outcome != Theme.Outcome.PROMISE:
        return
    _answer(fresh, fresh.earlier_outcome, by=by, label="Löftet släppte temat", earlier="")
    if not fresh.earlier_outcome and dialogue.status == rules.CLOSED:
        reopen(dialogue, by=by, reason=LET_GO)


def _answer(theme: Theme, outcome: str, *, by: User, label: str, earlier: str) -> None:
    words = dict(Theme.Outcome.choices)
    change = {"label": "Svar", "from": str(words.get(theme.outcome, "")), "to": str(words.get(outcome, ""))}
    day = (theme.answered_on or today()) if outcome else None
    Theme.objects.filter(pk=theme.pk).update(
        outcome=outcome, earlier_outcome=earlier, answered_on=day, revision=F("revision") + 1
    )
    record(theme, "answered", label, by=by, outcome=change)
