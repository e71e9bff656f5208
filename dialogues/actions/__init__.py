"""The verbs of the room, one module per kind of thing: the dialogue, what was heard, replies, the result."""

from dialogues.actions.dialogues import (
    LOCKED,
    cancel,
    close,
    close_form,
    give_feedback,
    hold,
    open_form,
    reopen,
    save_new_dialogue,
    save_plan,
    share,
)
from dialogues.actions.heard import IN_A_PROMISE, answer, let_go, remove_row, save_point, save_row, take_up
from dialogues.actions.replies import (
    decide,
    erase_replies,
    receive,
    remove_question,
    save_question,
)
from dialogues.actions.results import publish, withdraw

__all__ = [
    "IN_A_PROMISE",
    "LOCKED",
    "answer",
    "cancel",
    "close",
    "close_form",
    "decide",
    "erase_replies",
    "give_feedback",
    "hold",
    "let_go",
    "open_form",
    "publish",
    "receive",
    "remove_question",
    "remove_row",
    "reopen",
    "save_new_dialogue",
    "save_plan",
    "save_point",
    "save_question",
    "save_row",
    "share",
    "take_up",
    "withdraw",
]
