"""What other rooms and residents may ask about dialogues, each in a constant number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from dialogues.models import Dialogue, DialogueQuerySet, DialogueResult, Theme, ThemeQuerySet
from dialogues.public import PublishedResult, WithdrawnResult
from lib.swedish import listing, period
from municipalities.models import Municipality
from partnerships.models import Partnership


@dataclass(frozen=True)
class Line:
    """A dialogue in the list, with how far it has come."""

    dialogue: Dialogue
    themes: int
    answered: int
    waiting: int


def in_list(user: User, partnership: Partnership) -> DialogueQuerySet:
    """The partnership's dialogues that the person may see, the latest first."""
    found = Dialogue.objects.visible_to(user).filter(partnership=partnership)
    return found.select_related("municipality").order_by("-starts", "-pk")


def lines(dialogues: Iterable[Dialogue]) -> list[Line]:
    """The lines of a page of the list. Two queries."""
    shown = list(dialogues)
    keys = [dialogue.pk for dialogue in shown]
    themes = {
        row["dialogue"]: row
        for row in Theme.objects.filter(dialogue__in=keys)
        .order_by()
        .values("dialogue")
        .annotate(all=Count("pk"), answered=Count("pk", filter=~Q(outcome="")))
    }
    waiting = waiting_by_dialogue(keys)
    nothing = {"all": 0, "answered": 0}
    return [
        Line(
            dialogue,
            themes.get(dialogue.pk, nothing)["all"],
            themes.get(dialogue.pk, nothing)["answered"],
            waiting.get(dialogue.pk, 0),
        )
        for dialogue in shown
    ]


def waiting_by_dialogue(dialogues: Iterable[int]) -> dict[int, int]:
    """How many replies wait to be judged in each of them."""
    counted = Dialogue.objects.filter(pk__in=dialogues).annotate(
        waiting=Count("replies", filter=Q(replies__status="waiting"))
    )
    return dict(counted.order_by().values_list("pk", "waiting"))


def themes_to_promise(user: User, partnership: Partnership, municipality_id: int | None) -> ThemeQuerySet:
    """The themes that a promise to the municipality's residents may take up: those that no promise has."""
    about = Q(dialogue__municipality=None) | Q(dialogue__municipality=municipality_id)
    heard = Theme.objects.visible_to(user).filter(
        about, dialogue__partnership=partnership, dialogue__status__in=(Dialogue.Status.HELD, Dialogue.Status.CLOSED)
    )
    return heard.exclude(outcome=Theme.Outcome.PROMISE).select_related("dialogue").order_by("-dialogue", "-mentions")


@dataclass(frozen=True)
class Poster:
    """What a poster, a link and the form's own page say of a dialogue: plain words, and where to answer."""

    title: str
    kind: str
    purpose: str
    place: str
    when: str
    who: str
    municipality: str
    # The residents' form, as a path and as the whole address that a QR code holds; empty until it is announced.
    path: str
    address: str
    opens: dt.date | None
    closes: dt.date | None
    # The municipality's own public page, where the result is read.
    result_path: str

    @property
    def open_days(self) -> str:
        """When the questions can be answered: "3–15 november 2026"; nothing if there is no form."""
        return period(self.opens, self.closes) if self.opens else ""


def poster(dialogue: Dialogue) -> Poster:
    """The content of a dialogue's poster. No queries where organisers and municipality have been fetched."""
    place = dialogue.municipality
    path = reverse("dialogues:reply", args=[place.slug, dialogue.pk]) if place and dialogue.opens_at else ""
    who = [str(party.organisation) for party in dialogue.organisers.all()]
    return Poster(
        title=dialogue.title,
        kind=dialogue.get_kind_display(),
        purpose=dialogue.purpose,
        place=dialogue.place,
        when=period(dialogue.starts, dialogue.ends),
        who=listing(who + ([dialogue.other_organiser] if dialogue.other_organiser else [])),
        municipality=place.name if place else "",
        path=path,
        address=f"{settings.SITE_URL.rstrip('/')}{path}" if path else "",
        opens=timezone.localdate(dialogue.opens_at) if dialogue.opens_at else None,
        closes=dialogue.last_open_day,
        result_path=f"/medborgarloften/{place.slug}/" if place else "",
    )


def published_results(municipality: Municipality) -> list[PublishedResult]:
    """Every result that residents of the municipality can read, the latest dialogue first. One query."""
    found = DialogueResult.objects.public().filter(dialogue__municipality=municipality)
    rows = found.order_by("-dialogue__ends", "-dialogue").values_list("dialogue", "version", "frozen", "published_at")
    return [PublishedResult(*row) for row in rows]


def withdrawn_results(municipality: Municipality) -> list[WithdrawnResult]:
    """Those that have been taken down with nothing in their place, the latest first. One query."""
    newest = DialogueResult.objects.newest().filter(withdrawn_at__isnull=False, dialogue__municipality=municipality)
    return [
        WithdrawnResult(one.dialogue_id, one.frozen["title"], municipality.slug, one.withdrawn_at, one.withdrawn_reason)
        for one in newest.order_by("-withdrawn_at")
        if one.withdrawn_at
    ]


def result_of(municipality: Municipality, dialogue: int) -> PublishedResult | WithdrawnResult | None:
    """The result under a shared address: what it says, that it has been taken down, or None if there never was one."""
    newest = DialogueResult.objects.newest().filter(dialogue=dialogue, dialogue__municipality=municipality).first()
    if newest is None:
        return None
    if newest.withdrawn_at:
        title = newest.frozen["title"]
        return WithdrawnResult(dialogue, title, municipality.slug, newest.withdrawn_at, newest.withdrawn_reason)
    return PublishedResult(dialogue, newest.version, newest.frozen, newest.published_at)


def heard_in(cycles: Iterable[int]) -> DialogueQuerySet:
    """For the lines of the five steps: the cycles' dialogues that have been held, with something heard in them."""
    held = Dialogue.objects.filter(cycle__in=cycles, status__in=(Dialogue.Status.HELD, Dialogue.Status.CLOSED))
    return held.filter(Exists(Theme.objects.filter(dialogue=OuterRef("pk"))))
