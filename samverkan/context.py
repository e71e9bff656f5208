"""What every page knows: the menu, where one is, and whether this is a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Organisation
from accounts.rules import administered, is_outside

# The rooms that a partnership's pages live in; all are reached by way of a municipality.
UNDER_MUNICIPALITIES = frozenset(
    {"overview", "partnerships", "situation", "agreements", "dialogues", "citizen_promises", "followup", "five_steps"}
)


def page(request: HttpRequest) -> dict[str, Any]:
    """`demo` shows the Demodata banner; `here` is the room of the page, `section` its word in the menu."""
    match = request.resolver_match
    here = match.app_name if match else ""
    section = "municipalities" if here in UNDER_MUNICIPALITIES else here
    if match and match.view_name == "overview:start":
        section = "start"
    return {
        "demo": settings.DEMO,
        "here": here,
        "section": section,
        "administered": _administered(request),
        "outside": _outside(request),
    }


def _administered(request: HttpRequest) -> list[Organisation]:
    user = getattr(request, "user", None)
    return administered(user) if user and user.is_authenticated else []


def _outside(request: HttpRequest) -> bool:
    """Whether the menu is an outside actor's, who has one page."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and is_outside(user))
