"""What the doors of the room share: finding what the address asks for, and what may be read in the book."""

from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import UserRequest
from journal.models import Event
from journal.steps import Step
from lib.addresses import number_in
from partnerships.models import Partnership
from partnerships.rules import is_member
from situation import rules
from situation.models import Picture, Problem
from situation.wording import CONSEQUENCES, SEEN_BY

PER_PAGE = 25


def posted(request: UserRequest) -> QueryDict | None:
    """What was sent, also when it is nothing but a pressed button; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def asked_partnership(request: UserRequest) -> Partnership:
    """The partnership in the address, else 404."""
    return get_object_or_404(Partnership.objects.visible_to(request.user), pk=number_in(request, "samverkan"))


def asked_picture(request: UserRequest, pk: int) -> Picture:
    found = Picture.objects.visible_to(request.user)
    owned = ("partnership", "municipality", "owner__organisation", "cycle")
    return get_object_or_404(found.select_related(*owned), pk=pk)


def list_of(partnership: Partnership, name: str = "situation:index") -> str:
    """The address of a list, of this partnership only."""
    return f"{reverse(name)}?samverkan={partnership.pk}"


def history(request: UserRequest, picture: Picture | None, *about: Model) -> QuerySet[Event]:
    """What has happened, for members; of another party's own picture only since it was shared."""
    events = Event.objects.about(*about)
    since = rules.history_since(request.user, picture)
    partnership: Partnership = about[0].partnership  # type: ignore[attr-defined]  # a picture or a problem
    if not is_member(request.user, partnership):
        return events.none()
    return events.filter(at__gte=since) if since else events


def confirm(request: UserRequest, step: Step, form: Form, subject: Picture | Problem) -> HttpResponse:
    """The page before a step: what will happen, who will see it, and the button."""
    context = {
        "heading": step.label,
        "lede": str(subject),
        "consequences": CONSEQUENCES.get(step.verb),
        "seen_by": SEEN_BY.get(step.verb),
        "warning": step.warning,
        "form": form,
        "submit": step.label,
        "cancel": subject.get_absolute_url(),
        "cancel_text": "Gå tillbaka",
    }
    return render(request, "components/confirm.html", context)
