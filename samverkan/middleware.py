"""Three small guards around every page: what was typed is kept, refusals are explained, second factors required."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from journal.steps import NotAllowed

GetResponse = Callable[[HttpRequest], HttpResponse]
KEPT = "typed"
KEPT_SECONDS = 3600
KEPT_CHARACTERS = 200_000
WAVED_AWAY = "utan"
ACCOUNT_PAGES = "/konto/"


class KeepWhatWasTyped:
    """A form sent after the session ended is kept, and offered again when the person has signed in.

    It stands in the browser's own anonymous session (which survives sign-in, not sign-out), for an hour, until it is
    sent again or waved away. Files are not kept, and nothing that is sent to the account's own pages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated:
            return self._offer(request) if KEPT in request.session else None
        if not getattr(view, "login_required", True) or request.method != "POST":
            return None
        if not request.path.startswith(ACCOUNT_PAGES):
            self._keep(request)
        return redirect_to_login(request.get_full_path())

    def _keep(self, request: HttpRequest) -> None:
        typed = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
        if sum(len(value) for values in typed.values() for value in values) > KEPT_CHARACTERS:
            return
        request.session[KEPT] = {
            "address": request.get_full_path(),
            "path": request.path,
            "fields": typed,
            "files": bool(request.FILES),
            "at": timezone.now().timestamp(),
        }

    def _offer(self, request: HttpRequest) -> HttpResponse | None:
        kept = request.session[KEPT]
        if kept["path"] != request.path:
            return None
        too_old = timezone.now().timestamp() - kept["at"] > KEPT_SECONDS
        if too_old or request.method == "POST" or WAVED_AWAY in request.GET:
            del request.session[KEPT]
            return None
        away = kept["address"] + ("&" if "?" in kept["address"] else "?") + f"{WAVED_AWAY}=1"
        return render(request, "kept_form.html", {"kept": kept, "away": away})


class ExplainRefusals:
    """A step that no longer stands open becomes a sentence on the record's own page, never an error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        messages.error(request, str(exception))
        return redirect(exception.obj.get_absolute_url())  # type: ignore[attr-defined]  # all with steps have a page


class RequireSecondFactor:
    """People with a role named in MFA_REQUIRED_ROLES come no further before they have a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        if not settings.MFA_REQUIRED_ROLES or not user.is_authenticated or request.path.startswith(ACCOUNT_PAGES):
            return None
        if not settings.MFA_REQUIRED_ROLES & user.roles or is_mfa_enabled(user):
            return None
        messages.info(request, "Din roll kräver tvåstegsverifiering. Slå på den här innan du fortsätter.")
        return redirect(reverse("mfa_index"))
