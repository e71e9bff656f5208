"""What the doors of the room share: finding what the address asks for, and the page before a step."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import UserRequest
from agreements.models import ActionPlan, Agreement, Goal, Measure
from agreements.wording import CONSEQUENCES, SEEN_BY
from journal.steps import Step
from lib.addresses import number_in
from partnerships.models import Partnership

PER_PAGE = 25


def posted(request: UserRequest) -> QueryDict | None:
    """What was sent, also when it is nothing but a pressed button; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def asked_partnership(request: UserRequest) -> Partnership:
    """The partnership in the address, else 404."""
    return get_object_or_404(Partnership.objects.visible_to(request.user), pk=number_in(request, "samverkan"))


def asked_agreement(request: UserRequest, pk: int) -> Agreement:
    found = Agreement.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("partnership", "municipality", "parent", "replaces"), pk=pk)


def asked_measure(request: UserRequest, pk: int) -> Measure:
    found = Measure.objects.visible_to(request.user).with_count()
    owned = ("partnership", "municipality", "cycle", "problem", "agreement", "responsible__organisation")
    return get_object_or_404(found.select_related(*owned), pk=pk)


def asked_plan(request: UserRequest, pk: int) -> ActionPlan:
    owned = ("partnership", "municipality", "cycle", "agreement", "picture", "group", "replaces")
    return get_object_or_404(ActionPlan.objects.visible_to(request.user).select_related(*owned), pk=pk)


def list_of(partnership: Partnership, name: str = "agreements:index") -> str:
    """The address of a list, of this partnership only."""
    return f"{reverse(name)}?samverkan={partnership.pk}"


def confirm(
    request: UserRequest, step: Step, form: Form, subject: ActionPlan | Agreement | Goal | Measure, **more: Any
) -> HttpResponse:
    """The page before a step: what will happen, who will see it, and the button."""
    context = {
        "heading": step.label,
        "cancel_text": "Gå tillbaka",
        "lede": str(subject),
        "consequences": CONSEQUENCES.get(step.verb),
        "seen_by": SEEN_BY.get(step.verb),
        "warning": step.warning,
        "form": form,
        "submit": step.label,
        "cancel": subject.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context | more)
