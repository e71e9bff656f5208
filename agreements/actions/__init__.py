"""The verbs of the room, one module per kind of thing: agreements, measures."""

from agreements.actions.agreements import (
    CHANGED,
    IN_A_CIRCLE,
    SIGNED_ALREADY,
    propose,
    refuse_incomplete,
    revoke_signature,
    save_draft,
    sign,
    terminate,
    withdraw,
)
from agreements.actions.measures import LOG_CLOSED, save_log
from agreements.actions.plans import PLAN_CHANGED, adopt_plan, begin_plan, measures_for, new_plan_version

__all__ = [
    "CHANGED",
    "IN_A_CIRCLE",
    "LOG_CLOSED",
    "PLAN_CHANGED",
    "SIGNED_ALREADY",
    "adopt_plan",
    "begin_plan",
    "measures_for",
    "new_plan_version",
    "propose",
    "refuse_incomplete",
    "revoke_signature",
    "save_draft",
    "save_log",
    "sign",
    "terminate",
    "withdraw",
]
