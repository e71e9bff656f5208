"""What happens to pictures, their problems and causes: one file per kind of work.

A picture is written while it is a draft, frozen when it is established, and replaced by a new version, never changed.
"""

from situation.actions.carrying import write
from situation.actions.pictures import (
    LOCKED,
    NOT_DRAFT,
    PICTURE_ACTIONS,
    SECRET,
    approve,
    back_to_draft,
    copy_of,
    create,
    establish,
    leadership_read,
    mark_ready,
    new_version,
    release,
    remove_part,
    save_part,
    share,
)
from situation.actions.problems import decide, move_up, save_problem
from situation.actions.secrecy import keep_note

__all__ = [
    "LOCKED",
    "NOT_DRAFT",
    "PICTURE_ACTIONS",
    "SECRET",
    "approve",
    "back_to_draft",
    "copy_of",
    "create",
    "decide",
    "establish",
    "keep_note",
    "leadership_read",
    "mark_ready",
    "move_up",
    "new_version",
    "release",
    "remove_part",
    "save_part",
    "save_problem",
    "share",
    "write",
]
