"""Who may invite people and end roles: an organisation's own local administrators, and administrators."""

import datetime as dt

from django.db.models import ManyToOneRel

from accounts.models import Invitation, Organisation, Role, User
from accounts.roles import ROLES_OF_KIND


def administered(user: User) -> list[Organisation]:
    """The organisations that the person is local administrator of today, for the menu."""
    return [m.organisation for m in user.memberships_now if m.role == Role.LOCAL_ADMIN]


def is_outside(user: User) -> bool:
    """Whether the person is an outside actor and nothing else: then only the actor's own pages are open."""
    return user.roles == {Role.ACTOR}


def may_administer(user: User, organisation: Organisation) -> bool:
    return user.is_administrator or organisation in administered(user)


def fits(role: str, organisation: Organisation) -> bool:
    """Whether the role exists in that kind of organisation."""
    return role in ROLES_OF_KIND[organisation.kind]


def may_give(user: User, role: str, organisation: Organisation) -> bool:
    """Whether the person may give somebody the role there: only administrators make administrators."""
    return fits(role, organisation) and (role != Role.ADMINISTRATOR or user.is_administrator)


def roles_to_give(user: User, organisation: Organisation) -> list[Role]:
    return [role for role in ROLES_OF_KIND[organisation.kind] if may_give(user, role, organisation)]


def in_use(organisation: Organisation) -> bool:
    """Whether anything points at it: people's roles, parties, functions … whatever room they live in."""
    keys = [field for field in Organisation._meta.get_fields(include_hidden=True) if field.auto_created]
    return any(
        key.related_model._base_manager.filter(**{key.field.name: organisation}).exists()
        for key in keys
        if isinstance(key, ManyToOneRel)
    )


def state_of(invitation: Invitation, now: dt.datetime) -> tuple[str, str]:
    """What the calendar and the mail say of an open invitation: a word and its tone."""
    if invitation.expires_at <= now:
        return "Har gått ut", "bad"
    if invitation.sent_at is None:
        return "E-brevet kom inte iväg", "bad"
    return "Väntar på svar", "warn"
