"""The verbs of the room, one module per kind of thing: agreements, measures."""

from agreements.actions.actors import (
    add_actor,
    end_actor,
    tick,
)
from agreements.actions.agreements import (
    CHANGED,
    COMMON_FIRST,
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
from agreements.actions.catalogue import (
    load_types,
)
from agreements.actions.drafting import (
    accept,
    comment,
    decline,
    end_referral,
    keep_version,
    refer,
    remove_undertaking,
    save_undertaking,
    sign_of,
    write_section,
)
from agreements.actions.files import (
    add_file,
    attach_to_line,
    remove_annex,
    remove_from_line,
)
from agreements.actions.joint import (
    add_local_parts,
    remove_adaptation,
    revise,
    save_adaptation,
)
from agreements.actions.keeping import (
    consent,
    decide,
    drop_prolongation,
    join,
    leave,
    prolong,
    still_to_consent,
)
from agreements.actions.measures import (
    LOG_CLOSED,
    move,
    save_log,
)
from agreements.actions.plans import (
    PLAN_CHANGED,
    adopt_plan,
    begin_plan,
    measures_for,
    new_plan_version,
)

__all__ = [
    "CHANGED",
    "COMMON_FIRST",
    "IN_A_CIRCLE",
    "LOG_CLOSED",
    "PLAN_CHANGED",
    "SIGNED_ALREADY",
    "accept",
    "add_actor",
    "add_file",
    "add_local_parts",
    "adopt_plan",
    "attach_to_line",
    "begin_plan",
    "comment",
    "consent",
    "decide",
    "decline",
    "drop_prolongation",
    "end_actor",
    "end_referral",
    "join",
    "keep_version",
    "leave",
    "load_types",
    "measures_for",
    "move",
    "new_plan_version",
    "prolong",
    "propose",
    "refer",
    "refuse_incomplete",
    "remove_adaptation",
    "remove_annex",
    "remove_from_line",
    "remove_undertaking",
    "revise",
    "revoke_signature",
    "save_adaptation",
    "save_draft",
    "save_log",
    "save_undertaking",
    "sign",
    "sign_of",
    "still_to_consent",
    "terminate",
    "tick",
    "withdraw",
    "write_section",
]
