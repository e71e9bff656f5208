"""Who may invite people and end roles: an organisation's own local administrators, and administrators."""

import datetime as dt

from accounts.models import Invitation, Organisation, Role, User
from accounts.roles import ROLES_OF_KIND


def administered(user: User) -> list[Organisation]:
    """The organisations that the person is local administrator of today, for the menu."""
    return [m.organisation for m in user.memberships_now if m.role == Role.LOCAL_ADMIN]


def may_administer(user: User, organisation: Organisation) -> bool:
    return user.is_administrator or organisation in administered(user)


def fits(role: str, organisation: Organisation) -> bool:
    """Whether the role exists in that kind of organisation."""
    return role in ROLES_OF_KIND[organisation.kind]


def state_of(invitation: Invitation, now: dt.datetime) -> tuple[str, str]:
    """What the calendar and the mail say of an open invitation: a word and its tone."""
    if invitation.expires_at <= now:
        return "Har gått ut", "bad"
    if invitation.sent_at is None:
        return "E-brevet kom inte iväg", "bad"
    return "Väntar på svar", "warn"
