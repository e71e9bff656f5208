"""What happens to measures: decided, carried out with a running log, and finished with a word on how it went."""

from django.db import transaction

from accounts.models import User
from agreements import rules
from agreements.models import Measure
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import lock

LOG_CLOSED = "Åtgärden pågår inte längre, så loggen är stängd. Det du skrev är inte sparat."


def save_log(form: RecordForm, measure: Measure, *, by: User) -> bool:
    """Write or correct a line in the running log; False with a sentence if the measure has ended meanwhile."""
    with transaction.atomic():
        if lock(measure).status not in rules.LOGGED_IN:
            form.add_error(None, LOG_CLOSED)
            return False
        if form.instance.pk:
            return save_edit(form, by=by)
        save_new(form, by=by, label="Loggrad skriven", measure=measure)
    return True
