"""Doors for people without an account: to begin to follow, to say yes, and to end.

None of them sets a cookie or needs one. A page that is only opened changes nothing, because the programs that guard
letter boxes open every link; what counts is the button, or what a mail program posts for its own button (RFC 8058).
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from citizen_promises.models import Promise, PromiseDocument
from municipalities.models import Municipality
from subscriptions import actions, links, tasks
from subscriptions.forms import FollowForm
from subscriptions.models import Subscription


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow all that is promised in a municipality, also one that has promised nothing yet."""
    return _follow(request, get_object_or_404(Municipality, slug=slug))


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, slug: str, document_pk: int, pk: int) -> HttpResponse:
    """Follow one promise; 410 where it has been withdrawn."""
    documents = PromiseDocument.objects.ever_public().filter(pk=document_pk, municipality__slug=slug)
    document = get_object_or_404(documents.select_related("municipality"))
    found = get_object_or_404(document.promises, pk=pk)
    if not PromiseDocument.objects.public().filter(pk=document.pk).exists():
        return render(request, "subscriptions/withdrawn.html", {"municipality": document.municipality}, status=410)
    return _follow(request, document.municipality, found)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes. A link that has been used already says that it is so."""
    key = links.confirmed_by(token)
    if key is None:
        return _no_such_link(request)
    if request.method == "POST":
        actions.confirm(key)
    found = Subscription.objects.by_key(key).select_related("municipality", "promise__document").first()
    if found is None:
        return _no_such_link(request)
    context: dict[str, Any] = {"subscription": found, "page": _page(found)}
    active = found.status == Subscription.Status.ACTIVE
    return render(request, f"subscriptions/{'confirmed' if active else 'confirm'}.html", context)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End, and have the address deleted. The same kind answer for the first time and every time after."""
    key = links.ended_by(token)
    if key is None:
        return _no_such_link(request)
    if request.method == "POST":
        actions.end(key)
        return render(request, "subscriptions/ended.html")
    found = Subscription.objects.by_key(key).select_related("municipality", "promise__document").first()
    return render(request, "subscriptions/end.html" if found else "subscriptions/ended.html", {"subscription": found})


def _follow(request: HttpRequest, place: Municipality, followed: Promise | None = None) -> HttpResponse:
    form = FollowForm(request.POST if request.method == "POST" else None, request=request)
    context = {"form": form, "municipality": place, "promise": followed}
    if request.method != "POST" or not form.is_valid():
        return render(request, "subscriptions/follow.html", context)
    if not form.is_robot:
        actions.ask(form.cleaned_data["email"], municipality=place, promise=followed)
        tasks.wake()
    return render(request, "subscriptions/asked.html", context | {"email": form.cleaned_data["email"]})


def _page(subscription: Subscription) -> str:
    followed = subscription.promise
    return links.page_of(subscription.municipality, followed.document_id if followed else None, followed)


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "subscriptions/no_link.html", status=404)
