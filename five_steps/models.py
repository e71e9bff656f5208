"""What a person has decided about each line of the five steps. A line without a row has not been begun."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from journal.models import Record
from partnerships.models import Cycle


class StepLine(Record):
    """A line (S1.1–S5.5) of one cycle. Only decisions are stored: what proves the line is computed."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Ej påbörjad"
        ONGOING = "ongoing", "Pågår"
        DONE = "done", "Klar"
        NOT_APPLICABLE = "not_applicable", "Ej aktuell"

    SETTLED: ClassVar[tuple[str, ...]] = ("done", "not_applicable")

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    code = models.CharField("rad", max_length=6)
    status = models.CharField("läge", max_length=15, choices=Status, default=Status.NOT_STARTED, editable=False)
    reason = models.TextField("motivering", blank=True, editable=False)
    # What proved the line when it was settled, as it stood then: counts only, no titles or names.
    evidence = models.JSONField("underlag vid bekräftelsen", default=list, blank=True, editable=False)
    proven = models.BooleanField("underlaget räckte", default=False, editable=False)
    confirmed_at = models.DateTimeField("bekräftad", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="bekräftad av",
        related_name="+",
        null=True,
        editable=False,
    )

    class Meta:
        verbose_name = "rad i de fem stegen"
        verbose_name_plural = "rader i de fem stegen"
        ordering = ["cycle", "code"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="step_line_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["done", "not_applicable"],
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                )
                | Q(
                    status__in=["not_started", "ongoing"],
                    confirmed_at__isnull=True,
                    confirmed_by__isnull=True,
                ),
                name="step_line_settled_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_applicable") | ~Q(reason=""),
                name="step_line_not_applicable_has_reason",
                violation_error_message="Skriv varför raden inte är aktuell.",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(proven=True) | ~Q(reason=""),
                name="step_line_done_is_proven_or_has_reason",
                violation_error_message="Skriv vad som visar att raden är klar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("five_steps:line", args=[self.cycle_id, self.code])
