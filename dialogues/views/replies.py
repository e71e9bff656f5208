"""Doors to residents' replies: the count, one reply at a time to judge, and their end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from dialogues import actions, content, counting, rules
from dialogues.forms import DecideForm, EraseForm
from dialogues.models import Dialogue, Reply
from dialogues.views.common import PER_PAGE, asked_dialogue, enter, form_page, posted
from journal.steps import NotAllowed

LEDE = (
    "Svaren förstörs och går inte att få tillbaka. Sammanställningen, temana och beslutet finns kvar. "
    "Gallra bara det som er dokumenthanteringsplan eller ett beslut säger får gallras."
)


def _asked(request: UserRequest, pk: int) -> Dialogue:
    """A dialogue that residents can have answered; reading the replies is for those who may judge them."""
    dialogue = asked_dialogue(request, pk)
    if not dialogue.is_with_residents:
        raise Http404
    enter(request, rules.READ, dialogue)
    return dialogue


def replies(request: UserRequest, pk: int) -> HttpResponse:
    """What the answers count to, and the replies of one status."""
    dialogue = _asked(request, pk)
    status = request.GET.get("lage", "")
    status = status if status in Reply.Status.values else Reply.Status.WAITING
    found = dialogue.replies.filter(status=status).prefetch_related("answers__question", "themes")
    listed = list(dialogue.replies.order_by().values_list("status", flat=True))
    context = {
        "dialogue": dialogue,
        "counts": content.counts_of(dialogue),
        "erasures": list(dialogue.erasures.select_related("erased_by")),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("sida")),
        "status": status,
        "statuses": [(value, label, listed.count(value)) for value, label in Reply.Status.choices],
        "next": dialogue.replies.waiting().first(),
        "may_moderate": rules.stands(rules.MODERATE, dialogue),
    }
    return render(request, "dialogues/replies.html", context)


def decide(request: UserRequest, pk: int, reply: int) -> HttpResponse:
    """One reply: let it in or turn it away, with the reason; then the next one that waits."""
    dialogue = _asked(request, pk)
    enter(request, rules.MODERATE, dialogue)
    obj = get_object_or_404(dialogue.replies.select_related("decided_by"), pk=reply)
    form = DecideForm(posted(request), reply=obj, dialogue=dialogue)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        how = {"status": said["status"], "reason": form.motive, "revision": said["revision"], "themes": said["themes"]}
        actions.decide(obj, by=request.user, **how)
        following = dialogue.replies.waiting().first()
        messages.success(request, "Sparat. Här är nästa svar." if following else "Sparat. Inga fler svar väntar.")
        return redirect(following.decide_url if following else obj)
    context = {
        "dialogue": dialogue,
        "reply": obj,
        "answers": list(obj.answers.select_related("question").order_by("question__order", "question")),
        "waiting": dialogue.replies.waiting().count(),
        "form": form,
    }
    return render(request, "dialogues/decide.html", context)


def erase(request: UserRequest, pk: int) -> HttpResponse:
    """Destroy the replies of a closed dialogue, by a decision."""
    dialogue = _asked(request, pk)
    enter(request, rules.ERASE, dialogue)
    if request.method == "GET" and not dialogue.replies.exists():
        raise NotAllowed(rules.ERASE, dialogue)
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        decision = {name: form.cleaned_data[name] for name in ("decided_on", "body", "reference")}
        actions.erase_replies(dialogue, by=request.user, **decision)
        messages.success(request, "Svaren är gallrade. Beslutet och sammanställningen finns kvar.")
        return redirect("dialogues:replies", pk)
    words = {"heading": "Gallra svaren?", "lede": LEDE, "submit": "Gallra svaren", "tone": "danger"}
    return form_page(request, dialogue, form, counts=counting.count(dialogue), **words)
