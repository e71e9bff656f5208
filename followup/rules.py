"""What each kind of follow-up asks, who may write one, and when it is closed for good."""

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from followup.models import FollowUp
from journal.steps import Step
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.rules import roles_about, roles_of

FINISH = Step(
    "finish", "Avsluta uppföljningen", (FollowUp.Status.DRAFT,), FollowUp.Status.FINISHED, COORDINATORS, told="Avslutad"
)
STEPS = [FINISH]


# What is asked beside period, planned and outcome: the handbook's three kinds ask three different questions.
_WORK = ["obstacles", "success_factors", "hours", "cost"]
FIELDS: dict[str, list[str]] = {
    FollowUp.Kind.PRODUCTION: ["carried_out", "carried_out_why", *_WORK],
    FollowUp.Kind.PROCESS: ["lessons", *_WORK],
    FollowUp.Kind.EFFECT: [
        "baseline",
        "measured",
        "comparison",
        "grounds",
        "change",
        "contribution",
        "contribution_why",
        "other_explanations",
        "side_effects",
    ],
}
REQUIRED: dict[str, set[str]] = {
    FollowUp.Kind.PRODUCTION: {"carried_out"},
    FollowUp.Kind.PROCESS: {"lessons"},
    FollowUp.Kind.EFFECT: {
        "baseline",
        "measured",
        "grounds",
        "change",
        "contribution",
        "contribution_why",
        "other_explanations",
    },
}
EXPLAINED: dict[str, str] = {
    FollowUp.Kind.PRODUCTION: (
        "Räkna det ni gjorde mot det ni skulle göra. Det är den enklaste uppföljningen, och de andra vilar på den."
    ),
    FollowUp.Kind.PROCESS: ("Vad gick lätt, vad gick trögt och vad tog det? Svaren gör nästa omgång bättre."),
    FollowUp.Kind.EFFECT: (
        "Jämför före och efter, gärna med ett område där ni inte gjorde något. "
        "Vänta tills en förändring har hunnit märkas."
    ),
}


def worded(kind: FollowUp.Kind) -> tuple[str, str]:
    """The kind's word and its question: ("Effekt", "Hjälpte det?")."""
    word, question = kind.label.split(": ")
    return word, question.capitalize()


def may_write(user: User, partnership: Partnership, municipality: Municipality | None) -> bool:
    """Coordinators write about what is joint, the police and the municipality about its own; all members read."""
    return Role.COORDINATOR in roles_about(user, partnership, municipality.pk if municipality else None)


def may_write_some(user: User, partnership: Partnership) -> bool:
    """Whether the person writes follow-ups in the partnership at all."""
    return Role.COORDINATOR in roles_of(user, partnership)


def may_change(user: User, follow_up: FollowUp) -> bool:
    return may_write(user, follow_up.partnership, follow_up.municipality)


def next_steps(user: User, follow_up: FollowUp) -> list[Step]:
    if not may_change(user, follow_up):
        return []
    return [step for step in STEPS if follow_up.status in step.old]


def waits_for_steering_group(follow_up: FollowUp) -> bool:
    """Whether it is finished, and the steering group has not had it yet."""
    return follow_up.status == FollowUp.Status.FINISHED and follow_up.steering_group_on is None
