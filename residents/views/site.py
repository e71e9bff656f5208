"""The site: Sweden, a county, a municipality, a document, a promise."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from citizen_promises import public
from citizen_promises.public import PublicDocument
from citizen_promises.queries import public_places
from lib.dates import today
from municipalities.models import Municipality
from residents import queries
from residents.doors import for_everyone
from residents.forms import PlaceForm
from residents.links import absolute


@for_everyone("sok", "lan")
def nation(request: HttpRequest) -> HttpResponse:
    """Where in the country something is promised: searched by place, or by county."""
    form = PlaceForm(request.GET)
    form.is_valid()
    text, county = form.cleaned_data.get("sok", ""), form.cleaned_data.get("lan")
    context: dict[str, Any] = {"form": form, "searched": bool(text or county)}
    if context["searched"]:
        context["places"] = public_places(today(), text=text, county=county)
    else:
        context["page"] = queries.nation(today())
    return render(request, "residents/nation.html", context)


@for_everyone()
def county(request: HttpRequest, slug: str) -> HttpResponse:
    """All municipalities of a county, with what holds there today."""
    found = queries.county_by(slug)
    if found is None:
        raise Http404
    places = public_places(today(), county=found)
    line = queries.CountyLine(found, [place for place in places if place.has_published])
    return render(request, "residents/county.html", {"county": found, "places": places, "line": line})


@for_everyone()
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality's promises to its residents; 410 where all that was published has been withdrawn."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    page = queries.municipality_page(place, today())
    context = {"page": page, "municipality": place, **speakers(page.shown)}
    return render(request, "residents/municipality.html", context, status=410 if page.is_gone else 200)


@for_everyone()
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One document under its own address, also when its time is over; 410 when it has been withdrawn."""
    row = queries.documents(pk, slug)
    if row is None:
        raise Http404
    if row.withdrawn_at:
        return render(request, "residents/withdrawn.html", {"document": row}, status=410)
    shown = queries.document(row, today())
    context = {"successor": queries.successor(shown, today()), "municipality": row.municipality, **speakers([shown])}
    return render(request, "residents/document.html", context)


@for_everyone()
def promise(request: HttpRequest, slug: str, pk: int, promise_pk: int) -> HttpResponse:
    """One promise under an address to share, that never dies: with what came of it, or why it was taken down."""
    row = queries.documents(pk, slug)
    if not queries.has_promise(row, promise_pk):
        raise Http404
    if row.withdrawn_at:
        return render(request, "residents/withdrawn.html", {"document": row, "promise": promise_pk}, status=410)
    shown = queries.document(row, today())
    context = {
        "promise": next(one for one in shown.promises if one.pk == promise_pk),
        "document": shown,
        "successor": queries.successor(shown, today()),
        "municipality": row.municipality,
        "address": absolute(request.path),
        **speakers([shown]),
    }
    return render(request, "residents/promise.html", context)


def speakers(shown: list[PublicDocument]) -> dict[str, Any]:
    """Whose promises are shown, for the top of the page and for a sentence."""
    return {"shown": shown, "names": public.names(shown), "subject": public.subject(shown)}
