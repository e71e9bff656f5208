"""Doors to the published result: what everyone will read, and taking it down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from dialogues import actions, content, rules
from dialogues.forms import PublishForm, ReasonForm
from dialogues.public import PublishedResult
from dialogues.views.common import asked_dialogue, form_page, posted
from journal.steps import NotAllowed, Refused
from lib import canonical
from lib.dates import now

SEEN = "Invånarna får läsa att resultatet är avpublicerat, och varför."


def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once more, showing exactly what everyone will read; then publish."""
    dialogue = asked_dialogue(request, pk, rules.PUBLISH)
    if not rules.may_publish(request.user, dialogue):
        raise NotAllowed(rules.PUBLISH, dialogue)
    if missing := rules.missing_to_publish(dialogue, dialogue.themes.all()):
        raise Refused(rules.PUBLISH, dialogue, missing)
    frozen = content.of(dialogue)
    form = PublishForm(posted(request), checksum=canonical.checksum(frozen))
    if request.method == "POST" and form.is_valid():
        actions.publish(dialogue, by=request.user, checksum=form.cleaned_data["checksum"])
        messages.success(request, "Resultatet är publicerat. Nu kan alla läsa det.")
        return redirect(dialogue)
    context = {"dialogue": dialogue, "form": form, "result": PublishedResult(dialogue.pk, 0, frozen, now())}
    return render(request, "dialogues/publish.html", context)


def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take down what is published, with the reason that residents will read."""
    dialogue = asked_dialogue(request, pk)
    if not dialogue.is_with_residents or not rules.may(request.user, rules.PUBLISH, dialogue):
        raise PermissionDenied
    result = get_object_or_404(dialogue.results.public())
    form = ReasonForm(posted(request), help_text="Visas för den som söker upp sidan.")
    if request.method == "POST" and form.is_valid():
        actions.withdraw(result, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Resultatet är avpublicerat.")
        return redirect(dialogue)
    words = {"heading": "Avpublicera resultatet?", "lede": SEEN, "submit": "Avpublicera", "tone": "danger"}
    return form_page(request, dialogue, form, **words)
