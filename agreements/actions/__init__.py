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
from agreements.actions.catalogue import load_types
from agreements.actions.measures import LOG_CLOSED, move, save_log

__all__ = [
    "CHANGED",
    "IN_A_CIRCLE",
    "LOG_CLOSED",
    "SIGNED_ALREADY",
    "load_types",
    "move",
    "propose",
    "refuse_incomplete",
    "revoke_signature",
    "save_draft",
    "save_log",
    "sign",
    "terminate",
    "withdraw",
]
