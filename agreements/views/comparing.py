"""The door to two texts side by side."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest
from agreements import content
from agreements.comparing import compare as compared
from agreements.models import Agreement, Version
from agreements.views.common import asked_agreement
from partnerships.rules import is_member

NOW, REPLACED = "nu", "ersatt"


def compare(request: UserRequest, pk: int) -> HttpResponse:
    """Any two texts of the agreement: as it is now, a version that was kept, or the signed one that it replaces."""
    agreement = asked_agreement(request, pk)
    if not is_member(request.user, agreement.partnership):
        raise PermissionDenied
    kept = Version.objects.visible_to(request.user).filter(agreement=agreement).order_by("-number")
    choices = _choices(agreement, list(kept.defer("content")))
    first = REPLACED if REPLACED in choices else next((key for key in choices if key != NOW), NOW)
    old, new = request.GET.get("fran", first), request.GET.get("till", NOW)
    if old not in choices or new not in choices:
        raise Http404
    sections = compared(_text(agreement, kept, old), _text(agreement, kept, new))
    context = {
        "agreement": agreement,
        "choices": choices.items(),
        "old": old,
        "new": new,
        "names": (choices[old], choices[new]),
        "all": "allt" in request.GET,
        "changed": [one for one in sections if one.differs],
        "same": [one for one in sections if not one.differs and one.new],
    }
    return render(request, "agreements/agreement_compare.html", context)


def _choices(agreement: Agreement, kept: list[Version]) -> dict[str, str]:
    """What may be compared, by the word that stands for it in the address."""
    found = {NOW: "Så som den står nu", **{f"v{one.number}": str(one) for one in kept}}
    if agreement.replaces and agreement.replaces.frozen:
        found[REPLACED] = f"Den som ersätts (version {agreement.replaces.version})"
    return found


def _text(agreement: Agreement, kept: Any, which: str) -> dict[str, Any]:
    if which == NOW:
        return content.shown(agreement)
    if which == REPLACED:
        return content.shown(agreement.replaces) if agreement.replaces else {}
    text: dict[str, Any] = kept.get(number=int(which[1:])).content
    return text
