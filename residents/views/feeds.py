"""Doors to what can be followed without leaving an address: feeds and a calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from lib.dates import today
from municipalities.models import Municipality
from residents import queries
from residents.days import days
from residents.doors import for_everyone
from residents.formats import atom, calendar
from residents.news import Within, latest

ATOM = "application/atom+xml; charset=utf-8"


@for_everyone()
def nation(request: HttpRequest) -> HttpResponse:
    """What has happened in the whole country."""
    return _feed(request, "Medborgarlöften i Sverige", reverse("residents:nation"), Within())


@for_everyone()
def county(request: HttpRequest, slug: str) -> HttpResponse:
    """What has happened in a county."""
    found = queries.county_by(slug)
    if found is None:
        raise Http404
    page = reverse("residents:county", args=[slug])
    return _feed(request, f"Medborgarlöften i {found}", page, Within(county=found))


@for_everyone()
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """What has happened in a municipality."""
    place = get_object_or_404(Municipality, slug=slug)
    page = reverse("residents:municipality", args=[slug])
    return _feed(request, f"Medborgarlöften i {place}", page, Within(municipality=place))


@for_everyone()
def promise(request: HttpRequest, slug: str, pk: int, promise_pk: int) -> HttpResponse:
    """What has happened with one promise; 410 when it has been taken down, so that readers stop asking."""
    row = queries.documents(pk, slug)
    if not queries.has_promise(row, promise_pk):
        raise Http404
    if row.withdrawn_at:
        return render(request, "residents/withdrawn.html", {"document": row, "promise": promise_pk}, status=410)
    page = reverse("residents:promise", args=[slug, pk, promise_pk])
    within = Within(municipality=row.municipality, promise=promise_pk)
    shown = next(one for one in queries.document(row, today()).promises if one.pk == promise_pk)
    return _feed(request, shown.heading, page, within)


@for_everyone()
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """The municipality's days as a calendar to subscribe to."""
    place = get_object_or_404(Municipality, slug=slug)
    told = calendar(f"Medborgarlöften i {place}", days(place))
    named = {"Content-Disposition": f'inline; filename="medborgarloften-{place.slug}.ics"'}
    return HttpResponse(told, content_type="text/calendar; charset=utf-8", headers=named)


@for_everyone()
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """How a municipality's promises are followed."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    context = {"municipality": place, "county_slug": queries.county_slug(place.county)}
    return render(request, "residents/follow.html", context)


def _feed(request: HttpRequest, title: str, page: str, within: Within) -> HttpResponse:
    return HttpResponse(atom(title, request.path, page, latest(within)), content_type=ATOM)
