"""What has happened with the promises, the latest first: for feeds. As many queries, however much there is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from citizen_promises.models import Outcome, Promise, PromiseDocument
from citizen_promises.public import PublicPromise
from citizen_promises.queries import read
from dialogues.models import DialogueResult
from lib.dates import today
from municipalities.models import County, Municipality

MOST = 50


@dataclass(frozen=True)
class News:
    """Something that a follower is told."""

    key: str  # stays the same as long as the thing does: "utfall-34"
    at: dt.datetime
    title: str
    text: str
    path: str


@dataclass(frozen=True)
class Within:
    """What is followed: the nation, a county, a municipality or one promise."""

    county: County | None = None
    municipality: Municipality | None = None
    promise: int | None = None

    def of(self, prefix: str) -> dict[str, Any]:
        """The same as the filter of a query, from what has a municipality."""
        if self.municipality:
            return {f"{prefix}municipality": self.municipality}
        return {f"{prefix}municipality__county": self.county} if self.county else {}


def latest(within: Within) -> list[News]:
    """The latest things told, the newest first."""
    public = PromiseDocument.objects.public().filter(**within.of("")).select_related("municipality")
    promises = Promise.objects.filter(document__in=public.values("pk"))
    if within.promise:
        promises = promises.filter(pk=within.promise)
    outcomes = Outcome.objects.filter(promise__in=promises).select_related("promise").order_by("-created_at", "-pk")
    told, settled = (_by_day(promises, day) for day in ("feedback_on", "settled_on"))
    found = [*outcomes[:MOST]]
    documents = [] if within.promise else list(public.order_by("-published_at", "-pk")[:MOST])
    known = _texts(found, [*told, *settled], documents)
    news = [_of_outcome(one, known[one.promise_id]) for one in found if one.promise_id in known]
    news += [_of_feedback(one, known[one.pk]) for one in told if one.pk in known]
    news += [_of_judgement(one, known[one.pk]) for one in settled if one.pk in known]
    if not within.promise:
        news += [_of_document(row) for row in documents if row.published_at and row.frozen]
        news += _withdrawn(within) + _results(within)
    return sorted(news, key=lambda one: (one.at, one.key), reverse=True)[:MOST]


def _by_day(promises: QuerySet[Promise], day: str) -> list[Promise]:
    return list(promises.filter(**{f"{day}__isnull": False}).order_by(f"-{day}", "-pk")[:MOST])


def _texts(
    outcomes: Iterable[Outcome], promises: Iterable[Promise], documents: Iterable[PromiseDocument]
) -> dict[int, PublicPromise]:
    """The frozen texts of the promises that are told of, by their numbers."""
    wanted = {one.promise.document_id for one in outcomes} | {one.document_id for one in promises}
    shown = read(PromiseDocument.objects.public().filter(pk__in=wanted), today())
    return {promise.pk: promise for document in shown for promise in document.promises}


def _path(promise: PublicPromise) -> str:
    return reverse("residents:promise", args=[promise.document.municipality.slug, promise.document.pk, promise.pk])


def _noon(day: dt.date | None) -> dt.datetime:
    """A day as a moment: the middle of it, in Sweden."""
    return timezone.make_aware(dt.datetime.combine(day or today(), dt.time(12)))


def _of_outcome(outcome: Outcome, promise: PublicPromise) -> News:
    place = promise.document.municipality
    return News(f"utfall-{outcome.pk}", outcome.created_at, f"{place}: {promise.heading}", outcome.text, _path(promise))


def _of_feedback(live: Promise, promise: PublicPromise) -> News:
    title = f"{promise.document.municipality}: så gick det – {promise.heading}"
    return News(f"aterkoppling-{live.pk}", _noon(live.feedback_on), title, live.feedback, _path(promise))


def _of_judgement(live: Promise, promise: PublicPromise) -> News:
    word = live.get_status_display().lower()
    title = f"{promise.document.municipality}: {word} – {promise.heading}"
    return News(f"bedomning-{live.pk}", _noon(live.settled_on), title, live.status_reason or word, _path(promise))


def _of_document(row: PromiseDocument) -> News:
    frozen: dict[str, Any] = row.frozen or {}
    headings = [one["text"].strip().partition("\n")[0] for one in frozen["promises"]]
    path = reverse("residents:document", args=[row.municipality.slug, row.pk])
    title = f"Nya löften i {row.municipality}: {frozen['title']}"
    return News(f"dokument-{row.pk}", row.published_at or _noon(None), title, "\n".join(headings), path)


def _withdrawn(within: Within) -> list[News]:
    gone = PromiseDocument.objects.ever_public().filter(withdrawn_at__isnull=False, **within.of(""))
    rows = gone.select_related("municipality").order_by("-withdrawn_at")[:MOST]
    return [
        News(
            f"avpublicerat-{row.pk}",
            row.withdrawn_at,
            f"Löften i {row.municipality} är avpublicerade",
            row.withdrawn_reason,
            reverse("residents:document", args=[row.municipality.slug, row.pk]),
        )
        for row in rows
        if row.withdrawn_at
    ]


def _results(within: Within) -> list[News]:
    found = DialogueResult.objects.public().filter(**within.of("dialogue__")).select_related("dialogue__municipality")
    return [
        News(
            f"dialog-{one.dialogue_id}-{one.version}",
            one.published_at,
            f"Det här berättade ni i {one.dialogue.municipality}: {one.frozen['title']}",
            one.frozen.get("feedback", ""),
            reverse("residents:dialogue", args=[one.dialogue.municipality.slug, one.dialogue_id]),
        )
        for one in found.order_by("-published_at", "-pk")[:MOST]
        if one.dialogue.municipality
    ]
