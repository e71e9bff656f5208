"""Who may attach what to an agreement, and take a file out of a log."""

from accounts.models import User
from accounts.roles import COORDINATORS_AND_SIGNATORIES
from agreements.models import Agreement, LogFile, lines_of_actor
from agreements.rules.agreements import (
    DRAFT,
    PROPOSED,
    SIGNED,
    TERMINATED,
    acting_parties,
    bound_acting,
    is_read_in,
    may_edit,
)
from agreements.rules.measures import carries_out, may_measure
from lib.dates import today
from partnerships.rules import roles_about

# Where there is a text that somebody can have signed on paper.
SIGNED_ON_PAPER = (PROPOSED, SIGNED, TERMINATED)


def may_annex(user: User, agreement: Agreement) -> bool:
    """Annexes are part of the text: they come and go as long as it is written."""
    return agreement.status == DRAFT and may_edit(user, agreement)


def may_attach_original(user: User, agreement: Agreement) -> bool:
    """Who stands in the text, or is bound by it since; what was read in afterwards has nobody who could be asked."""
    if agreement.status not in SIGNED_ON_PAPER:
        return False
    if is_read_in(agreement):
        roles = roles_about(user, agreement.partnership, agreement.municipality_id)
        return bool(COORDINATORS_AND_SIGNATORIES & roles)
    return bool(acting_parties(user, agreement) or bound_acting(user, agreement, today()))


def may_remove(user: User, file: LogFile) -> bool:
    """A picture that should not be there goes at any time: by who keeps the measure, or by who carries it out and
    sent it."""
    measure = file.line.measure
    if may_measure(user, measure) or lines_of_actor(user).filter(pk=file.line_id).exists():
        return True
    return file.line.created_by_id == user.pk and carries_out(user, measure)
