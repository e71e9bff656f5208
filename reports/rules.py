"""Who may order and read situation reports."""

from accounts.models import User
from partnerships.models import Partnership
from partnerships.rules import is_member


def may_order(user: User, partnership: Partnership) -> bool:
    """Everybody who acts for a party: a report changes nothing, and readers need it most."""
    return is_member(user, partnership)
