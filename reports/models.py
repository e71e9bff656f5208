"""Situation reports: what was ordered, how far the making has come, and the finished file."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from journal.models import Record
from municipalities.models import Municipality
from partnerships.models import Partnership
from situation.models import Picture


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Inside the partnership only: a report holds holders' names, drafts and free text.

        That a picture has been released to the county board and Brå releases the picture, not a report made on it.
        """
        return self.filter(partnership__in=Partnership.objects.of(user))

    def lost(self, now: dt.datetime, *, stale: dt.timedelta) -> "ReportQuerySet":
        """Ordered but never taken up, or taken up by a worker whose heart has stopped."""
        limit = now - stale
        return self.filter(
            Q(status=Report.Status.QUEUED, woken_at__lt=limit) | Q(status=Report.Status.RUNNING, heartbeat_at__lt=limit)
        )


class Report(Record):
    """An ordered lägesrapport. This row is the truth; the broker only wakes a worker that then claims the row."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommun"
        PARTNERSHIP = "partnership", "Hela samverkan"

    class Status(models.TextChoices):
        QUEUED = "queued", "I kö"
        RUNNING = "running", "Görs nu"
        DONE = "done", "Klar"
        FAILED = "failed", "Misslyckades"

    kind = models.CharField("slag", max_length=12, choices=Kind)
    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="+", null=True, blank=True
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, verbose_name="fastställd lägesbild", related_name="+", null=True, blank=True
    )
    number = models.PositiveIntegerField("version")
    title = models.CharField("rubrik", max_length=250)
    # The report's whole content, frozen when it was ordered: the same content gives the same bytes for ever.
    content = models.JSONField("innehåll")
    content_checksum = models.CharField("innehållets kontrollsumma", max_length=64)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.QUEUED, editable=False)
    progress = models.PositiveSmallIntegerField("framsteg, procent", default=0, editable=False)
    progress_text = models.CharField("vad som görs", max_length=100, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField("försök", default=0, editable=False)
    claim = models.UUIDField("tagen av", null=True, editable=False)
    woken_at = models.DateTimeField("väckt", null=True, editable=False)
    heartbeat_at = models.DateTimeField("senaste livstecken", null=True, editable=False)
    finished_at = models.DateTimeField("färdig", null=True, editable=False)
    error = models.CharField("fel", max_length=300, blank=True, editable=False)
    file = models.FileField("fil", upload_to="reports/", blank=True, editable=False)
    checksum = models.CharField("filens kontrollsumma", max_length=64, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField("sidor", null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "lägesrapport"
        verbose_name_plural = "lägesrapporter"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="municipality", municipality__isnull=False)
                | Q(kind="partnership", municipality__isnull=True),
                name="report_municipality_matches_kind",
            ),
            models.CheckConstraint(
                condition=(~Q(status="done") | (Q(finished_at__isnull=False, checksum__gt="") & ~Q(file=""))),
                name="report_done_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(claim__isnull=False, heartbeat_at__isnull=False),
                name="report_running_is_claimed",
            ),
            models.UniqueConstraint(
                fields=["partnership", "number"], condition=Q(municipality__isnull=True), name="report_number_once"
            ),
            models.UniqueConstraint(
                fields=["partnership", "municipality", "number"],
                condition=Q(municipality__isnull=False),
                name="report_number_once_in_municipality",
            ),
        ]

    @property
    def tone(self) -> str:
        return {"done": "ok", "failed": "bad"}.get(self.status, "warn")

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)
