"""Workbooks of earlier agreements and plans: first previewed, then read in or thrown away. The original is kept."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from agreements.models.agreement import Agreement
from agreements.models.goal import Goal
from agreements.models.measure import Measure
from agreements.models.plan import ActionPlan
from journal.models import Record
from partnerships.models import Partnership


class WorkbookImportQuerySet(models.QuerySet["WorkbookImport"]):
    def visible_to(self, user: User) -> "WorkbookImportQuerySet":
        return self.filter(partnership__in=Partnership.objects.of(user))

    def latest_first(self) -> "WorkbookImportQuerySet":
        return self.select_related("created_by", "imported_by").defer("rows").order_by("-created_at", "-pk")


class WorkbookImport(Record):
    """One workbook that somebody sent in, with what each row of it would become."""

    class Status(models.TextChoices):
        PREVIEWED = "previewed", "Förhandsgranskad"
        IMPORTED = "imported", "Inläst"
        DISCARDED = "discarded", "Kastad"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ()
    TONES: ClassVar[dict[str, str]] = {"previewed": "brand", "imported": "ok", "discarded": "idle"}

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    file = models.FileField("originalfil", max_length=200, editable=False)
    original_name = models.CharField("filnamn", max_length=255)
    sha256 = models.CharField("kontrollsumma (SHA-256)", max_length=64, db_index=True)
    size = models.PositiveIntegerField("storlek i byte")
    # The preview: see agreements.importing.described.
    rows = models.JSONField("rader", default=list, editable=False)
    warnings = models.JSONField("anmärkningar", default=list, editable=False)
    good_count = models.PositiveIntegerField("rader som kan läsas in", default=0, editable=False)
    refused_count = models.PositiveIntegerField("rader som inte kan läsas in", default=0, editable=False)
    known_count = models.PositiveIntegerField("rader som redan finns", default=0, editable=False)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.PREVIEWED, editable=False)
    imported_at = models.DateTimeField("inläst", null=True, editable=False)
    imported_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="inläst av", related_name="+", null=True, editable=False
    )

    objects = WorkbookImportQuerySet.as_manager()

    class Meta:
        verbose_name = "inläst arbetsbok"
        verbose_name_plural = "inlästa arbetsböcker"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="imported", imported_at__isnull=False, imported_by__isnull=False)
                | (~Q(status="imported") & Q(imported_at__isnull=True, imported_by__isnull=True)),
                name="workbook_import_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("agreements:import", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]


class ImportedRow(models.Model):
    """A row that was read in, and what it became: the same row never comes in twice."""

    source = models.ForeignKey(WorkbookImport, models.PROTECT, verbose_name="arbetsbok", related_name="imported_rows")
    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    sheet = models.CharField("blad", max_length=40)
    number = models.PositiveIntegerField("rad")
    checksum = models.CharField("kontrollsumma för innehållet", max_length=64)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="imported_from", null=True)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="imported_from", null=True)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="imported_from", null=True)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="imported_from", null=True)

    KINDS: ClassVar[tuple[str, ...]] = ("agreement", "goal", "measure", "plan")

    class Meta:
        verbose_name = "inläst rad"
        verbose_name_plural = "inlästa rader"
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "checksum"],
                name="imported_row_once",
                violation_error_message="Raden är redan inläst.",
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, goal=None, measure=None, plan=None)
                | Q(agreement=None, goal__isnull=False, measure=None, plan=None)
                | Q(agreement=None, goal=None, measure__isnull=False, plan=None)
                | Q(agreement=None, goal=None, measure=None, plan__isnull=False),
                name="imported_row_became_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, rad {self.number}"

    @property
    def became(self) -> Any:
        return self.agreement or self.goal or self.measure or self.plan
