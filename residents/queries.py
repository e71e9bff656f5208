"""What residents may read, gathered for their pages: each in a constant number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeGuard

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import Organisation
from agreements.queries import count_public_agreements
from citizen_promises.models import PromiseDocument
from citizen_promises.public import PublicDocument, PublicPromise
from citizen_promises.queries import Place, PublicPage, public_page, public_places, read
from dialogues.models import Dialogue
from dialogues.public import PublishedResult
from dialogues.queries import published_results
from lib.dates import now
from lib.swedish import plural, sort_key
from municipalities.models import County, Municipality
from partnerships.models import Partnership, Party, Seat

# Whom a resident may turn to. Only these, and by the function's own name: a local title may have a person's name in it.
TO_TURN_TO = (
    Seat.Function.MUNICIPAL_POLICE,
    Seat.Function.COORDINATOR,
    Seat.Function.AREA_POLICE,
    Seat.Function.COMMUNICATION,
)


def county_slug(county: County) -> str:
    """The county's name in addresses: vasterbottens-lan."""
    return slugify(county.name)


def county_by(slug: str) -> County | None:
    """The county whose name in addresses it is. One query."""
    return next((county for county in County.objects.all() if county_slug(county) == slug), None)


@dataclass
class CountyLine:
    """A county in the list of the nation, with what holds there today."""

    county: County
    places: list[Place] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return county_slug(self.county)

    @cached_property
    def promises(self) -> int:
        return sum(place.promises for place in self.places)

    @cached_property
    def kept(self) -> int:
        return sum(place.kept for place in self.places)

    @property
    def sentence(self) -> str:
        if not self.places:
            return "inga löften publicerade"
        where = plural(len(self.places), "kommun", "kommuner")
        if not self.promises:
            return f"{where}, inga löften gäller just nu"
        return f"{where}, {plural(self.promises, 'löfte', 'löften')}, {plural(self.kept, 'uppfyllt', 'uppfyllda')}"


@dataclass
class NationPage:
    """Sweden: each county with its places, and the numbers told."""

    counties: list[CountyLine]

    @cached_property
    def places(self) -> list[Place]:
        return [place for line in self.counties for place in line.places]

    @property
    def figures(self) -> list[tuple[int, str]]:
        promises, kept = (sum(getattr(line, name) for line in self.counties) for name in ("promises", "kept"))
        return [
            (promises, "löfte gäller nu" if promises == 1 else "löften gäller nu"),
            (kept, "är uppfyllt" if kept == 1 else "är uppfyllda"),
            (len(self.places), "kommun" if len(self.places) == 1 else "kommuner"),
        ]


def nation(day: dt.date) -> NationPage:
    """The nation's page: three queries."""
    lines = {county.pk: CountyLine(county) for county in County.objects.all()}
    for place in public_places(day):
        lines[place.municipality.county_id].places.append(place)
    return NationPage(sorted(lines.values(), key=lambda line: sort_key(line.county.name)))


@dataclass
class Contact:
    """A party as a resident turns to it: an authority and its functions, never a person."""

    name: str
    kind: str
    email: str
    functions: list[str] = field(default_factory=list)

    @property
    def is_police(self) -> bool:
        return self.kind == Organisation.Kind.POLICE


def contacts(municipality: Municipality, day: dt.date) -> list[Contact]:
    """The municipality itself and the police of its partnerships, with functions. Two queries."""
    inside = Partnership.objects.in_municipality(municipality).order_by().values("pk")
    parties = Party.objects.current(day).filter(partnership__in=inside, kind=Party.Kind.MAIN).order_by()
    ours = Q(organisation__kind=Organisation.Kind.POLICE) | Q(organisation__municipality=municipality)
    about = [f"organisation__{name}" for name in ("pk", "name", "kind", "email")]
    found, partnerships = {}, set()
    for partnership, pk, *told in parties.filter(ours).values_list("partnership", *about):
        partnerships.add(partnership)
        found[pk] = Contact(*told)
    seats = Seat.objects.existing(day).filter(Q(municipality=None) | Q(municipality=municipality))
    seats = seats.filter(partnership__in=partnerships, organisation__in=found, function__in=TO_TURN_TO)
    seats = seats.order_by("function", "pk")
    for pk, function in seats.values_list("organisation", "function"):
        if (name := Seat.Function(function).label) not in found[pk].functions:
            found[pk].functions.append(name)
    return sorted(found.values(), key=lambda contact: (contact.kind, contact.name))


