"""Doors to the dialogues: the list, the plan, the dialogue's own page, and the moves it makes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from dialogues import actions, queries, rules
from dialogues.forms import FeedbackForm, NumbersForm, PlanForm, ReasonForm
from dialogues.page import DialoguePage
from dialogues.views.common import (
    PER_PAGE,
    asked_dialogue,
    asked_partnership,
    enter,
    form_page,
    list_of,
    posted,
)
from journal.steps import NotAllowed
from lib.addresses import number_in
from lib.dates import today
from partnerships.models import Partnership

CANCEL = {
    "heading": "Ställa in dialogen?",
    "lede": "Dialogen finns kvar i listan som inställd, med skälet. Det går inte att ångra.",
    "submit": "Ställ in dialogen",
    "tone": "danger",
}
REOPEN = {
    "heading": "Öppna dialogen igen?",
    "lede": "Då går det att ändra teman, svar och återkoppling. Ett publicerat resultat ligger kvar som det är.",
    "submit": "Öppna dialogen igen",
}

SHARE = {
    "heading": "Dela dialogen i samverkan?",
    "consequences": [
        "Det går inte att ångra: det som har lämnats till en annan myndighet är en allmän handling.",
        "Det ni skriver in sedan blir också delat.",
    ],
    "seen_by": ["Alla med en roll i någon av parterna i samverkan.", "Länsstyrelsen och Brå ser den inte."],
    "submit": "Dela dialogen",
}


def index(request: UserRequest) -> HttpResponse:
    """A partnership's dialogues, the latest first."""
    if "samverkan" not in request.GET:
        return _choose_partnership(request)
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=number_in(request, "samverkan"))
    if not Partnership.objects.of(request.user).filter(pk=partnership.pk).exists():
        raise PermissionDenied
    page = Paginator(queries.in_list(request.user, partnership), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "partnership": partnership,
        "page": page,
        "rows": [
            (line, rules.TONE[line.dialogue.status], rules.is_awaiting_feedback(line.dialogue, today()))
            for line in queries.lines(page.object_list)
        ],
        "may_create": rules.may_create(request.user, partnership),
        "create_url": list_of(partnership, "create"),
    }
    return render(request, "dialogues/list.html", context)


def _choose_partnership(request: UserRequest) -> HttpResponse:
    mine = list(Partnership.objects.of(request.user))
    if len(mine) == 1:
        return redirect(list_of(mine[0]))
    return render(request, "dialogues/choose.html", {"mine": mine})


def create(request: UserRequest) -> HttpResponse:
    """Plan a dialogue."""
    partnership = asked_partnership(request)
    if not rules.may_create(request.user, partnership):
        raise PermissionDenied
    form = PlanForm(posted(request), partnership=partnership, user=request.user)
    form.instance.partnership = partnership
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Dialogen är planerad. Skriv frågorna, eller gå ut och håll den.")
        return redirect(actions.save_new_dialogue(form, by=request.user))
    context = {"form": form, "partnership": partnership, "cancel": list_of(partnership)}
    return render(request, "dialogues/create.html", context)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The dialogue from plan to result, with what can be done about it now."""
    dialogue = asked_dialogue(request, pk)
    return render(request, "dialogues/detail.html", {"page": DialoguePage(dialogue, request.user, today())})


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change the plan."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    form = PlanForm(posted(request), instance=dialogue, partnership=dialogue.partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and actions.save_plan(form, by=request.user):
        messages.success(request, "Planen är sparad.")
        return redirect("dialogues:detail", pk)
    return form_page(request, asked_dialogue(request, pk), form, heading="Ändra planen")


def numbers(request: UserRequest, pk: int) -> HttpResponse:
    """Who took part, as counts, and who was not reached."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    form = NumbersForm(posted(request), instance=dialogue)
    label = "Vilka som deltog"
    if request.method == "POST" and form.is_valid() and actions.save_plan(form, by=request.user, label=label):
        messages.success(request, "Siffrorna är sparade.")
        return redirect(f"{dialogue.get_absolute_url()}#deltagare")
    lede = "Bara antal, aldrig namn. Det ni inte vet lämnar ni tomt. Grupper under fem personer visas inte utåt."
    return form_page(request, asked_dialogue(request, pk), form, heading="Vilka deltog?", lede=lede)


def feedback(request: UserRequest, pk: int) -> HttpResponse:
    """What those who took part have been told."""
    dialogue = asked_dialogue(request, pk, rules.WRITE)
    form = FeedbackForm(posted(request), instance=dialogue)
    if request.method == "POST" and form.is_valid() and actions.give_feedback(form, by=request.user):
        messages.success(request, "Återkopplingen är sparad.")
        return redirect(f"{dialogue.get_absolute_url()}#aterkoppling")
    lede = (
        "Berätta för dem som deltog vad ni hörde och vad som händer nu. Utan återkoppling kan dialogen inte avslutas."
    )
    return form_page(request, asked_dialogue(request, pk), form, heading="Återkoppla till dem som deltog", lede=lede)


@require_POST
def hold(request: UserRequest, pk: int) -> HttpResponse:
    """Say that it has been held."""
    dialogue = asked_dialogue(request, pk, rules.HOLD)
    actions.hold(dialogue, by=request.user)
    messages.success(request, "Dialogen är genomförd. Skriv nu in vad ni hörde.")
    return redirect("dialogues:document", pk)


@require_POST
def close(request: UserRequest, pk: int) -> HttpResponse:
    """Close it, when everything is answered and told."""
    dialogue = asked_dialogue(request, pk, rules.CLOSE)
    actions.close(dialogue, by=request.user)
    messages.success(request, "Dialogen är avslutad.")
    return redirect(dialogue)


def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Say that it does not come about, and why."""
    dialogue = asked_dialogue(request, pk, rules.CANCEL)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.cancel(dialogue, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Dialogen är inställd.")
        return redirect(dialogue)
    return form_page(request, dialogue, form, **CANCEL)


def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Go on with a closed dialogue."""
    dialogue = asked_dialogue(request, pk, rules.REOPEN)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.reopen(dialogue, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Dialogen är öppen igen.")
        return redirect(dialogue)
    return form_page(request, dialogue, form, **REOPEN)


def share(request: UserRequest, pk: int) -> HttpResponse:
    """Let the whole partnership read a dialogue with staff. Asked before: it cannot be undone."""
    dialogue = asked_dialogue(request, pk)
    enter(request, rules.SHARE, dialogue)
    if request.method == "POST":
        actions.share(dialogue, by=request.user)
        messages.success(request, "Dialogen är delad. Alla i samverkan kan läsa den.")
        return redirect(dialogue)
    if not rules.may_share(dialogue):
        raise NotAllowed(rules.SHARE, dialogue)
    context = {"lede": str(dialogue), "cancel": dialogue.get_absolute_url()}
    return render(request, "components/confirm.html", SHARE | context)
