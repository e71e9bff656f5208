"""Doors to many files sent in at once: following how they are read, and letting their figures in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from indicators import delivering, rules, tasks
from indicators.models import Delivery
from journal.models import Event
from lib.swedish import plural

FILES_PER_PAGE = 50


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The delivery's page: how far it has come, what was found in each file, and the button that lets figures in."""
    delivery = _delivery(request, pk)
    page = Paginator(delivery.files.most_wanting_first(), FILES_PER_PAGE).get_page(request.GET.get("sida"))
    shown = {
        "delivery": delivery,
        "counts": delivery.files.counts(),
        "page": page,
        "events": Event.objects.about(delivery),
    }
    return render(request, "indicators/delivery_detail.html", shown)


@cache_control(no_store=True)
def progress(request: UserRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, asked for every other second; when all is done the whole page is anew."""
    delivery = _delivery(request, pk)
    counts = delivery.files.counts()
    response = render(request, "indicators/_delivery_progress.html", {"delivery": delivery, "counts": counts})
    if not counts["waiting"] and request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Let the figures of all previewed files in: those without remarks, or all."""
    delivery = _delivery(request, pk)
    count = delivering.confirm_all(delivery, by=request.user, with_remarks=request.POST.get("vilka") == "alla")
    if count:
        tasks.wake_files(delivering.to_wake(delivery))
        messages.success(request, f"{plural(count, 'fil', 'filer')} läses in nu. Du kan lämna sidan.")
    else:
        messages.info(request, "Ingen fil väntade på att läsas in.")
    return redirect(delivery)


def _delivery(request: UserRequest, pk: int) -> Delivery:
    if not rules.may_import(request.user):
        raise PermissionDenied
    return get_object_or_404(Delivery.objects.visible_to(request.user).select_related("created_by"), pk=pk)
