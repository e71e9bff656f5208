"""The verbs of the room, one module per kind of thing: documents, promises, acts beside the text."""

from citizen_promises.actions.acts import (
    announce,
    revoke_signature,
    sign,
    take_back_channel,
)
from citizen_promises.actions.beside import (
    add_language,
    remove_language,
    save_language,
    save_self_check,
)
from citizen_promises.actions.documents import (
    approve,
    back_to_draft,
    close,
    held,
    publish,
    publish_due,
    renew,
    reopen,
    schedule,
    unschedule,
    withdraw,
)
from citizen_promises.actions.promises import (
    LOCKED,
    add_outcome,
    give_feedback,
    remove_promise,
    save_feedback,
    save_outcome,
    save_promise,
    settle,
)

__all__ = [
    "LOCKED",
    "add_language",
    "add_outcome",
    "announce",
    "approve",
    "back_to_draft",
    "close",
    "give_feedback",
    "held",
    "publish",
    "publish_due",
    "remove_language",
    "remove_promise",
    "renew",
    "reopen",
    "revoke_signature",
    "save_feedback",
    "save_language",
    "save_outcome",
    "save_promise",
    "save_self_check",
    "schedule",
    "settle",
    "sign",
    "take_back_channel",
    "unschedule",
    "withdraw",
]
