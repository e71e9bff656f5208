"""What other rooms may ask about follow-ups, each in a constant number of queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from agreements.models import Measure
from citizen_promises.models import Promise
from followup.models import FollowUp, FollowUpQuerySet
from lib import swedish
from municipalities.models import Municipality
from partnerships.models import Cycle

# A measure that is only proposed, or was cancelled, has nothing to account for.
FOLLOWED_STATUSES = (
    Measure.Status.DECIDED,
    Measure.Status.ONGOING,
    Measure.Status.DONE,
    Measure.Status.PARTLY,
    Measure.Status.NOT_DONE,
)


def follow_ups_of(cycle: Cycle, municipality: Municipality | None = None) -> FollowUpQuerySet:
    """The cycle's follow-ups (with a municipality: its own and the joint ones), latest period first.

    Drafts are among them; add `.finished()` for what counts.
    """
    found = FollowUp.objects.filter(cycle=cycle)
    if municipality:
        found = found.filter(Q(municipality=municipality) | Q(municipality=None))
    return found.with_subject().order_by("-period_to", "-pk")


@dataclass(frozen=True)
class Unfollowed:
    """What should be followed up and has not been."""

    measures: list[Measure]
    promises: list[Promise]

    def __len__(self) -> int:
        return len(self.measures) + len(self.promises)


def unfollowed(
    cycle: Cycle, municipality: Municipality | None = None, kind: str = FollowUp.Kind.PRODUCTION
) -> Unfollowed:
    """Measures that were decided and promises that were published, without a finished follow-up of the kind."""
    done = FollowUp.objects.finished().filter(cycle=cycle, kind=kind)
    measures = Measure.objects.filter(cycle=cycle, status__in=FOLLOWED_STATUSES)
    promises = Promise.objects.public().filter(document__cycle=cycle)
    if municipality:
        measures = measures.filter(Q(municipality=municipality) | Q(municipality=None))
        promises = promises.filter(document__municipality=municipality)
    return Unfollowed(
        list(measures.exclude(pk__in=_keys(done, "measure")).select_related("municipality", "problem")),
        list(promises.exclude(pk__in=_keys(done, "promise")).select_related("document__municipality")),
    )


def _keys(done: FollowUpQuerySet, subject: str) -> QuerySet[Any, Any]:
    keys: QuerySet[Any, Any] = done.filter(**{f"{subject}__isnull": False}).values(subject)
    return keys


def earlier(follow_up: FollowUp) -> FollowUpQuerySet:
    """Other follow-ups of the same measure or promise, latest first."""
    same = FollowUp.objects.filter(measure=follow_up.measure_id, promise=follow_up.promise_id)
    return same.exclude(pk=follow_up.pk).order_by("-period_to", "-pk")


def beginning(subject: Measure | Promise, kind: str, day: dt.date) -> dict[str, Any]:
    """What a new follow-up begins with: the subject's own period, and planned against done from its log."""
    rows: QuerySet[Any]
    if isinstance(subject, Measure):
        starts, ends, rows, per = subject.starts, subject.ends, subject.log.all(), ""
    else:
        document = subject.document
        starts, ends, rows, per = document.starts, document.ends, subject.outcomes.all(), subject.per
    rows = rows.filter(day__lte=day)
    period = {"period_from": starts, "period_to": max(starts, min(ends or day, day))}
    if kind == FollowUp.Kind.EFFECT:
        return period
    done = rows.aggregate(total=Sum("count"))["total"] or 0
    planned = swedish.number(subject.planned_count) if subject.planned_count else ""
    if not planned:
        lines = rows.count()
        return period | {"outcome": swedish.plural(lines, "rad i loggen", "rader i loggen") if lines else ""}
    return period | {
        "planned": " ".join(filter(None, [planned, subject.unit, per])),
        "outcome": f"{swedish.number(done)} av {planned} {subject.unit}",
    }
