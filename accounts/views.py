"""Doors to an organisation's people, to one's own account, and the one way in."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions, rules
from accounts.forms import AcceptForm, EndRoleForm, InviteForm
from accounts.http import UserRequest
from accounts.models import Invitation, Membership, Organisation, User
from journal.models import Event
from lib.dates import now, today

# On the organisation's page; the rest of the book is in the administration.
EVENTS_SHOWN = 20


def profile(request: UserRequest) -> HttpResponse:
    """One's own account: who one is here, and the locks on the door."""
    shown = {"second_factor": is_mfa_enabled(request.user), "administers": rules.administered(request.user)}
    return render(request, "accounts/profile.html", shown)


def organisation(request: UserRequest, pk: int) -> HttpResponse:
    """Who acts for the organisation; for its administrators also who is invited."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    return _page(request, organisation, InviteForm(organisation=organisation, by=request.user))


def _page(request: UserRequest, organisation: Organisation, form: InviteForm) -> HttpResponse:
    people = organisation.memberships.select_related("user").order_by("user__name", "role", "starts")
    current = people.current(today()).filter(user__is_active=True)
    shown = {"organisation": organisation, "people": current, "may_administer": False}
    if rules.may_administer(request.user, organisation):
        waiting = organisation.invitations.open().select_related("invited_by")
        shown |= {
            "may_administer": True,
            "form": form,
            "invitations": [(invitation, *rules.state_of(invitation, now())) for invitation in waiting],
            "former": people.exclude(pk__in=current),
            "events": Event.objects.about(organisation)[:EVENTS_SHOWN],
        }
    return render(request, "accounts/organisation_detail.html", shown)


def _administered(request: UserRequest, organisation: Organisation) -> None:
    if not rules.may_administer(request.user, organisation):
        raise PermissionDenied


@require_POST
def invite(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    _administered(request, organisation)
    form = InviteForm(request.POST, organisation=organisation, by=request.user)
    if form.is_valid():
        try:
            invitation = actions.invite(organisation, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{invitation.name} är inbjuden.")
            return redirect(organisation)
    return _page(request, organisation, form)


@require_POST
def resend(request: UserRequest, pk: int) -> HttpResponse:
    return _with_invitation(request, pk, actions.resend, "Inbjudan är skickad igen. Den förra länken fungerar inte.")


@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    return _with_invitation(request, pk, actions.withdraw, "Inbjudan är återtagen. Länken fungerar inte längre.")


def _with_invitation(request: UserRequest, pk: int, action: actions.OnInvitation, said: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    _administered(request, invitation.organisation)
    try:
        action(invitation, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect(invitation.organisation)


def end_role(request: UserRequest, pk: int) -> HttpResponse:
    """Asks for the last day and says what it means."""
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("organisation", "user"), pk=pk
    )
    _administered(request, membership.organisation)
    form = EndRoleForm(request.POST or None, day=today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(membership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Rollen är avslutad för {membership.user}.")
            return redirect(membership.organisation)
    return render(request, "accounts/membership_end.html", {"membership": membership, "form": form})


@never_cache
@login_not_required
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The one way in. Public: the secret in the address is the key, and all keys that do not fit get one answer."""
    invitation = Invitation.objects.by_token(token).usable(now()).select_related("organisation").first()
    if invitation is None:
        return _not_usable(request)
    try:
        if isinstance(request.user, User):
            return _accept_as_known(request, invitation, request.user)
        if User.objects.filter(email=invitation.email).exists():
            return render(request, "accounts/invitation_known.html", {"invitation": invitation})
        return _accept_as_new(request, invitation)
    except actions.NotUsable:
        return _not_usable(request)


def _accept_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        user = actions.accept_as_new(invitation, name=name, password=password)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        messages.success(request, f"Välkommen till Samverkan, {user}.")
        return redirect("/")
    return render(request, "accounts/invitation_accept.html", {"invitation": invitation, "form": form})


def _accept_as_known(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    mine = user.email == invitation.email
    if mine and request.method == "POST":
        actions.accept_as_known(invitation, by=user)
        messages.success(request, f"Du har fått en ny roll i {invitation.organisation}.")
        return redirect("/")
    return render(request, "accounts/invitation_known.html", {"invitation": invitation, "mine": mine})


def _not_usable(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_not_usable.html", status=404)


def closed(request: HttpRequest) -> HttpResponse:
    """Pages of allauth that are not offered: an address is vouched for by the organisation, not changed by oneself."""
    raise Http404
