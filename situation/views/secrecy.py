"""Doors to the note that an owner keeps beside its own picture."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest
from situation import actions, rules
from situation.forms.secrecy import WithheldNoteForm
from situation.models import WithheldNote
from situation.views.common import asked_picture, posted


def note(request: UserRequest, pk: int) -> HttpResponse:
    """Write the note. For other organisations there is no such page, whatever else they may read of the picture."""
    found = asked_picture(request, pk)
    if not rules.may_read_note(request.user, found):
        raise Http404
    if not rules.may_edit(request.user, found):
        raise PermissionDenied
    stored = WithheldNote.objects.visible_to(request.user).filter(picture=found).first()
    form = WithheldNoteForm(posted(request), instance=stored)
    if request.method == "POST" and form.is_valid() and actions.keep_note(form, found, by=request.user):
        messages.success(request, "Anteckningen är sparad. Den delas aldrig.")
        return redirect(found)
    context = {"form": form, "picture": found, "heading": "Anteckning som aldrig delas"}
    return render(request, "situation/part_form.html", context)
