"""What happens to measures: decided, carried out with a running log, and finished with a word on how it went."""

from typing import Any

from django.db import transaction

from accounts.models import User
from agreements import rules
from agreements.actions.files import attach_to_line
from agreements.models import Measure, MeasureLog
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import Refused, Step, lock, record, take
from lib.dates import today
from lib.swedish import date, listing
from partnerships.models import Partnership

CHANGE_OF_PLAN = "plan_changed"
LOG_CLOSED = "Åtgärden pågår inte längre, så loggen är stängd. Det du skrev är inte sparat."


@transaction.atomic
def move(step: Step, measure: Measure, *, by: User, note: str = "", **fields: Any) -> None:
    """Take a step of the measure's, if it has what the step demands. Raises Refused with what is lacking, NotAllowed.

    `fields` are written with the step: how it went when it is finished, what was before when it is opened again.
    """
    held = lock(measure)
    for name, value in fields.items():
        setattr(held, name, value)
    if held.status in step.old and (sentence := rules.missing_for(step, held)):
        raise Refused(step, measure, sentence)
    if step == rules.DECIDE:
        fields.setdefault("decided_on", today())
    if step == rules.RESUME:  # how it went is asked again when it ends; what was said stands in the book
        fields |= {"assessment": "", "assessment_text": ""}
    take(step, measure, by=by, note=note, **fields)


@transaction.atomic
def propose_measure(form: RecordForm, partnership: Partnership, *, by: User) -> Measure:
    """A new measure from its form, in the cycle of its problem."""
    measure: Measure = save_new(form, by=by, partnership=partnership, cycle=form.cleaned_data["problem"].cycle)
    _tell_what_it_is_not(form, measure, by)
    return measure


@transaction.atomic
def change_measure(form: RecordForm, *, by: User) -> bool:
    """Change a measure; what was decided on is changed with a reason. False with a sentence where it cannot be."""
    measure, why = form.instance, form.cleaned_data.get("why", "")
    plan = {"verb": CHANGE_OF_PLAN, "label": "Ändrad plan", "note": why}
    told = plan if rules.is_change_of_plan(measure, form.changed_data) else {"note": why}
    if not save_edit(form, by=by, **told):
        return False
    _tell_what_it_is_not(form, measure, by)
    return True


def _tell_what_it_is_not(form: RecordForm, measure: Measure, by: User) -> None:
    """The answer that it is another measure than the earlier ones that it resembles stands in the book."""
    if earlier := form.cleaned_data.get("is_not"):
        named = listing([f"{one.title} ({one.cycle})" for one in earlier])
        record(measure, "not_repeated", "Inte samma åtgärd som tidigare", by=by, note=named)


def save_log(form: RecordForm, measure: Measure, *, by: User, **fields: Any) -> bool:
    """Write or correct a line in the running log; False with a sentence if the measure has ended meanwhile."""
    with transaction.atomic():
        if lock(measure).status not in rules.LOGGED_IN:
            form.add_error(None, LOG_CLOSED)
            return False
        if not form.instance.pk:
            save_new(form, by=by, label="Loggrad skriven", measure=measure, **fields)
        elif not save_edit(form, by=by):
            return False
        said = form.cleaned_data
        attach_to_line(form.instance, said.get("attached") or [], by=by, alt=said.get("alt", ""))
    return True


@transaction.atomic
def undo_log(line: MeasureLog, measure: Measure, *, by: User) -> None:
    """Take a line out of the log while the measure goes on; what it said stands in the measure's book.

    Raises Refused when the log is closed, or when a file hangs on the line: that is taken away first.
    """
    if lock(measure).status not in rules.LOGGED_IN:
        raise Refused(rules.RESUME, measure, LOG_CLOSED)
    if line.files.exists():
        raise Refused(rules.RESUME, measure, "Ta bort filen på loggraden först.")
    change = {"label": "Loggrad", "from": f"{date(line.day)}, {line.get_state_display()}: {line.text}", "to": ""}
    line.delete()
    record(measure, "log_undone", "Loggrad borttagen", by=by, log=change)
