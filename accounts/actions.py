"""How people come and go: they are invited by e-mail, accept once, and their roles end on a day.

Everything is written in the organisation's journal. The secret of an invitation exists in the mail only.
"""

import datetime as dt
import logging
import smtplib
from functools import partial
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, InvitationQuerySet, Membership, Organisation, Role, User, hash_token
from accounts.rules import fits, may_give
from journal.steps import lock, record
from lib import swedish
from lib.dates import now, today

logger = logging.getLogger(__name__)

# So long between two mails with the same invitation: enough for the first to arrive, too slow to pester anybody.
PAUSE = dt.timedelta(minutes=5)
# Roles that nobody gets in silence, and those who are told.
TOLD_OF = frozenset({Role.SIGNATORY, Role.LOCAL_ADMIN})
ARE_TOLD = frozenset({Role.COORDINATOR, Role.LOCAL_ADMIN})


class OnInvitation(Protocol):
    """What is done to an open invitation."""

    def __call__(self, invitation: Invitation, *, by: User) -> None: ...


class NotUsable(Exception):
    """The invitation has been used, withdrawn or has expired; which of them is not said to whoever holds a link."""


@transaction.atomic
def invite(organisation: Organisation, *, email: str, name: str, role: str, by: User) -> Invitation:
    """Send an invitation that works once, for settings.INVITATION_DAYS days. Raises ValidationError."""
    lock(organisation)
    email = email.lower()
    if not fits(role, organisation):
        raise ValidationError("Den rollen finns inte i den här organisationen.")
    if not may_give(by, role, organisation):
        raise ValidationError("Den rollen ger bara en administratör.")
    if email == by.email:
        raise ValidationError("Du kan inte ge dig själv en roll. Be en annan lokal administratör eller förvaltningen.")
    held = organisation.memberships.current(today()).filter(user__email=email, role=role)
    if held.filter(ends=None).exists():
        raise ValidationError("Personen har redan den rollen.")
    if organisation.invitations.open().filter(email=email, role=role).exists():
        raise ValidationError("Personen har redan en öppen inbjudan till den rollen. Skicka den igen i stället.")
    _pause(organisation.invitations.filter(email=email, role=role))
    token = Invitation.new_token()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=name,
        role=role,
        invited_by=by,
        token_hash=hash_token(token),
        expires_at=_expiry(),
    )
    _record(invitation, "invited", "Inbjudan skickad", by=by, became=_until(invitation))
    transaction.on_commit(partial(_send, invitation.pk, token))
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> None:
    """A new secret and a new time; the link that was sent before stops working."""
    _pause(Invitation.objects.open().filter(pk=invitation.pk))
    token = Invitation.new_token()
    _change_open(invitation, token_hash=hash_token(token), expires_at=_expiry(), sent_at=None)
    _record(invitation, "resent", "Inbjudan skickad igen", by=by, became=_until(invitation))
    transaction.on_commit(partial(_send, invitation.pk, token))


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """The link stops working."""
    _change_open(invitation, withdrawn_at=now())
    _record(invitation, "withdrawn", "Inbjudan återtagen", by=by, became="återtagen")


@transaction.atomic
def accept_as_new(invitation: Invitation, *, name: str, password: str) -> User:
    """The invited person gets an account with the role. Raises NotUsable, also for the slower of two tabs."""
    _hold(invitation)
    if User.objects.filter(email=invitation.email).exists():
        raise NotUsable
    user = add_user(email=invitation.email, name=name, password=password)
    _accept(invitation, user)
    return user


@transaction.atomic
def accept_as_known(invitation: Invitation, *, by: User) -> None:
    """Somebody with an account, signed in under the invited address, gets the role. Raises NotUsable."""
    _hold(invitation)
    if by.email != invitation.email:
        raise NotUsable
    _accept(invitation, by)


@transaction.atomic
def add_user(*, email: str, name: str, password: str | None) -> User:
    """An account whose address is known to be the person's own: an invitation reached it, or the operator vouches."""
    user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def change_email(user: User, *, email: str, was: str) -> None:
    """The operator vouches for the new address; allauth's list of addresses follows, and the old address is told."""
    user.email = email.lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    subject = "Din e-postadress i Samverkan är bytt"
    transaction.on_commit(partial(_mail, was, subject, "accounts/mail_email_changed.txt", to=user))


@transaction.atomic
def take_away_second_factor(user: User, *, by: User) -> None:
    """For a lost telephone; the person is told, so that nobody does it behind their back."""
    if not Authenticator.objects.filter(user=user).delete()[0]:
        return
    record(user, "second_factor_gone", "Tvåstegsverifiering borttagen", by=by)
    subject, template = "Tvåstegsverifieringen i Samverkan är borttagen", "accounts/mail_second_factor_gone.txt"
    transaction.on_commit(partial(_mail, user.email, subject, template, to=user, link=_link("mfa_index")))


