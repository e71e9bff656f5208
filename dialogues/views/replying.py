"""The residents' door: a form without account, cookie or trace of who answers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dialogues import actions, guards, queries
from dialogues.forms import ReplyForm
from dialogues.models import Dialogue

ELSEWHERE = "Svaret skickades från en annan webbplats. Kontrollera det och skicka det härifrån i stället."
TOO_MANY = "Det har kommit många svar från din uppkoppling den senaste timmen. Vänta en stund och skicka igen."
WAIT_SECONDS = 1800


@login_not_required
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Residents answer a dialogue's questions.

    Open to all: who lives somewhere has no account. Exempt from the CSRF cookie, as visitors get no cookies: nobody is
    signed in here, the form carries a signed key of its own, and what another site sends is turned away.
    """
    dialogue = _dialogue(slug, pk)
    form = ReplyForm(request.POST if request.method == "POST" else None, dialogue=dialogue)
    if request.method != "POST" or not dialogue.is_answerable:
        return _page(request, form, status=409 if request.method == "POST" else 200)
    if sentence := _turned_away(request, pk):
        form.add_error(None, sentence)
        response = _page(request, form, status=403 if sentence == ELSEWHERE else 429)
        response.headers["Retry-After"] = str(WAIT_SECONDS)
        return response
    if not form.is_valid():
        return _page(request, form)
    if not form.is_trapped and actions.receive(dialogue, form.given) is None:
        return _page(request, form, status=409)
    return redirect("dialogues:thanks", slug, pk)


def _turned_away(request: HttpRequest, pk: int) -> str:
    if guards.comes_from_elsewhere(request):
        return ELSEWHERE
    return TOO_MANY if guards.is_too_many(request, pk) else ""


@login_not_required
@require_safe
def thanks(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What happens next. Open to all, like the form that leads here."""
    return render(request, "dialogues/public_thanks.html", {"poster": queries.poster(_dialogue(slug, pk))})


def _dialogue(slug: str, pk: int) -> Dialogue:
    """One whose questions are or have been announced; others are nobody's business yet."""
    found = Dialogue.objects.ever_public().select_related("municipality").prefetch_related("organisers__organisation")
    return get_object_or_404(found, pk=pk, municipality__slug=slug)


def _page(request: HttpRequest, form: ReplyForm, status: int = 200) -> HttpResponse:
    dialogue = form.dialogue
    context: dict[str, Any] = {"dialogue": dialogue, "form": form, "poster": queries.poster(dialogue)}
    if not dialogue.is_answerable or status == 409:
        context["typed"] = [text for name in form.fields if len(text := form.data.get(name, "")) > 1]
        return render(request, "dialogues/public_closed.html", context, status=status)
    return render(request, "dialogues/public_form.html", context, status=status)
