"""A dialogue is planned, its questions opened and closed, held, reported back, closed; or cancelled with its reason.

Every verb holds the dialogue's row first, so that nothing slips in beside its closing.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from dialogues import rules
from dialogues.models import Dialogue, Reply
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Refused, Step, lock, record, take
from lib.dates import now, today
from lib.swedish import date

LOCKED = (
    "Dialogen har fått ett annat läge sedan du öppnade sidan och kan inte längre ändras så här. "
    "Det du skrev står kvar nedanför men är inte sparat."
)
NO_QUESTIONS = "Lägg till minst en fråga innan ni öppnar."


def held(dialogue: Dialogue, step: Step) -> Dialogue:
    """The dialogue, fresh and held until the transaction ends. Raises NotAllowed where the step is closed."""
    fresh = lock(dialogue)
    if not rules.stands(step, fresh):
        raise NotAllowed(step, fresh)
    return fresh


def is_locked(form: RecordForm, dialogue: Dialogue, step: Step = rules.WRITE) -> bool:
    """Whether the dialogue, now held, has moved on since the form was opened; a sentence in the form then says so."""
    if rules.stands(step, lock(dialogue)):
        return False
    form.add_error(None, LOCKED)
    return True


def save_new_dialogue(form: RecordForm, *, by: User) -> Dialogue:
    """Begin a dialogue; its partnership stands in the form's instance."""
    made: Dialogue = save_new(form, by=by, label="Dialog planerad")
    return made


@transaction.atomic
def save_plan(form: RecordForm, *, by: User, label: str = "Planen ändrad") -> bool:
    """Change the plan or the numbers; False, with a sentence in the form, if that failed."""
    return save_edit(form, by=by, label=label)


@transaction.atomic
def give_feedback(form: RecordForm, *, by: User) -> bool:
    """Write what those who took part were told, when and how; False, with a sentence in the form, if that failed."""
    return save_edit(form, by=by, verb="feedback", label="Återkoppling till dem som deltog")


@transaction.atomic
def hold(dialogue: Dialogue, *, by: User) -> None:
    """Say that the dialogue has been held. Raises Refused if its day has not come."""
    fresh = held(dialogue, rules.HOLD)
    if missing := rules.missing_to_hold(fresh, today()):
        raise Refused(rules.HOLD, fresh, missing)
    take(rules.HOLD, dialogue, by=by)


@transaction.atomic
def close(dialogue: Dialogue, *, by: User) -> None:
    """Close it. Raises Refused with what is lacking: each theme answered, every reply judged, feedback given."""
    fresh = held(dialogue, rules.CLOSE)
    waiting = fresh.replies.filter(status=Reply.Status.WAITING).count()
    if missing := rules.missing_to_close(fresh, fresh.themes.all(), waiting):
        raise Refused(rules.CLOSE, fresh, " ".join(sentence for sentence, _ in missing))
    take(rules.CLOSE, dialogue, by=by)


def reopen(dialogue: Dialogue, *, by: User, reason: str) -> None:
    """Go on with a closed dialogue."""
    take(rules.REOPEN, dialogue, by=by, note=reason)


def cancel(dialogue: Dialogue, *, by: User, reason: str) -> None:
    """Say that a planned dialogue does not come about, and why."""
    take(rules.CANCEL, dialogue, by=by, note=reason, status_reason=reason)


@transaction.atomic
def share(dialogue: Dialogue, *, by: User) -> None:
    """Let the whole partnership read a dialogue with staff. Raises NotAllowed if somebody already has."""
    fresh = held(dialogue, rules.SHARE)
    if not rules.may_share(fresh):
        raise NotAllowed(rules.SHARE, fresh)
    Dialogue.objects.filter(pk=fresh.pk).update(shared_at=now(), shared_by=by, revision=F("revision") + 1)
    record(fresh, "shared", "Delad i samverkan", by=by)


@transaction.atomic
def open_form(dialogue: Dialogue, *, by: User, first: dt.date, last: dt.date) -> None:
    """Let residents answer from the morning of the first day until the last day is over.

    Raises Refused where there is nothing to answer, NotAllowed where the dialogue is not with residents.
    """
    fresh = held(dialogue, rules.WRITE)
    if not fresh.is_with_residents:
        raise NotAllowed(rules.WRITE, fresh)
    if not fresh.questions.exists():
        raise Refused(rules.WRITE, fresh, NO_QUESTIONS)
    opens, closes = _midnight(first), _midnight(last + dt.timedelta(days=1))
    _set_form(fresh, opens, closes)
    told = {"label": "Frågorna", "from": _days(fresh), "to": f"öppna {date(first)} till och med {date(last)}"}
    record(fresh, "form_opened", "Frågorna öppnade för invånarna", by=by, form=told)


@transaction.atomic
def close_form(dialogue: Dialogue, *, by: User) -> None:
    """Close the questions at once; those that had not opened yet never do."""
    fresh = held(dialogue, rules.WRITE)
    at = now()
    if fresh.opens_at is None or fresh.closes_at is None or fresh.closes_at <= at:
        return
    has_opened = fresh.opens_at < at
    _set_form(fresh, fresh.opens_at if has_opened else None, at if has_opened else None)
    told = {"label": "Frågorna", "from": _days(fresh), "to": "stängda"}
    record(fresh, "form_closed", "Frågorna stängda", by=by, form=told)


def _set_form(dialogue: Dialogue, opens: dt.datetime | None, closes: dt.datetime | None) -> None:
    row = Dialogue.objects.filter(pk=dialogue.pk)
    row.update(opens_at=opens, closes_at=closes, revision=F("revision") + 1)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())


def _days(dialogue: Dialogue) -> str:
    if dialogue.opens_at is None or dialogue.closes_at is None:
        return ""
    return f"öppna {date(dialogue.opens_at)} till och med {date(dialogue.last_open_day)}"
