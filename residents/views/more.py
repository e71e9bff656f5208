"""What belongs to a municipality's page: its register of agreements, its dialogues' results, a promise's QR code."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.models import Agreement
from agreements.queries import public_agreements
from citizen_promises.queries import public_documents
from dialogues.public import WithdrawnResult
from dialogues.queries import result_of
from lib.dates import today
from municipalities.models import Municipality
from residents import queries
from residents.doors import for_everyone
from residents.links import absolute, drawn


@for_everyone()
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The public register: the signed agreements that bind the municipality and are marked as open handlings."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    found = public_agreements(place, today()).prefetch_related("parties__organisation")
    lines = [(agreement, agreement.validity(today()), agreement.last_day_on(today())) for agreement in found]
    return render(request, "residents/register.html", {"municipality": place, "lines": lines})


@for_everyone()
def agreement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A signed agreement's text, as it was frozen and signed."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    in_register = public_agreements(place, today()).values("pk")
    found = get_object_or_404(Agreement.objects.public().filter(pk__in=in_register), pk=pk)
    context = {
        "municipality": place,
        "agreement": found,
        "content": found.frozen,
        "validity": found.validity(today()),
        "last_day": found.last_day_on(today()),
    }
    return render(request, "residents/agreement.html", context)


@for_everyone()
def dialogue(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was said in a dialogue, and how each theme was answered; 410 with the reason if it has been withdrawn."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    heard = result_of(place, pk)
    if heard is None:
        raise Http404
    context: dict[str, Any] = {"municipality": place, "heard": heard}
    if isinstance(heard, WithdrawnResult):
        return render(request, "residents/dialogue_withdrawn.html", context, status=410)
    by_theme = queries.promises_by_theme(public_documents(place, today()))
    context["themes"] = [(theme, by_theme.get(theme.pk)) for theme in heard.themes]
    return render(request, "residents/dialogue.html", context)


@for_everyone()
def qr(request: HttpRequest, slug: str, pk: int, promise_pk: int) -> HttpResponse:
    """The promise's address as a drawing to print; also of one that was taken down, since posters stay up."""
    row = queries.documents(pk, slug)
    if not queries.has_promise(row, promise_pk):
        raise Http404
    address = absolute(reverse("residents:promise", args=[slug, pk, promise_pk]))
    return HttpResponse(drawn(address), content_type="image/svg+xml")
