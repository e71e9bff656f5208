"""What the doors of the room share: finding what the address asks for, and whether the person may come in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import UserRequest
from dialogues import rules
from dialogues.models import Dialogue
from journal.steps import NotAllowed, Step
from lib.addresses import number_in
from partnerships.models import Partnership

PER_PAGE = 25


def posted(request: UserRequest) -> QueryDict | None:
    """What was sent, also when it is nothing but a pressed button; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def asked_partnership(request: UserRequest) -> Partnership:
    """The partnership in the address, if the person acts for one of its parties; else 404."""
    return get_object_or_404(Partnership.objects.of(request.user), pk=number_in(request, "samverkan"))


def asked_dialogue(request: UserRequest, pk: int, step: Step | None = None) -> Dialogue:
    """The dialogue, if the person may see it and, with a step, may take it."""
    related = ("partnership", "municipality", "cycle", "source__picture")
    found = Dialogue.objects.visible_to(request.user).select_related(*related)
    dialogue = get_object_or_404(found.prefetch_related("organisers__organisation"), pk=pk)
    if step:
        enter(request, step, dialogue)
    return dialogue


def enter(request: UserRequest, step: Step, dialogue: Dialogue) -> None:
    """403 for the wrong role. An old page in the wrong status is told so; what was posted meets the action's lock."""
    if not rules.may(request.user, step, dialogue):
        raise PermissionDenied
    if request.method == "GET" and not rules.stands(step, dialogue):
        raise NotAllowed(step, dialogue)


def list_of(partnership: Partnership, name: str = "index") -> str:
    """The address of the partnership's list, or of a new dialogue in it."""
    return f"{reverse(f'dialogues:{name}')}?samverkan={partnership.pk}"


def form_page(request: UserRequest, dialogue: Dialogue, form: BaseForm, **words: Any) -> HttpResponse:
    """A page with one form: heading, lede and submit are given; back to the dialogue's own page."""
    context = {"dialogue": dialogue, "form": form, "cancel": dialogue.get_absolute_url()} | words
    return render(request, "dialogues/form.html", context)
