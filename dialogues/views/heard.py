"""Doors to what was said: one page for all rows, one row at a time, and the answer to each theme."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from attachments import serving
from dialogues import actions, rules
from dialogues.forms import AnswerForm, PointForm
from dialogues.models import Dialogue, Theme, WalkPoint
from dialogues.rows import SECTIONS, Section, sections_of
from dialogues.views.common import asked_dialogue, form_page, posted


def document(request: UserRequest, pk: int, kind: str = "") -> HttpResponse:
    """All rows of the dialogue, and an empty one of each kind to fill in; Enter saves and gives the next."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    sections = sections_of(dialogue, request.user)
    if kind and kind not in {section.slug for section in sections}:
        raise Http404
    current = kind or request.GET.get("rad")
    for section in sections:
        sent = (request.POST, request.FILES) if request.method == "POST" and section.slug == kind else (None, None)
        section.begin(*sent, here=section.slug == current)
        if sent[0] is not None and section.form.is_valid() and _save(section.form, dialogue, request):
            messages.success(request, f"Sparat: {section.name}.")
            return redirect(f"{reverse('dialogues:document', args=[pk])}?rad={kind}#{kind}")
    return render(request, "dialogues/document.html", {"dialogue": dialogue, "sections": sections})


def _save(form: Any, dialogue: Dialogue, request: UserRequest) -> bool:
    if isinstance(form, PointForm):
        return actions.save_point(form, dialogue, by=request.user, sent=form.sent)
    return actions.save_row(form, dialogue, by=request.user)


def row_edit(request: UserRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Change a row."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    section = _section(kind, dialogue, request)
    obj = get_object_or_404(section.rows, pk=row)
    form = section.make(posted(request), request.FILES or None, instance=obj)
    if request.method == "POST" and form.is_valid() and _save(form, dialogue, request):
        messages.success(request, "Sparat.")
        return redirect(f"{reverse('dialogues:document', args=[pk])}?rad={kind}#{kind}")
    back = f"{reverse('dialogues:document', args=[pk])}#{kind}"
    return form_page(request, dialogue, form, heading=f"Ändra: {section.name}", cancel=back)


@require_POST
def row_remove(request: UserRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Take a row out."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    section = _section(kind, dialogue, request)
    obj = get_object_or_404(section.rows, pk=row)
    if sentence := actions.remove_row(obj, by=request.user):
        messages.error(request, sentence)
    else:
        messages.success(request, "Borttaget. Texten finns kvar i historiken.")
    return redirect(f"{reverse('dialogues:document', args=[pk])}#{kind}")


def _section(kind: str, dialogue: Dialogue, request: UserRequest) -> Section:
    if kind not in SECTIONS:
        raise Http404
    return Section(kind, dialogue, request.user)


@require_safe
def photo(request: UserRequest, pk: int) -> FileResponse:
    """A photo from a walk, for those inside the partnership."""
    visible = Dialogue.objects.visible_to(request.user)
    points = WalkPoint.objects.filter(dialogue__in=visible, photo__isnull=False).select_related("photo")
    point = get_object_or_404(points, pk=pk)
    assert point.photo is not None
    return serving.response(point.photo)


def answer(request: UserRequest, pk: int) -> HttpResponse:
    """Say what becomes of a theme. What has become a promise is told by the promise."""
    theme = get_object_or_404(Theme.objects.visible_to(request.user), pk=pk)
    dialogue = asked_dialogue(request, theme.dialogue_id, rules.WRITE)
    if theme.outcome == Theme.Outcome.PROMISE and request.method == "GET":
        messages.info(request, actions.IN_A_PROMISE)
        return redirect(theme)
    form = AnswerForm(posted(request), instance=theme)
    if request.method == "POST" and form.is_valid() and actions.answer(form, by=request.user):
        messages.success(request, "Svaret är sparat.")
        return redirect(theme)
    return form_page(request, dialogue, form, heading="Besvara temat", quoted=theme)
