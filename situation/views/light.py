"""Doors to the light lägesbild."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.steps import Refused
from situation import rules
from situation.actions import NOT_DRAFT, light
from situation.forms.light import LightForm
from situation.models import Picture
from situation.questions import figures_for
from situation.views.common import asked_partnership, asked_picture, posted


@require_POST
def begin(request: UserRequest) -> HttpResponse:
    """Begin a draft with its figures filled in: one press of a button."""
    partnership, kind = asked_partnership(request), request.GET.get("slag", "")
    if kind not in (Picture.Kind.OWN_POLICE, Picture.Kind.OWN_MUNICIPALITY):
        raise Http404
    owners = rules.owners(request.user, partnership, kind)
    if not owners:
        raise PermissionDenied
    made = light.begin(partnership, kind, owners[0], by=request.user)
    return redirect("situation:light", made.pk)


def questions(request: UserRequest, pk: int) -> HttpResponse:
    """The twelve questions about a draft."""
    found = asked_picture(request, pk)
    if not rules.may_edit(request.user, found) or found.is_joint:
        raise PermissionDenied
    if request.method == "GET" and not found.is_draft:
        raise Refused(rules.BACK_TO_DRAFT, found, NOT_DRAFT)
    form = LightForm(posted(request), instance=found, figures=figures_for(found))
    if request.method == "POST" and form.is_valid() and _answered(request, form, found):
        messages.success(request, "Svaren är sparade. Läs igenom lägesbilden och markera den som klar.")
        return redirect(found)
    context = {"form": form, "picture": found, "problems": found.problems.in_order()}
    return render(request, "situation/light.html", context)


def _answered(request: UserRequest, form: LightForm, picture: Picture) -> bool:
    return light.answer(form, form.new_problems, picture, by=request.user)
