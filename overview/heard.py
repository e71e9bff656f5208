"""What waits in dialogues: replies to judge, and those who took part and have not heard what came of it."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import Role, User
from dialogues.models import Dialogue, Reply
from dialogues.rules import FEEDBACK_DAYS, OPEN, is_awaiting_feedback
from lib.swedish import date as sv_date
from lib.swedish import plural
from overview.item import Item


def dialogues(user: User, partnerships: Iterable[int], here: Q, day: dt.date) -> Iterator[tuple[int, Item]]:
    """Those that the person's own parties see to. One query, none for who coordinates nothing."""
    own = user.organisation_ids(Role.COORDINATOR)
    if not own:
        return
    mine = Q(kind__in=Dialogue.WITH_RESIDENTS) & here | Q(organisers__organisation__in=own)
    live = Dialogue.objects.visible_to(user).filter(mine, partnership__in=partnerships, status__in=OPEN)
    waiting = Count("replies", filter=Q(replies__status=Reply.Status.WAITING), distinct=True)
    shown = live.only("partnership", "title", "status", "starts", "ends", "feedback").annotate(waiting=waiting)
    for dialogue in shown.order_by("ends", "pk"):
        if count := dialogue.waiting:  # type: ignore[attr-defined]  # annotated
            yield dialogue.partnership_id, _to_judge(dialogue, count, day)
        if is_awaiting_feedback(dialogue, day):
            yield dialogue.partnership_id, _untold(dialogue)


def _to_judge(dialogue: Dialogue, count: int, day: dt.date) -> Item:
    url = reverse("dialogues:replies", args=[dialogue.pk])
    text = f"{plural(count, 'svar', 'svar')} från invånare väntar på granskning."
    return Item(5, min(dialogue.starts, day), "reply", dialogue.title, url, text, "Granska", "warn")


def _untold(dialogue: Dialogue) -> Item:
    told_by = dialogue.ends + dt.timedelta(days=FEEDBACK_DAYS)
    url = dialogue.get_absolute_url()
    text = f"Dialogen hölls {sv_date(dialogue.ends)}. Berätta för dem som var med vad ni hörde och vad som händer."
    return Item(2, told_by, "dialogue", dialogue.title, url, text, "Återkoppling saknas", "bad")
