"""What happened: an append-only book, and the base that lets every record be kept in it."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from lib.dates import now


def key(obj: models.Model) -> str:
    """The book's name for a record, as "agreements.agreement:7". A string, so that the book knows no room."""
    return f"{obj._meta.label_lower}:{obj.pk}"


class Record(models.Model):
    """Base of everything that people write: who made it, when, and a number that grows with each change."""

    created_at = models.DateTimeField("skapad", default=now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skapad av", related_name="+", editable=False
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    # The statuses in which the text may be edited; None where the model has no status.
    EDITABLE_STATUSES: ClassVar[tuple[str, ...] | None] = None

    class Meta:
        abstract = True


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, *objs: models.Model) -> "EventQuerySet":
        """What happened to the records, latest first."""
        return self.filter(subject__in=[key(obj) for obj in objs]).select_related("by").order_by("-at", "-pk")


class Event(models.Model):
    """One thing that happened. Rows are added, never changed: the database refuses (migration 0002)."""

    subject = models.CharField("gäller", max_length=100, db_index=True)
    verb = models.CharField("händelse", max_length=60)
    label = models.CharField("beskrivning", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="+", null=True)
    at = models.DateTimeField("när", default=now)
    note = models.TextField("motivering", blank=True)
    # {"field": {"label": "Titel", "from": "…", "to": "…"}}
    changes = models.JSONField("ändringar", default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["subject", "-at"])]

    def __str__(self) -> str:
        return f"{self.label} ({self.day:%Y-%m-%d})"

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)
