"""The rounds of the five steps."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from journal.models import Record
from municipalities.models import Municipality
from partnerships.models.partnership import Partnership


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, user: User) -> "CycleQuerySet":
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def open(self) -> "CycleQuerySet":
        return self.filter(status=Cycle.Status.OPEN)

    def main(self) -> "CycleQuerySet":
        """The partnership's own cycles; the others belong to one municipality each."""
        return self.filter(municipality=None)

    def latest_first(self) -> "CycleQuerySet":
        return self.order_by("-starts", "-pk").select_related("municipality")


class Cycle(Record):
    """One round of the five steps. One main cycle is open at a time; earlier ones are kept as they ended."""

    class Status(models.TextChoices):
        OPEN = "open", "Öppen"
        CLOSED = "closed", "Avslutad"
        CANCELLED = "cancelled", "Avbruten"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="cycles")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="egen omgång för kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt för den gemensamma omgången.",
    )
    name = models.CharField("namn", max_length=120, help_text="Till exempel Samverkansomgång 2026–2029.")
    starts = models.DateField("börjar")
    ends = models.DateField("planerat slut", null=True, blank=True)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.OPEN, editable=False)
    closed_on = models.DateField("avslutad den", null=True, editable=False)
    closed_reason = models.TextField("varför den avslutades", blank=True, editable=False)

    objects = CycleQuerySet.as_manager()

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("open",)

    class Meta:
        verbose_name = "samverkansomgång"
        verbose_name_plural = "samverkansomgångar"
        ordering = ["partnership", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="cycle_ends_after_start",
                violation_error_message="Slutet måste ligga efter början.",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(status="open", municipality__isnull=True),
                name="cycle_one_open_main",
                violation_error_message="Det finns redan en öppen omgång. Avsluta den innan du öppnar en ny.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "municipality"],
                condition=Q(status="open", municipality__isnull=False),
                name="cycle_one_open_local",
                violation_error_message="Kommunen har redan en egen öppen omgång.",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_on__isnull=True) | (~Q(status="open") & Q(closed_on__isnull=False)),
                name="cycle_closed_has_day",
                violation_error_message="En avslutad omgång har en dag för avslutet, en öppen har ingen.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("starts")),
                name="cycle_closed_after_start",
                violation_error_message="Omgången kan inte avslutas före den dag då den började.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> dt.date | None:
        """The day it ended, or is planned to."""
        return self.closed_on or self.ends

    def get_absolute_url(self) -> str:
        return reverse("overview:cycle", args=[self.pk])
