"""Doors to the questions that residents meet: writing them, opening and closing the form."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from dialogues import actions, queries, rules
from dialogues.forms import OpenForm, QuestionForm
from dialogues.models import Dialogue
from dialogues.views.common import asked_dialogue, form_page, posted
from lib.dates import today


def _asking(request: UserRequest, pk: int) -> Dialogue:
    """A dialogue with residents that the person writes; staff are not asked on a public form."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    if not dialogue.is_with_residents:
        raise Http404
    return dialogue


def questions(request: UserRequest, pk: int) -> HttpResponse:
    """The questions as residents meet them, a form for the next one, and when they are open."""
    dialogue = _asking(request, pk)
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid() and actions.save_question(form, dialogue, by=request.user):
        messages.success(request, "Frågan är tillagd.")
        return redirect("dialogues:questions", pk)
    context = {
        "dialogue": dialogue,
        "form": form,
        "questions": list(dialogue.questions.all()),
        "answered": dialogue.replies.exists(),
        "poster": queries.poster(dialogue),
    }
    return render(request, "dialogues/questions.html", context)


def question_edit(request: UserRequest, pk: int, question: int) -> HttpResponse:
    """Change a question that nobody has answered."""
    dialogue = _asking(request, pk)
    obj = get_object_or_404(dialogue.questions, pk=question)
    form = QuestionForm(posted(request), instance=obj)
    if request.method == "POST" and form.is_valid() and actions.save_question(form, dialogue, by=request.user):
        messages.success(request, "Frågan är sparad.")
        return redirect("dialogues:questions", pk)
    return form_page(request, dialogue, form, heading="Ändra frågan", cancel=obj.get_absolute_url())


@require_POST
def question_remove(request: UserRequest, pk: int, question: int) -> HttpResponse:
    """Take out a question that nobody has answered."""
    obj = get_object_or_404(_asking(request, pk).questions, pk=question)
    actions.remove_question(obj, by=request.user)
    messages.success(request, "Frågan är borttagen.")
    return redirect("dialogues:questions", pk)


def form_open(request: UserRequest, pk: int) -> HttpResponse:
    """Choose the days on which residents can answer."""
    dialogue = _asking(request, pk)
    first = timezone.localdate(dialogue.opens_at) if dialogue.opens_at else max(today(), dialogue.starts)
    last = dialogue.last_open_day or max(today(), dialogue.ends)
    form = OpenForm(posted(request), initial={"first": first, "last": last})
    if request.method == "POST" and form.is_valid():
        actions.open_form(dialogue, by=request.user, **form.cleaned_data)
        messages.success(request, "Sparat. Frågorna öppnar och stänger av sig själva de dagarna.")
        return redirect("dialogues:questions", pk)
    lede = "Vem som helst kan då svara, utan konto. Inget sparas som visar vem som har svarat."
    words = {"heading": "När ska invånarna kunna svara?", "lede": lede, "submit": "Spara dagarna"}
    return form_page(request, dialogue, form, **words)


@require_POST
def form_close(request: UserRequest, pk: int) -> HttpResponse:
    """Close the questions at once."""
    dialogue = _asking(request, pk)
    actions.close_form(dialogue, by=request.user)
    messages.success(request, "Frågorna är stängda.")
    return redirect("dialogues:questions", pk)
