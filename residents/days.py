"""The days that a municipality's residents may want in their calendar."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from citizen_promises.public import PublicDocument
from citizen_promises.queries import public_documents
from dialogues.models import Dialogue
from lib.dates import today
from municipalities.models import Municipality
from residents.formats import Day


def days(municipality: Municipality) -> list[Day]:
    """When promises begin and end, and when residents are asked. Four queries."""
    found = [day for document in public_documents(municipality, today()) for day in _of_document(document)]
    asked = Dialogue.objects.ever_public().filter(municipality=municipality).exclude(status=Dialogue.Status.CANCELLED)
    asked = asked.order_by("starts", "pk")
    return sorted(found + [_of_dialogue(one, municipality) for one in asked], key=lambda day: (day.first, day.key))


def _of_document(document: PublicDocument) -> list[Day]:
    place, path = document.municipality, reverse("residents:document", args=[document.municipality.slug, document.pk])
    written = document.published_at or timezone.make_aware(dt.datetime.combine(document.starts, dt.time(12)))
    title = document.title
    begins = Day(
        f"dokument-{document.pk}-borjar",
        document.starts,
        document.starts,
        f"Löften börjar gälla i {place}",
        title,
        path,
        written,
    )
    if not document.ends:
        return [begins]
    told = f"{title}\nSista dagen. Nu ska det berättas hur det gick: {document.follow_up}"
    key = f"dokument-{document.pk}-slutar"
    return [begins, Day(key, document.ends, document.ends, f"Löften tar slut i {place}", told, path, written)]


def _of_dialogue(dialogue: Dialogue, municipality: Municipality) -> Day:
    path = reverse("dialogues:reply", args=[municipality.slug, dialogue.pk])
    where = f"{dialogue.purpose}\n{dialogue.place}"
    return Day(
        f"dialog-{dialogue.pk}", dialogue.starts, dialogue.ends, dialogue.title, where, path, dialogue.created_at
    )
