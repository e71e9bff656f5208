"""Outside actors: how their organisations come into a measure and leave it."""

from django.db import transaction

from accounts.models import Organisation, User
from agreements.models import Measure, Participant
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import lock, record
from lib.swedish import date

TAKES_PART = "Organisationen medverkar redan."


def add_actor(form: RecordForm, measure: Measure, *, by: User) -> bool:
    """Let an outside organisation take part; False with a sentence if it does already."""
    organisation: Organisation = form.cleaned_data["organisation"]
    with transaction.atomic():
        lock(measure)
        if measure.participants.filter(organisation=organisation, ended_on=None).exists():
            form.add_error("organisation", TAKES_PART)
            return False
        save_new(form, by=by, label="Medverkan börjad", measure=measure)
        change = {"label": "Utförare", "from": "", "to": str(organisation)}
        record(measure, "actor_added", "Utförare tillagd", by=by, actor=change)
    return True


def end_actor(form: RecordForm, *, by: User) -> bool:
    """The last day of an organisation's part in the measure; False with a sentence if somebody was faster."""
    taking_part: Participant = form.instance
    with transaction.atomic():
        if not save_edit(form, by=by, label="Medverkan avslutad"):
            return False
        until = f"till och med {date(form.cleaned_data['ended_on'])}"
        change = {"label": str(taking_part.organisation), "from": "medverkar", "to": until}
        record(taking_part.measure, "actor_ended", "Utförare avslutad", by=by, actor=change)
    return True
