"""Doors to the parts of a picture that are written while it is a draft: its sources and findings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.edits import RecordForm
from situation import actions, rules
from situation.forms.pictures import FindingForm, SourceForm
from situation.models import Finding, Picture, Source
from situation.views.common import asked_picture, posted

HEADINGS = {"source": ("Ny källa", "Ändra källan"), "finding": ("Ny iakttagelse", "Ändra iakttagelsen")}


def create(request: UserRequest, pk: int, part: str) -> HttpResponse:
    """A new source or finding in a draft."""
    picture = asked_picture(request, pk)
    if not rules.may_edit(request.user, picture):
        raise PermissionDenied
    form = _form(request, part, picture, None)
    valid = request.method == "POST" and form.is_valid()
    if valid and actions.save_part(form, picture, by=request.user):
        return redirect(picture)
    context = {"form": form, "picture": picture, "heading": HEADINGS[part][0]}
    return render(request, "situation/part_form.html", context)


def edit(request: UserRequest, pk: int, part: str) -> HttpResponse:
    """Change a source or a finding of a draft."""
    one = _visible_part(request, pk, part)
    if not rules.may_edit(request.user, one.picture):
        raise PermissionDenied
    form = _form(request, part, one.picture, one)
    if request.method == "POST" and form.is_valid() and actions.save_part(form, one.picture, by=request.user):
        return redirect(one.picture)
    context = {
        "form": form,
        "picture": one.picture,
        "part": one,
        "heading": HEADINGS[part][1],
        "remove": f"situation:{part}_remove",
    }
    return render(request, "situation/part_form.html", context)


@require_POST
def remove(request: UserRequest, pk: int, part: str) -> HttpResponse:
    """Take a source or a finding out of a draft."""
    one = _visible_part(request, pk, part)
    if not rules.may_edit(request.user, one.picture):
        raise PermissionDenied
    actions.remove_part(one, by=request.user)
    messages.success(request, "Borttagen. Vad som stod finns kvar i historiken.")
    return redirect(one.picture)


def _visible_part(request: UserRequest, pk: int, part: str) -> Source | Finding:
    found: Source | Finding
    if part == "source":
        found = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
    else:
        found = get_object_or_404(Finding.objects.visible_to(request.user), pk=pk)
    return found


def _form(request: UserRequest, part: str, picture: Picture, instance: Source | Finding | None) -> RecordForm:
    if part == "source":
        return SourceForm(posted(request), instance=instance)
    return FindingForm(posted(request), instance=instance, picture=picture)