def tell_of_role(membership: Membership) -> None:
    """Those who answer for the organisation are told of a new signatory or local administrator."""
    if membership.role not in TOLD_OF:
        return
    told = User.objects.filter(
        pk__in=membership.organisation.memberships.current(today()).filter(role__in=ARE_TOLD).values("user"),
        is_active=True,
    )
    subject, template = f"Ny roll i {membership.organisation}", "accounts/mail_role_given.txt"
    more = {"membership": membership, "link": _link("accounts:organisation", membership.organisation_id)}
    for person in told.exclude(pk=membership.user_id):
        transaction.on_commit(partial(_mail, person.email, subject, template, to=person, **more))


@transaction.atomic
def end_role(membership: Membership, *, last_day: dt.date, by: User) -> None:
    """The role's last day. One that ends before it began was a mistake and is taken away. Raises ValidationError."""
    lock(membership.organisation)
    held = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if held is None or (held.ends and held.ends <= last_day):
        raise ValidationError("Rollen är redan avslutad.")
    keep_an_administrator(without=held)
    change = {
        "label": f"{held.get_role_display()}, {held.user}",
        "from": swedish.period(held.starts, held.ends),
        "to": "borttagen" if last_day < held.starts else swedish.period(held.starts, last_day),
    }
    if last_day < held.starts:
        held.delete()
    else:
        held.ends = last_day
        held.save(update_fields=["ends"])
    record(membership.organisation, "role_ended", "Roll avslutad", by=by, role=change)


def keep_an_administrator(*, without: Membership) -> None:
    """Somebody must be able to let others in. Raises ValidationError if this is the last lasting administrator."""
    if without.role != Role.ADMINISTRATOR:
        return
    list(Organisation.objects.select_for_update().filter(kind=Organisation.Kind.OPERATOR))
    others = Membership.objects.current(today()).filter(role=Role.ADMINISTRATOR, ends=None, user__is_active=True)
    if not others.exclude(user=without.user_id).exists():
        raise ValidationError("Minst en administratör måste finnas kvar. Bjud in en ny först.")


def _hold(invitation: Invitation) -> None:
    """Hold the row, so that of two tabs the second finds it used."""
    if not Invitation.objects.select_for_update().usable(now()).filter(pk=invitation.pk).first():
        raise NotUsable


def _accept(invitation: Invitation, user: User) -> None:
    rows = Invitation.objects.usable(now()).filter(pk=invitation.pk)
    if not rows.update(accepted_at=now(), accepted_by=user):
        raise NotUsable
    membership, new = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, role=invitation.role, ends=None
    )
    if new:
        tell_of_role(membership)
    _record(invitation, "accepted", "Inbjudan antagen", by=user, became=f"roll från {swedish.date(today())}")


def _pause(sent: InvitationQuerySet) -> None:
    if sent.filter(sent_at__gt=now() - PAUSE).exists():
        raise ValidationError("Personen fick ett e-brev nyss. Vänta fem minuter innan du skickar ett till.")


def _change_open(invitation: Invitation, **fields: object) -> None:
    """Compare-and-set: nothing happens to an invitation that somebody has used or withdrawn meanwhile."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(**fields):
        raise ValidationError("Inbjudan är redan använd eller återtagen.")
    invitation.refresh_from_db()


def _expiry() -> dt.datetime:
    return now() + dt.timedelta(days=settings.INVITATION_DAYS)


def _until(invitation: Invitation) -> str:
    return f"gäller till {swedish.date(timezone.localdate(invitation.expires_at))}"


def _record(invitation: Invitation, verb: str, label: str, *, by: User, became: str) -> None:
    who = f"{invitation.name} ({invitation.email}), {invitation.get_role_display()}"
    change = {"label": who, "from": "" if verb == "invited" else "inbjuden", "to": became}
    record(invitation.organisation, verb, label, by=by, invitation=change)


def _send(pk: int, token: str) -> None:
    """After the row is safe. A mail that cannot be sent is a fact on the organisation's page, not an error page."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=pk)
    more = {"invitation": invitation, "link": _link("accounts:accept", token)}
    if _mail(invitation.email, "Inbjudan till Samverkan", "mail/invitation.txt", **more):
        Invitation.objects.filter(pk=pk).update(sent_at=now())


def _link(door: str, *args: object) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse(door, args=args)}"


def _mail(address: str, subject: str, template: str, **context: Any) -> bool:
    """Whether it could be sent. The log says which letter it was, never to whom."""
    try:
        send_mail(subject, render_to_string(template, context), None, [address])
    except (OSError, smtplib.SMTPException) as error:
        logger.error("%s could not be sent: %s", template, type(error).__name__)
        return False
    return True
