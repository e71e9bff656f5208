"""What happens to measures: decided, carried out with a running log, and finished with a word on how it went."""

from typing import Any

from django.db import transaction

from accounts.models import User
from agreements import rules
from agreements.actions.files import attach_to_line
from agreements.models import Measure
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import Refused, Step, lock, take
from lib.dates import today

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
        fields["decided_on"] = today()
    if step == rules.RESUME:  # how it went is asked again when it ends; what was said stands in the book
        fields |= {"assessment": "", "assessment_text": ""}
    take(step, measure, by=by, note=note, **fields)


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
