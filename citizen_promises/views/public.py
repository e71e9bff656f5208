"""Doors that are open to all: the residents' pages."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from citizen_promises import public, queries
from citizen_promises.forms import PlaceForm
from citizen_promises.models import PromiseDocument
from lib.dates import today
from municipalities.models import Municipality


@login_not_required
@require_safe
def public_index(request: HttpRequest) -> HttpResponse:
    """Where in the country something is promised, searched by place and county."""
    form = PlaceForm(request.GET)
    form.is_valid()
    text, county = form.cleaned_data.get("sok", ""), form.cleaned_data.get("lan")
    places = queries.public_places(today(), text=text, county=county)
    searched = bool(text or county)
    return render(request, "citizen_promises/public_index.html", {"form": form, "places": places, "searched": searched})


@login_not_required
@require_safe
def public_municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality's promises to its residents; 410 where all that was published has been withdrawn."""
    municipality = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    page = queries.public_page(municipality, today())
    shown = page.current or page.coming or page.earlier[:1]
    context = {
        "page": page,
        "municipality": municipality,
        "shown": shown,
        "names": public.names(shown),
        "subject": public.subject(shown),
        "coming": [document for document in page.coming if document not in shown],
        "earlier": [document for document in page.earlier if document not in shown],
    }
    gone = page.withdrawn and not page.documents
    return render(request, "citizen_promises/public_municipality.html", context, status=410 if gone else 200)


@login_not_required
@require_safe
def public_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One document under its own address, also when its time is over; 410 when it has been withdrawn."""
    published = PromiseDocument.objects.ever_public()
    document = get_object_or_404(published.select_related("municipality"), pk=pk, municipality__slug=slug)
    if document.status == PromiseDocument.Status.WITHDRAWN:
        return render(request, "citizen_promises/public_withdrawn.html", {"document": document}, status=410)
    shown = queries.read(PromiseDocument.objects.public().filter(pk=pk), today())
    return render(request, "citizen_promises/public_document.html", page_of(shown))


def page_of(shown: list[public.PublicDocument]) -> dict[str, Any]:
    """What the page of one or several documents shows."""
    return {
        "shown": shown,
        "municipality": shown[0].municipality,
        "names": public.names(shown),
        "subject": public.subject(shown),
    }
