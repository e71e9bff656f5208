"""Doors to what is fetched from Kolada: ordering, following, and trying again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from indicators import fetching, rules, tasks
from indicators.extents import extents_for
from indicators.fetch_forms import FetchForm
from indicators.models import Fetch
from journal.models import Event
from lib.dates import today

FETCHES_PER_PAGE = 25


def create(request: UserRequest) -> HttpResponse:
    """Order a fetch, and the fetches so far. Nothing is read in before the preview's button."""
    if not rules.may_fetch(request.user):
        raise PermissionDenied
    is_open = fetching.is_open()
    extents = extents_for(request.user, today()) if is_open else []
    form = FetchForm(request.POST or None, extents=extents)
    if request.method == "POST" and is_open and form.is_valid():
        fetch, is_new = fetching.order(**form.cleaned_data, by=request.user)
        if is_new:
            tasks.wake(fetch.pk)
        else:
            messages.info(request, "Den hämtningen är redan beställd. Här är den.")
        return redirect(fetch)
    fetches = Fetch.objects.visible_to(request.user).latest_first()
    page = Paginator(fetches, FETCHES_PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "indicators/fetch_create.html", {"form": form, "is_open": is_open, "page": page})


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The fetch's page: how far it has come, then the file to look through."""
    fetch = _fetch(request, pk)
    return render(request, "indicators/fetch_detail.html", {"fetch": fetch, "events": Event.objects.about(fetch)})


@cache_control(no_store=True)
def progress(request: UserRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, asked for every second until the fetch is settled."""
    return render(request, "indicators/_fetch_progress.html", {"fetch": _fetch(request, pk)})


@require_POST
def again(request: UserRequest, pk: int) -> HttpResponse:
    """Try a failed fetch once more."""
    fetch = _fetch(request, pk)
    if not fetching.is_open():
        messages.error(request, fetching.CLOSED)
    elif fetching.order_again(fetch, by=request.user):
        tasks.wake(fetch.pk)
    else:
        messages.info(request, "Hämtningen är redan beställd på nytt.")
    return redirect(fetch)


def _fetch(request: UserRequest, pk: int) -> Fetch:
    if not rules.may_fetch(request.user):
        raise PermissionDenied
    return get_object_or_404(Fetch.objects.visible_to(request.user).select_related("created_by", "batch"), pk=pk)
