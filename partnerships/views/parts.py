"""What the room's pages share: who may change, running a form's action, and the page around a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts.http import UserRequest
from partnerships import rules
from partnerships.models import Partnership

Crumbs = list[tuple[str, str]]


def must_edit(request: UserRequest, partnership: Partnership) -> None:
    if not rules.may_edit(request.user, partnership):
        raise PermissionDenied


def typed(request: UserRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def is_done(form: forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Run the action on a valid form; what it refuses becomes a sentence in the form, beside what was typed."""
    if not form.is_valid():
        return False
    try:
        return act({name: value for name, value in form.cleaned_data.items() if name != "revision"}) is not False
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return False


def organisation_url(partnership: Partnership) -> str:
    return reverse("partnerships:organisation", args=[partnership.pk])


def cycles_url(partnership: Partnership) -> str:
    return reverse("partnerships:cycles", args=[partnership.pk])


def crumbs(partnership: Partnership, *more: tuple[str, str]) -> Crumbs:
    """Where the page lies; the last one is the page itself and has no address."""
    return [("Samverkan", reverse("partnerships:index")), (str(partnership), partnership.get_absolute_url()), *more]


def form_page(
    request: UserRequest, form: forms.BaseForm, title: str, submit: str, where: Crumbs, **more: Any
) -> HttpResponse:
    """A page with one form. `more`: lede, warning, tone. Cancel goes to the page above in the crumbs."""
    page = {"form": form, "title": title, "submit": submit, "crumbs": [*where, (title, "")], "cancel": where[-1][1]}
    return render(request, "partnerships/record_form.html", page | more)
