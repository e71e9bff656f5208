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
from agreements.actions.carrying_out import end_participant, remove_part, save_of_measure, tick
from agreements.actions.catalogue import load_types
from agreements.actions.goals import GOALS_IN_A_CIRCLE, save_goal
from agreements.actions.measures import (
    LOG_CLOSED,
    PLAN_CHANGED,
    change_measure,
    move,
    propose_measure,
    save_log,
    undo_log,
)

__all__ = [
    "CHANGED",
    "GOALS_IN_A_CIRCLE",
    "IN_A_CIRCLE",
    "LOG_CLOSED",
    "PLAN_CHANGED",
    "SIGNED_ALREADY",
    "change_measure",
    "end_participant",
    "load_types",
    "move",
    "propose",
    "propose_measure",
    "refuse_incomplete",
    "revoke_signature",
    "remove_part",
    "save_draft",
    "save_goal",
    "save_log",
    "save_of_measure",
    "sign",
    "terminate",
    "tick",
    "undo_log",
    "withdraw",
]
