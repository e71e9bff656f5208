"""The verbs of the room, one module per kind of thing: agreements, measures."""

from agreements.actions.actors import add_actor, end_actor, tick
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
from agreements.actions.files import add_file, attach_to_line, remove_annex, remove_from_line
from agreements.actions.measures import LOG_CLOSED, save_log

__all__ = [
    "CHANGED",
    "IN_A_CIRCLE",
    "LOG_CLOSED",
    "SIGNED_ALREADY",
    "add_actor",
    "add_file",
    "attach_to_line",
    "end_actor",
    "propose",
    "refuse_incomplete",
    "remove_annex",
    "remove_from_line",
    "revoke_signature",
    "save_draft",
    "save_log",
    "sign",
    "terminate",
    "tick",
    "withdraw",
]
