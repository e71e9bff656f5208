"""Doors by which a draft is thrown away: a page that says what goes and what stays, then the button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.http import UserRequest
from agreements import actions, rules
from agreements.forms import StepForm
from agreements.views.common import asked_agreement, asked_plan, confirm, list_of
from journal.steps import NotAllowed

THROWN = "Utkastet är kastat. Att det fanns står i samverkans historik."


def agreement(request: UserRequest, pk: int) -> HttpResponse:
    """A draft of an agreement, of a new version or of a local part."""
    draft = asked_agreement(request, pk)
    if not rules.may_edit(request.user, draft):
        raise PermissionDenied
    if request.method == "GET" and draft.status != rules.DRAFT:
        raise NotAllowed(rules.THROW_AWAY, draft)
    if request.method == "POST":
        actions.throw_away(draft, by=request.user)
        messages.success(request, THROWN)
        return redirect(draft.replaces or list_of(draft.partnership))
    return confirm(request, rules.THROW_AWAY, StepForm(step=rules.THROW_AWAY), draft, tone="danger")


def plan(request: UserRequest, pk: int) -> HttpResponse:
    """A draft of an action plan; its measures stay."""
    draft = asked_plan(request, pk)
    if not rules.may_plan(request.user, draft):
        raise PermissionDenied
    if request.method == "GET" and not draft.is_draft:
        raise NotAllowed(rules.THROW_AWAY_PLAN, draft)
    if request.method == "POST":
        actions.throw_away_plan(draft, by=request.user)
        messages.success(request, THROWN)
        return redirect(draft.replaces or list_of(draft.partnership, "agreements:plans"))
    return confirm(request, rules.THROW_AWAY_PLAN, StepForm(step=rules.THROW_AWAY_PLAN), draft, tone="danger")
