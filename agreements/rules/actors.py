"""Who takes part in a measure from outside, and where a line of the log leads each of its readers."""

import datetime as dt

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts.models import Role, User
from agreements.models import Measure, MeasureLog, Participant, actor_in


def outside(measure: Measure, day: dt.date) -> QuerySet[Participant]:
    """The outside organisations, the latest first, with `people`: how many of each may log today."""
    held = Q(organisation__memberships__role=Role.ACTOR, organisation__memberships__starts__lte=day)
    held &= Q(organisation__memberships__ends=None) | Q(organisation__memberships__ends__gte=day)
    held &= Q(organisation__memberships__user__is_active=True)
    found = measure.participants.filter(organisation__isnull=False).select_related("organisation")
    return found.annotate(people=Count("organisation__memberships", filter=held)).order_by("-pk")


def page_of_line(user: User, line: MeasureLog) -> str:
    """The page on which the person reads the line: the actor's own, or the measure's."""
    own = actor_in(user).filter(measure=line.measure_id).first()
    return reverse("agreements:own_measure", args=[own.pk]) if own else line.measure.get_absolute_url()
