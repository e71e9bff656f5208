"""The table of steps for comments on a draft, and who may say and answer what."""

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from agreements.models import Agreement, Comment
from agreements.rules.agreements import DRAFT, REFERRED
from journal.steps import Step
from partnerships.rules import is_member, roles_about

OPEN, ACCEPTED, DECLINED = Comment.Status

ACCEPT = Step("accept", "För in", (OPEN,), ACCEPTED, COORDINATORS, told="Synpunkten är införd")
DECLINE = Step(
    "decline", "För inte in", (OPEN,), DECLINED, COORDINATORS, asks_reason=True, told="Synpunkten är besvarad"
)
COMMENT_STEPS = [ACCEPT, DECLINE]

DRAFTED = (DRAFT, REFERRED)


def may_comment(user: User, agreement: Agreement) -> bool:
    """Everybody who acts for a party, readers too, while the text may still change."""
    return agreement.status in DRAFTED and is_member(user, agreement.partnership)


def may_answer(user: User, comment: Comment) -> bool:
    agreement = comment.agreement
    return Role.COORDINATOR in roles_about(user, agreement.partnership, agreement.municipality_id)


def is_written_in(agreement: Agreement) -> bool:
    return agreement.status == DRAFT
