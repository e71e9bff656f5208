"""What happens to the note that an owner keeps beside its own picture."""

from typing import Any

from django.db import transaction

from accounts.models import User
from journal.edits import RecordForm
from journal.steps import lock, record
from situation.models import Picture, WithheldNote

FASTER = (
    "Någon i er organisation ändrade anteckningen samtidigt som du skrev. Inget har skrivits över. Det du skrev står "
    "kvar här: spara igen om det ska gälla."
)


def keep_note(form: RecordForm, picture: Picture, *, by: User) -> bool:
    """Save the note; False with a sentence in the form if somebody was faster.

    The book says that it was changed, never what it said: it has other readers than the note.
    """
    with transaction.atomic():
        held = lock(picture)
        stored = WithheldNote.objects.filter(picture=held).first()
        revision = stored.revision if stored else WithheldNote().revision
        if form.cleaned_data["revision"] != revision:
            form.add_error(None, FASTER)
            data: Any = form.data
            form.data = data = data.copy()
            data[form.add_prefix("revision")] = str(revision)
            return False
        note = stored or WithheldNote(picture=held, created_by=by)
        note.text = form.cleaned_data["text"]
        note.revision = revision + 1
        note.save()
        record(note, "edited", "Anteckningen som aldrig delas ändrad", by=by)
    return True
