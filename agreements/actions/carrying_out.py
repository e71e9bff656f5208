"""What happens along the way: parts ticked off, and who takes part."""

from django.db import transaction

from accounts.models import User
from agreements.actions.measures import CHANGE_OF_PLAN
from agreements.models import Measure, Part, Participant
from agreements.rules import RESUME, is_change_of_parts
from journal.edits import RecordForm, changes_of, save_edit, save_new
from journal.steps import Refused, lock, record
from lib.dates import today

PART, PARTICIPANT = "Moment", "Medverkande"
NO_REASON = "Åtgärden är beslutad. Öppna sidan igen och skriv varför planen ändras. Det du skrev är inte sparat."
ENDED = "Åtgärden är avslutad och kan inte ändras. Det du skrev är inte sparat."


def save_of_measure(form: RecordForm, measure: Measure, *, by: User, what: str) -> bool:
    """Write or change a part or a participant; False with a sentence if the measure has ended meanwhile."""
    with transaction.atomic():
        held = lock(measure)
        if not held.is_live:
            form.add_error(None, ENDED)
            return False
        if form.instance.pk:
            return _change(form, held, by=by, what=what)
        added = f"{what} tillagd" if what == PARTICIPANT else f"{what} tillagt"
        made = save_new(form, by=by, label=added, measure=measure)
        record(measure, "part_added", added, by=by, part={"label": what, "from": "", "to": str(made)})
    return True


def _change(form: RecordForm, measure: Measure, *, by: User, what: str) -> bool:
    """Change it; what was decided on is changed with a reason, which stands in the measure's book too."""
    why, replans = form.cleaned_data.get("why", ""), is_change_of_parts(measure, form.changed_data)
    if replans and not why:  # decided after the form was opened
        form.add_error(None, NO_REASON)
        return False
    changes = changes_of(type(form.instance)._default_manager.get(pk=form.instance.pk), form)
    if not save_edit(form, by=by, note=why):
        return False
    if replans:
        told = f"Ändrad plan, {what.lower()}: {form.instance}"
        record(measure, CHANGE_OF_PLAN, told, by=by, note=why, changes=changes)
    return True


@transaction.atomic
def tick(part: Part, *, by: User, done: bool) -> bool:
    """Say that the part is done today, or take that back; False if the measure has ended, or it stands so already."""
    if not lock(part.measure).is_live:
        return False
    rows = Part.objects.filter(pk=part.pk, done_on__isnull=done)
    if not rows.update(done_on=today() if done else None):
        return False
    label = "Moment avklarat" if done else "Moment inte avklarat"
    change = {"label": str(part), "from": "" if done else "klart", "to": "klart" if done else ""}
    record(part.measure, "part_ticked", label, by=by, part=change)
    return True


@transaction.atomic
def remove_part(part: Part, *, by: User) -> None:
    """Take a part away; that it stood there is in the measure's book."""
    _refuse_ended(part.measure)
    change = {"label": "Moment", "from": str(part), "to": ""}
    part.delete()
    record(part.measure, "part_removed", "Moment borttaget", by=by, part=change)


@transaction.atomic
def end_participant(participant: Participant, *, by: User) -> None:
    """Today is the last day on which the function takes part. The row stays."""
    _refuse_ended(participant.measure)
    if participant.ended_on is None:
        participant.ended_on = today()
        participant.save(update_fields=["ended_on"])
        change = {"label": "Medverkande", "from": str(participant), "to": ""}
        record(participant.measure, "participant_ended", "Medverkan avslutad", by=by, participant=change)


def _refuse_ended(measure: Measure) -> None:
    if not lock(measure).is_live:
        raise Refused(RESUME, measure, ENDED)
