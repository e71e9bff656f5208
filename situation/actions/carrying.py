"""What happens to the parts of a picture and what they rest on: written together, copied together."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from journal.edits import RecordForm, save_edit
from journal.steps import lock, record
from lib.swedish import listing
from situation.models import PartSource, Picture, Source

FASTER = (
    "Någon annan ändrade lägesbilden samtidigt som du valde källor. Inget har skrivits över. Det du valde står kvar "
    "här: spara igen om det ska gälla."
)
Wanted = Mapping[str, set[int]]


def write(form: RecordForm, picture: Picture, wanted: Wanted, *, by: User) -> bool:
    """Save the texts and what each rests on, together or not at all; False with a sentence in the form if not."""
    with transaction.atomic():
        held = lock(picture)
        if _changed(held, wanted) and held.is_draft and form.cleaned_data["revision"] != held.revision:
            form.add_error(None, FASTER)
            data: Any = form.data
            form.data = data = data.copy()
            data[form.add_prefix("revision")] = str(held.revision)
            return False
        if not save_edit(form, by=by):
            return False
        carry(held, wanted, by=by)
    return True


def carry(picture: Picture, wanted: Wanted, *, by: User) -> None:
    """Let the parts rest on the sources (ids), and nothing else. The picture's row is held."""
    changed = _changed(picture, wanted)
    if not changed:
        return
    names = dict(picture.sources.values_list("pk", "name"))
    book = {}
    for section, (old, new) in changed.items():
        picture.part_sources.filter(section=section, source__in=old - new).delete()
        PartSource.objects.bulk_create(
            PartSource(picture=picture, section=section, source_id=pk) for pk in sorted(new - old) if pk in names
        )
        label = Picture._meta.get_field(section).verbose_name  # type: ignore[union-attr]  # all are columns
        told = [listing([names[pk] for pk in sorted(one) if pk in names]) for one in (old, new)]
        book[f"sources_{section}"] = {"label": f"Källor till {label}", "from": told[0], "to": told[1]}
    Picture.objects.filter(pk=picture.pk).update(revision=F("revision") + 1)
    record(picture, "edited", "Källor till delarna ändrade", by=by, changes=book)


def copy_parts(told_by: Picture, picture: Picture, sources: Mapping[int, Source]) -> None:
    """Let the picture's parts rest on its copies of what the other's rest on (by the id of the one copied)."""
    rows = told_by.part_sources.values_list("section", "source")
    there = set(picture.part_sources.values_list("section", "source"))
    new = {(section, sources[pk].pk) for section, pk in rows if pk in sources} - there
    PartSource.objects.bulk_create(
        PartSource(picture=picture, section=section, source_id=pk) for section, pk in sorted(new)
    )


def _changed(picture: Picture, wanted: Wanted) -> dict[str, tuple[set[int], set[int]]]:
    """The parts whose sources are to change: from which, to which."""
    stored: dict[str, set[int]] = defaultdict(set)
    for section, source in picture.part_sources.values_list("section", "source"):
        stored[section].add(source)
    return {section: (stored[section], new) for section, new in wanted.items() if new != stored[section]}
