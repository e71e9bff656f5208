"""Measures under a problem, and their running log."""

import datetime as dt
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from agreements.models.agreement import Agreement
from journal.models import Record
from lib.dates import today
from lib.swedish import number
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from situation.models import Problem


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> "MeasureQuerySet":
        return self.filter(partnership__in=Partnership.objects.of(user))

    def overdue(self, day: dt.date) -> "MeasureQuerySet":
        return self.filter(ends__lt=day, status__in=Measure.LIVE_STATUSES)

    def with_count(self) -> "MeasureQuerySet":
        """With `log_sum`, which `done_count` reads: one query for a list."""
        return self.annotate(log_sum=Coalesce(Sum("log__count"), 0))


class Measure(Record):
    """An åtgärd under a problem: who does what, when, and how much."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Föreslagen"
        DECIDED = "decided", "Beslutad"
        ONGOING = "ongoing", "Pågår"
        DONE = "done", "Genomförd"
        PARTLY = "partly", "Delvis genomförd"
        NOT_DONE = "not_done", "Inte genomförd"
        CANCELLED = "cancelled", "Avbruten"

    class Kind(models.TextChoices):
        INFORMATION = "information", "Information och utbildning"
        PRESENCE = "presence", "Närvaro och kontroll"
        SUPERVISION = "supervision", "Tillsyn"
        ENVIRONMENT = "environment", "Fysisk miljö"
        HOUSING = "housing", "Boende"
        YOUTH = "youth", "Ungdom"
        STRUCTURE = "structure", "Strukturell samverkan"
        VICTIMS = "victims", "Brottsoffer och våld i nära relation"
        DIALOGUE = "dialogue", "Dialog"

    class Prevention(models.TextChoices):
        SOCIAL = "social", "Social"
        SITUATIONAL = "situational", "Situationell"
        BOTH = "both", "Båda"

    LIVE_STATUSES: ClassVar[tuple[str, ...]] = ("proposed", "decided", "ongoing")
    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("proposed", "decided", "ongoing")

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om åtgärden är gemensam.",
    )
    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="problem", related_name="+")
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="measures", null=True, blank=True
    )
    title = models.CharField("åtgärd", max_length=200)
    description = models.TextField("beskrivning", blank=True)
    kind = models.CharField("slag", max_length=15, choices=Kind)
    prevention = models.CharField("prevention", max_length=12, choices=Prevention)
    place = models.CharField("plats", max_length=200, blank=True, help_text="Krävs för situationella åtgärder.")
    responsible = models.ForeignKey(Party, models.PROTECT, verbose_name="ansvarig part", related_name="+")
    function = models.CharField("ansvarig funktion", max_length=120)
    starts = models.DateField("start")
    ends = models.DateField("slut", null=True, blank=True)
    planned_count = models.PositiveIntegerField("planerat antal", null=True, blank=True)
    unit = models.CharField("vad som räknas", max_length=60, blank=True, help_text="Till exempel fotpatruller.")
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.PROPOSED, editable=False)

    objects = MeasureQuerySet.as_manager()

    TONES: ClassVar[dict[str, str]] = {
        "proposed": "idle",
        "decided": "brand",
        "ongoing": "brand",
        "done": "ok",
        "partly": "warn",
        "not_done": "bad",
        "cancelled": "bad",
    }

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ["partnership", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="measure_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.CheckConstraint(
                condition=Q(prevention="social") | ~Q(place=""),
                name="measure_situational_has_place",
                violation_error_message="Ange platsen: en situationell åtgärd riktar sig mot en plats.",
            ),
            models.CheckConstraint(
                condition=Q(planned_count__isnull=True) | ~Q(unit=""),
                name="measure_count_has_unit",
                violation_error_message="Skriv vad som räknas, till exempel fotpatruller.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:measure", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE_STATUSES

    def is_overdue(self, day: dt.date) -> bool:
        return self.is_live and self.ends is not None and self.ends < day

    @cached_property
    def done_count(self) -> int:
        """How many times it has been done, by the log. Lists have it from `with_count`."""
        if "log_sum" in vars(self):
            return int(vars(self)["log_sum"])
        return self.log.aggregate(sum=Sum("count"))["sum"] or 0

    @property
    def progress(self) -> int | None:
        """How far, 0–100 percent; None where nothing was planned to be counted."""
        return min(100, round(100 * self.done_count / self.planned_count)) if self.planned_count else None

    @property
    def progress_text(self) -> str:
        """As "16 av 25 fotpatruller"; what was done beyond the plan is not hidden."""
        planned = "" if self.planned_count is None else f" av {number(self.planned_count)}"
        return f"{number(self.done_count)}{planned} {self.unit}".strip()


class MeasureLogQuerySet(models.QuerySet["MeasureLog"]):
    def visible_to(self, user: User) -> "MeasureLogQuerySet":
        return self.filter(measure__partnership__in=Partnership.objects.of(user))


class MeasureLog(Record):
    """A line in the running log of a measure: what was done, and how many times."""

    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name="åtgärd", related_name="log")
    day = models.DateField("datum", default=today)
    text = models.TextField("vad som gjordes")
    count = models.PositiveIntegerField("antal", default=0)

    objects = MeasureLogQuerySet.as_manager()

    class Meta:
        verbose_name = "loggrad"
        verbose_name_plural = "loggrader"
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.day}: {self.text[:60]}"
