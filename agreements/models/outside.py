"""What an outside actor reaches: the measures that its organisation takes part in, and its own lines in their logs.

An actor is nobody in the partnership: no question about a partnership finds anything for it, only these two do.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from accounts.models import Role, User
from agreements.models.carrying_out import MeasureLog, Participant
from agreements.models.measure import Measure
from journal.models import Event
from lib.dates import now, today

# So long after the measure has ended an actor still reads what it has written.
READS_ON = dt.timedelta(days=30)
GOES_ON = (Measure.Status.DECIDED, Measure.Status.ONGOING)
ENDS = ("finish_done", "finish_partly", "finish_not_done", "cancel")


def actor_in(user: User) -> QuerySet[Participant]:
    """Where the person's organisation takes part today, in a measure that goes on or has just ended."""
    mine = Participant.objects.filter(organisation__in=user.organisation_ids(Role.ACTOR))
    standing = mine.filter(Q(ended_on=None) | Q(ended_on__gte=today()))
    return standing.filter(Q(measure__status__in=GOES_ON) | Q(_has_just_ended()))


def lines_of_actor(user: User) -> QuerySet[MeasureLog]:
    """The lines that the actor's own organisation has written, where it still has access."""
    if Role.ACTOR not in user.roles:
        return MeasureLog.objects.none()
    reached = actor_in(user)
    return MeasureLog.objects.filter(
        participant__organisation__in=user.organisation_ids(Role.ACTOR), measure__in=reached.values("measure")
    )


def _has_just_ended() -> Exists:
    """By the journal, that knows the day on which somebody ended the measure."""
    subject = Concat(Value(f"{Measure._meta.label_lower}:"), Cast(OuterRef("measure"), CharField()))
    return Exists(Event.objects.filter(subject=subject, verb__in=ENDS, at__gte=now() - READS_ON))
