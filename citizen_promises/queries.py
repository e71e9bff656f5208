"""What other rooms and residents may ask about promises, each in a constant number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from accounts.models import Organisation, User
from agreements.models import Measure, MeasureQuerySet
from citizen_promises import content
from citizen_promises.models import LanguageVersion, Period, Promise, PromiseDocument, PromiseDocumentQuerySet
from citizen_promises.public import PublicDocument
from citizen_promises.rules import TONE, standing
from dialogues.models import Dialogue, Theme, ThemeQuerySet
from lib.swedish import moment, plural, sort_key
from municipalities.models import County, Municipality
from partnerships.models import Cycle


def promises_of(cycle: Cycle, municipality: Municipality | None = None) -> list[Promise]:
    """The cycle's published promises (those of one municipality), in the order that residents read them.

    Each has `done` (sum of counts), `told_on` (latest outcome's day or None) and `document.municipality`.
    """
    found = Promise.objects.public().filter(document__cycle=cycle)
    if municipality:
        found = found.filter(document__municipality=municipality)
    related = found.select_related("document__municipality").with_progress()
    return list(related.order_by("document__municipality__sort_order", "-document__starts", "order", "pk"))


def public_documents(municipality: Municipality, day: dt.date) -> list[PublicDocument]:
    """Everything published for the municipality's residents, latest period first."""
    return read(PromiseDocument.objects.public().filter(municipality=municipality), day)


def read(documents: PromiseDocumentQuerySet, day: dt.date) -> list[PublicDocument]:
    """Published documents with promises and outcomes: three queries, however many there are."""
    after = PromiseDocument.objects.public().filter(replaces=OuterRef("pk"))
    found = documents.select_related("municipality").annotate(successor_id=Subquery(after.values("pk")[:1]))
    found = found.prefetch_related("promises__outcomes")
    return [
        PublicDocument(document, document.frozen, list(document.promises.all()), day)
        for document in found.order_by("-starts", "-pk")
        if document.frozen
    ]


@dataclass(frozen=True)
class PublicPage:
    """A municipality's public page: what holds, what comes, what was, and what has been taken down."""

    municipality: Municipality
    current: list[PublicDocument]
    coming: list[PublicDocument]
    earlier: list[PublicDocument]
    withdrawn: list[PromiseDocument]

    @property
    def documents(self) -> list[PublicDocument]:
        return [*self.current, *self.coming, *self.earlier]


def public_page(municipality: Municipality, day: dt.date) -> PublicPage:
    """All of the municipality's public page in four queries."""
    by_period: dict[Period, list[PublicDocument]] = {period: [] for period in Period}
    for document in public_documents(municipality, day):
        by_period[document.period].append(document)
    withdrawn = PromiseDocument.objects.filter(municipality=municipality, status=PromiseDocument.Status.WITHDRAWN)
    return PublicPage(
        municipality,
        by_period[Period.CURRENT],
        by_period[Period.COMING],
        by_period[Period.ENDED],
        list(withdrawn.order_by("-withdrawn_at")),
    )


@dataclass
class Place:
    """A municipality in the public list, with what holds there today."""

    municipality: Municipality
    promises: int = 0
    kept: int = 0
    earlier: int = 0
    coming: int = 0

    @property
    def has_published(self) -> bool:
        return bool(self.promises or self.earlier or self.coming)

    @property
    def sentence(self) -> str:
        if self.promises:
            kept = plural(self.kept, "uppfyllt", "uppfyllda")
            return f"{plural(self.promises, 'löfte', 'löften')} gäller nu, {kept}"
        if self.coming:
            return f"{plural(self.coming, 'löfte', 'löften')} börjar gälla senare"
        if self.earlier:
            return f"{plural(self.earlier, 'tidigare löfte', 'tidigare löften')}"
        return "inga löften publicerade"


def public_places(day: dt.date, *, text: str = "", county: County | None = None) -> list[Place]:
    """Municipalities by county, in alphabetical order: those searched for, or else those that have promises."""
    municipalities = Municipality.objects.search(text) if text else Municipality.objects.all()
    if county:
        municipalities = municipalities.filter(county=county)
    places = {each.pk: Place(each) for each in municipalities.select_related("county").in_order()}
    documents = PromiseDocument.objects.public().annotate(
        count=Count("promises"), kept=Count("promises", filter=Q(promises__status=Promise.Status.KEPT))
    )
    for row in documents.only("municipality_id", "starts", "ends", "replaced_from"):
        if place := places.get(row.municipality_id):
            _add(place, row.period(day), row.count, row.kept)  # type: ignore[attr-defined]  # annotated
    found = [place for place in places.values() if place.has_published or text or county]
    return sorted(found, key=lambda place: sort_key(place.municipality.county.name))


def _add(place: Place, period: Period, count: int, kept: int) -> None:
    if period is Period.CURRENT:
        place.promises, place.kept = place.promises + count, place.kept + kept
    elif period is Period.ENDED:
        place.earlier += count
    else:
        place.coming += count


@dataclass(frozen=True)
class DocumentLine:
    """A document in the parties' list, with its state in words."""

    document: PromiseDocument
    promises: int
    kept: int
    word: str
    tone: str
    period: Period
    missing_feedback: int


def document_lines(documents: Iterable[Any], day: dt.date) -> list[DocumentLine]:
    """The lines of a list of documents that came from `summarised()`."""
    return [_line(document, document.period(day)) for document in documents]


def _line(document: Any, period: Period) -> DocumentLine:
    over = period is Period.ENDED and document.is_public
    return DocumentLine(
        document,
        document.promise_count,
        document.kept_count,
        standing_word(document),
        TONE[standing(document)],
        period,
        document.untold_count if over else 0,
    )


def standing_word(document: PromiseDocument) -> str:
    """The state in words: a document that waits for its set time says so."""
    if document.is_scheduled and document.publish_at and not document.is_due:
        return f"Publiceras {moment(document.publish_at)}"
    return PromiseDocument.Status(standing(document)).label


def successor(document: PromiseDocument) -> PromiseDocument | None:
    """The document that replaces it or is to do so, in whatever state."""
    found = PromiseDocument.objects.filter(replaces=document)
    return found.exclude(status=PromiseDocument.Status.WITHDRAWN).select_related("municipality").first()


@dataclass(frozen=True)
class LanguageLine:
    """A language of a document, with what is not written in it yet."""

    version: LanguageVersion
    missing: list[str]


def language_lines(document: PromiseDocument, promises: list[Promise]) -> list[LanguageLine]:
    """The languages that the document is also written in."""
    names = content.parts(document, promises)
    return [LanguageLine(one, content.missing_parts(one, names)) for one in document.language_versions.all()]


def themes_to_answer(document: PromiseDocument, user: User) -> ThemeQuerySet:
    """What residents of the municipality have said in dialogues of the partnership, and staff have not."""
    mine = Q(dialogue__partnership=document.partnership_id, dialogue__municipality=document.municipality_id)
    found = Theme.objects.visible_to(user).filter(mine, dialogue__kind__in=Dialogue.WITH_RESIDENTS)
    found = found.exclude(dialogue__status=Dialogue.Status.CANCELLED).select_related("dialogue")
    return found.order_by("-dialogue__starts", "dialogue", "-mentions", "pk")


def measures_to_promise(document: PromiseDocument) -> MeasureQuerySet:
    """The measures that a promise may still be chosen from: the municipality's own and the joint ones."""
    used = Promise.measures.through.objects.filter(promise__document=document).values("measure")
    mine = Q(municipality=None) | Q(municipality=document.municipality_id)
    live = Measure.objects.filter(mine, partnership=document.partnership_id, status__in=Measure.LIVE_STATUSES)
    return live.exclude(pk__in=used).select_related("responsible__organisation")


def promise_from(measure: Measure) -> dict[str, Any]:
    """How a promise begins when it is chosen from a measure; the text is then written for residents."""
    promisers = {
        Organisation.Kind.POLICE: Promise.Promiser.POLICE,
        Organisation.Kind.MUNICIPALITY: Promise.Promiser.MUNICIPALITY,
    }
    kind = measure.responsible.organisation.kind
    return {
        "measures": [measure.pk],
        "text": measure.title,
        "promiser": promisers.get(Organisation.Kind(kind), Promise.Promiser.OTHER),
        "parties": [] if kind in promisers else [measure.responsible_id],
        "planned_count": measure.planned_count,
        "unit": measure.unit,
        "function": measure.function,
    }
