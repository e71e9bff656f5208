"""Small guards around every page: what was typed is kept, refusals are explained, second factors are required.

And nothing that a signed-in person has seen stays in the browser.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts.rules import is_outside
from journal.steps import NotAllowed
from lib.dates import now
from lib.texts import clean
from samverkan.errors import is_secret, nearest_page, typed_in

GetResponse = Callable[[HttpRequest], HttpResponse]
KEPT = "kept_forms"
KEPT_SECONDS = 3600
KEPT_CHARACTERS = 100_000
KEPT_FORMS = 3
SHORT = 80  # what fits on a line of its own
WAVED_AWAY = "utan"
# Which person last was signed in in this browser: a number with our signature, renewed each day.
LAST_USER = "senast"
LAST_USER_SECONDS = 7 * 24 * 3600
RENEWED_SECONDS = 24 * 3600
ACCOUNT_PAGES = "/konto/"
INVITATIONS = "/inbjudan/"
# All that an outside actor reaches: whatever is added elsewhere is closed to it from the start.
OPEN_TO_ACTORS = frozenset(
    {
        "overview:start",
        "agreements:own",
        "agreements:own_measure",
        "agreements:own_tick",
        "agreements:log_file",
        "agreements:log_file_remove",
    }
)
# A page that shows itself; or a button's address, that has no page of its own but takes the form.
SHOWN = (200, 405)
# What no page here uses, and no text that somebody slipped in shall be able to ask for.
NOT_USED = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class Guard:
    """What all of them have in common: they are told how to go on, and go on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class TellTheBrowser(Guard):
    """What a signed-in person sees is not stored: Back after sign-out shows nothing to the next one at the desk.

    And no page uses the camera, the place or the like. What visitors read (promises, static files) is left alone.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = NOT_USED
        if request.path.startswith((ACCOUNT_PAGES, INVITATIONS)) or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class CleanWhatWasTyped(Guard):
    """What is pasted from a document loses its unseen characters, once for every form and address.

    PostgreSQL refuses NUL, a search does not find past a mark without width. Passwords and codes are left alone.
    """

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]  # no longer the one that may not change
        if request.method == "POST":
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _cleaned(sent: QueryDict) -> QueryDict:
    """The same, unless something in it must go."""
    found = {name: sent.getlist(name) for name in sent}
    kept = {name: texts if is_secret(name) else [clean(text) for text in texts] for name, texts in found.items()}
    if kept == found:
        return sent
    cleaned = sent.copy()
    for name, texts in kept.items():
        cleaned.setlist(name, texts)
    cleaned._mutable = False
    return cleaned


class KeepWhatWasTyped(Guard):
    """A form sent after the session ended is kept, and offered again when the same person has signed in.

    Only a browser that carries our word on who was signed in here last may leave anything, and only for that person:
    it stands with the person's number in the browser's own anonymous session (which survives sign-in, not sign-out),
    for an hour, until it is sent again or waved away. Files are not kept, and no passwords or codes.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = request.user
        if user.is_authenticated and last_user(request, not_older_than=RENEWED_SECONDS) != str(user.pk):
            response.set_signed_cookie(
                LAST_USER,
                str(user.pk),
                salt=LAST_USER,
                max_age=LAST_USER_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or not getattr(view, "login_required", True) or request.method != "POST":
            return None
        whose = last_user(request, not_older_than=LAST_USER_SECONDS)
        if whose and not request.path.startswith(ACCOUNT_PAGES):
            self._keep(request, whose)
        return redirect_to_login(request.get_full_path())

    def _keep(self, request: HttpRequest, whose: str) -> None:
        typed = {name: request.POST.getlist(name) for name in request.POST if not is_secret(name)}
        if sum(len(name) + sum(map(len, values)) for name, values in typed.items()) > KEPT_CHARACTERS:
            return
        others = [kept for kept in request.session.get(KEPT, []) if kept["path"] != request.path]
        kept = {
            "user": whose,
            "address": request.get_full_path(),
            "path": request.path,
            "fields": typed,
            "files": bool(request.FILES),
            "at": now().timestamp(),
        }
        request.session[KEPT] = [kept, *others][:KEPT_FORMS]


class OfferWhatWasTyped(Guard):
    """Shows what was kept in place of its page. Innermost: the page has been asked for first, and has let them in."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.user.is_authenticated or KEPT not in request.session:
            return response
        whose, youngest = str(request.user.pk), now().timestamp() - KEPT_SECONDS
        found = [kept for kept in request.session[KEPT] if kept["user"] == whose and kept["at"] > youngest]
        here = next((kept for kept in found if kept["path"] == request.path), None)
        if here and (request.method == "POST" or WAVED_AWAY in request.GET):
            found.remove(here)
            here = None
        if found != request.session[KEPT]:
            request.session[KEPT] = found
        return self._offer(request, here) if here and response.status_code in SHOWN else response

    def _offer(self, request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
        away = kept["address"] + ("&" if "?" in kept["address"] else "?") + f"{WAVED_AWAY}=1"
        rows = [
            (name, text, len(text) < SHORT and not text.islower() and any(letter.isalpha() for letter in text))
            for name, texts in kept["fields"].items()
            for text in texts
        ]
        return render(request, "kept_form.html", {"kept": kept, "rows": rows, "away": away})


def last_user(request: HttpRequest, *, not_older_than: int) -> str:
    """The key of whoever last was signed in in this browser; nothing if it does not say, or says it without us."""
    return request.get_signed_cookie(LAST_USER, default="", salt=LAST_USER, max_age=not_older_than) or ""


class ExplainRefusals(Guard):
    """A step that no longer stands open becomes a sentence on the record's own page, never an error page.

    What was written for it is shown beside the sentence. An address that only takes forms says where to go instead.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            shown = render(request, "405.html", {"page": nearest_page(request.path)}, status=405)
            shown.headers["Allow"] = response.headers.get("Allow", "POST")
            return shown
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        page: str = exception.obj.get_absolute_url()  # type: ignore[attr-defined]  # all with steps have a page
        if typed := typed_in(request):
            shown = {"sentence": str(exception), "page": page, "obj": exception.obj, "typed": typed}
            return render(request, "409.html", shown, status=409)
        messages.error(request, str(exception))
        return redirect(page)


class RequireSecondFactor(Guard):
    """People with a role named in MFA_REQUIRED_ROLES come no further before they have a second factor."""

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


class KeepActorsOutside(Guard):
    """People who only carry out a measure for an outside organisation find nothing but their own pages."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if not user.is_authenticated or not getattr(view, "login_required", True) or not is_outside(user):
            return None
        if request.path.startswith(ACCOUNT_PAGES) or (match and match.view_name in OPEN_TO_ACTORS):
            return None
        raise Http404
