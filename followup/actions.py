"""A follow-up is written as a draft and then finished for good; what comes after is a new follow-up.

Where it belongs (partnership, cycle, municipality) is copied from the measure or promise that it follows up.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from agreements.models import Measure
from citizen_promises.models import Promise
from followup import rules
from followup.models import FollowUp
from journal.edits import RecordForm, save_new
from journal.steps import NotAllowed, record, take
from lib import swedish


def belonging(subject: Measure | Promise) -> dict[str, Any]:
    """The keys that a follow-up of the subject has."""
    home = subject if isinstance(subject, Measure) else subject.document
    return {
        "partnership": home.partnership,
        "cycle": home.cycle,
        "municipality": home.municipality,
        "measure": subject if isinstance(subject, Measure) else None,
        "promise": subject if isinstance(subject, Promise) else None,
    }


def begin(form: RecordForm, subject: Measure | Promise, *, by: User, kind: str) -> FollowUp:
    """Save a valid form as a draft about the subject."""
    made: FollowUp = save_new(form, by=by, label="Uppföljning påbörjad", kind=kind, **belonging(subject))
    return made


def finish(follow_up: FollowUp, *, by: User) -> None:
    """Close the follow-up. Its text never changes after this."""
    take(rules.FINISH, follow_up, by=by)


@transaction.atomic
def tell_steering_group(follow_up: FollowUp, *, by: User, day: dt.date) -> None:
    """Note when the steering group got a finished follow-up: the one thing that is added afterwards, once."""
    waiting = FollowUp.objects.finished().filter(pk=follow_up.pk, steering_group_on=None)
    if not waiting.update(steering_group_on=day, revision=F("revision") + 1):
        raise NotAllowed(rules.FINISH, follow_up)
    told = {"label": "Styrgruppen fick del av den", "from": "", "to": swedish.date(day)}
    record(follow_up, "steering_group", "Styrgruppen fick del av den", by=by, steering_group_on=told)
