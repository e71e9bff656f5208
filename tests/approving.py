"""Established as the parties do it: an own picture by its party, a joint one by somebody of each side."""

from accounts.models import User
from situation import actions, approving, content, rules


def establish(picture, by):
    """The joint one: first somebody of the other side, then `by`."""
    picture.refresh_from_db()
    if not picture.is_joint:
        return actions.establish(picture, by=by)
    mine = approving.sides_of(by, picture, rules.APPROVE.roles)[0]
    for side in approving.lacking(picture, []):
        if side != mine:
            approve(picture, _somebody(picture, side))
    approve(picture, by)
    picture.refresh_from_db()
    return None


def approve(picture, person):
    actions.approve(picture, by=person, checksum=content.checksum_of(picture))


def _somebody(picture, side):
    people = User.objects.order_by("pk")
    return next(one for one in people if side in approving.sides_of(one, picture, rules.APPROVE.roles))
