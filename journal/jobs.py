"""Work that is done in the background. The row is the truth and a broker only wakes: see docs/adr/0006.

A worker claims a row by one conditional update, and whatever it writes afterwards is written only while it still holds
the claim. So nothing is lost when a worker, a broker or the whole machine dies, and nothing is done twice.
"""

import datetime as dt
import uuid
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from journal.models import Record
from lib.dates import now

MAX_ATTEMPTS = 3
ERROR_LENGTH = 300


class JobStatus(models.TextChoices):
    """A job's way. Nobody decides it, so it is no step of a workflow; a model may have words of its own for it."""

    QUEUED = "queued", "I kö"
    RUNNING = "running", "Görs nu"
    DONE = "done", "Klar"
    FAILED = "failed", "Misslyckades"


AnyJob = TypeVar("AnyJob", bound="Job")


class JobQuerySet(models.QuerySet[AnyJob]):
    def unsettled(self) -> Self:
        return self.filter(status__in=[JobStatus.QUEUED, JobStatus.RUNNING])

    def lost(self, now: dt.datetime, *, stale: dt.timedelta) -> Self:
        """Ordered but never taken up, or taken up by a worker whose heart has stopped."""
        limit = now - stale
        return self.filter(
            Q(status=JobStatus.QUEUED, woken_at__lt=limit) | Q(status=JobStatus.RUNNING, heartbeat_at__lt=limit)
        )


class Job(Record):
    """Base of what a worker does: how far it has come, who holds it, and why it could not be done."""

    GAVE_UP: ClassVar[str]

    status = models.CharField("läge", max_length=10, choices=JobStatus, default=JobStatus.QUEUED, editable=False)
    progress = models.PositiveSmallIntegerField("framsteg, procent", default=0, editable=False)
    progress_text = models.CharField("vad som görs", max_length=100, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField("försök", default=0, editable=False)
    claim = models.UUIDField("tagen av", null=True, editable=False)
    woken_at = models.DateTimeField("väckt", null=True, editable=False)
    heartbeat_at = models.DateTimeField("senaste livstecken", null=True, editable=False)
    finished_at = models.DateTimeField("färdig", null=True, editable=False)
    error = models.CharField("fel", max_length=ERROR_LENGTH, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        return {"done": "ok", "failed": "bad"}.get(self.status, "warn")

    @property
    def is_settled(self) -> bool:
        return self.status in (JobStatus.DONE, JobStatus.FAILED)


# Every job's table holds this; a model with a Meta of its own repeats it there.
RUNNING_IS_CLAIMED = models.CheckConstraint(
    condition=~Q(status="running") | Q(claim__isnull=False, heartbeat_at__isnull=False),
    name="%(class)s_running_is_claimed",
)


class TakenOver(Exception):
    """Another worker has claimed the job: this one stops at once and writes nothing."""


def claim(rows: JobQuerySet[AnyJob], pk: int) -> AnyJob | None:
    """Take up a queued job; None when there is nothing to take, or somebody was faster."""
    mine, moment = uuid.uuid4(), now()
    queued = rows.filter(pk=pk, status=JobStatus.QUEUED)
    if not queued.update(
        status=JobStatus.RUNNING, claim=mine, heartbeat_at=moment, attempts=F("attempts") + 1, progress=0
    ):
        return None
    return rows.filter(pk=pk, claim=mine).first()


def held(job: AnyJob) -> JobQuerySet[AnyJob]:
    """The job's row, while we hold it."""
    rows: JobQuerySet[AnyJob] = JobQuerySet(type(job))
    return rows.filter(pk=job.pk, claim=job.claim, status=JobStatus.RUNNING)


def write(job: Job, **fields: object) -> None:
    """Write into a job that we hold. Raises TakenOver."""
    if not held(job).update(**fields):
        raise TakenOver


def finish(job: Job, **fields: object) -> None:
    """The job is done, with what came of it. Raises TakenOver."""
    write(job, status=JobStatus.DONE, progress=100, progress_text="Klar", finished_at=now(), error="", **fields)


def fail(job: Job, sentence: str) -> None:
    """The job cannot be done, and trying again would not help."""
    held(job).update(status=JobStatus.FAILED, error=sentence[:ERROR_LENGTH], finished_at=now())


def give_back(job: Job) -> None:
    """Back to the queue for another try (the sweep wakes it), or given up after the last."""
    again = Q(attempts__lt=MAX_ATTEMPTS)
    held(job).filter(~again).update(status=JobStatus.FAILED, error=job.GAVE_UP, finished_at=now())
    held(job).filter(again).update(status=JobStatus.QUEUED, progress=0, woken_at=now())


def queue_again(job: Job) -> bool:
    """A failed job anew, from the beginning; False if somebody already did."""
    rows: JobQuerySet[Job] = JobQuerySet(type(job))
    failed = rows.filter(pk=job.pk, status=JobStatus.FAILED)
    fresh = {"attempts": 0, "progress": 0, "progress_text": "", "error": "", "woken_at": now()}
    return bool(failed.update(status=JobStatus.QUEUED, **fresh))


def requeue_lost(rows: JobQuerySet[AnyJob], now: dt.datetime, *, stale: dt.timedelta) -> list[int]:
    """Put back what no living worker holds; the ids to wake. What keeps failing is given up with a sentence."""
    woken = []
    for job in rows.lost(now, stale=stale).only("pk", "attempts", "claim", "status"):
        unchanged = rows.lost(now, stale=stale).filter(pk=job.pk, claim=job.claim, status=job.status)
        if job.attempts >= MAX_ATTEMPTS:
            unchanged.update(status=JobStatus.FAILED, error=job.GAVE_UP, finished_at=now)
        elif unchanged.update(status=JobStatus.QUEUED, woken_at=now):
            woken.append(job.pk)
    return woken