@dataclass(frozen=True)
class OpenDialogue:
    """A dialogue whose questions anybody may answer right now."""

    dialogue: Dialogue
    address: str


def open_dialogues(municipality: Municipality) -> list[OpenDialogue]:
    """Those that are open, with the address of their form. One query."""
    found = Dialogue.objects.answerable(now()).filter(municipality=municipality).order_by("closes_at", "pk")
    found = found.only("title", "purpose", "closes_at")
    return [OpenDialogue(one, reverse("dialogues:reply", args=[municipality.slug, one.pk])) for one in found]


@dataclass
class MunicipalityPage:
    """All of a municipality's page."""

    public: PublicPage
    results: list[PublishedResult]
    open_dialogues: list[OpenDialogue]
    agreements: int
    contacts: list[Contact]

    @property
    def shown(self) -> list[PublicDocument]:
        """What the page opens with: what holds, else what comes, else the latest that was."""
        return self.public.current or self.public.coming or self.public.earlier[:1]

    @property
    def coming(self) -> list[PublicDocument]:
        return [document for document in self.public.coming if document not in self.shown]

    @property
    def earlier(self) -> list[PublicDocument]:
        return [document for document in self.public.earlier if document not in self.shown]

    @property
    def is_withdrawn(self) -> bool:
        """Whether all promises that once were here have been taken down."""
        return bool(self.public.withdrawn) and not self.public.documents

    @property
    def is_gone(self) -> bool:
        """The same, and nothing else is there to read or to answer."""
        return self.is_withdrawn and not self.open_dialogues and not self.results

    @property
    def timeline(self) -> list[tuple[dt.date, str, PublicPromise]]:
        """The latest that was told of any promise on the page."""
        told = [
            (outcome.day, outcome.text, promise)
            for document in self.shown
            for promise in document.promises
            for outcome in promise.outcomes
        ]
        told += [
            (promise.live.feedback_on, promise.live.feedback, promise)
            for document in self.shown
            for promise in document.promises
            if promise.live.feedback_on
        ]
        return sorted(told, key=lambda line: line[0], reverse=True)[:8]


def municipality_page(municipality: Municipality, day: dt.date) -> MunicipalityPage:
    """Everything that the municipality's residents are told, on one page."""
    return MunicipalityPage(
        public_page(municipality, day),
        published_results(municipality),
        open_dialogues(municipality),
        count_public_agreements(municipality, day),
        contacts(municipality, day),
    )


def has_promise(row: PromiseDocument | None, promise: int) -> TypeGuard[PromiseDocument]:
    """Whether the promise stands in the document's frozen text."""
    return row is not None and promise in {one["id"] for one in (row.frozen or {}).get("promises", [])}


def documents(pk: int, slug: str) -> PromiseDocument | None:
    """The row behind a document's address, if it is public or once was. One query."""
    found = PromiseDocument.objects.ever_public().filter(pk=pk, municipality__slug=slug)
    return found.select_related("municipality__county").first()


def document(row: PromiseDocument, day: dt.date) -> PublicDocument:
    """The document as it is read. Three queries."""
    return read(PromiseDocument.objects.filter(pk=row.pk), day)[0]


def successor(shown: PublicDocument, day: dt.date) -> PublicDocument | None:
    """The promises that have taken over from a document that is over. Three queries, none while it holds."""
    if not shown.is_over:
        return None
    later = PromiseDocument.objects.public().filter(municipality=shown.municipality, starts__gt=shown.starts)
    if named := getattr(shown, "successor_id", None):
        later = PromiseDocument.objects.public().filter(pk=named)
    return next((one for one in reversed(read(later, day)) if not one.is_over), None)


def promises_by_theme(shown: Iterable[PublicDocument]) -> dict[int, PublicPromise]:
    """The promise that a theme became, by the theme's number; older texts name no themes."""
    return {
        theme["id"]: promise
        for one in shown
        for promise in one.promises
        for theme in getattr(promise, "themes", [])
        if "id" in theme
    }
