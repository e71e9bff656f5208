"""Doors to the panel: a municipality's promises in a frame on its own site."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from citizen_promises.queries import public_page
from lib.dates import today
from municipalities.models import Municipality
from residents.doors import for_everyone
from residents.links import absolute


@for_everyone()
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # any view, whatever its address says
def panel(request: HttpRequest, slug: str) -> HttpResponse:
    """The promises in short. The only page that others may frame: there is nothing on it to press but links."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    shown = public_page(place, today()).current
    return render(request, "residents/panel.html", {"municipality": place, "shown": shown})


@for_everyone()
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines that put the panel on another site: a frame, no script."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    address = absolute(reverse("residents:panel", args=[slug]))
    return render(request, "residents/embed.html", {"municipality": place, "address": address})
