"""Action plans: the parties' joint one, which the steering group adopts, and the municipality's own by law."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from agreements.models.agreement import Agreement
from agreements.models.measure import Measure
from journal.models import Record
from municipalities.models import Municipality
from partnerships.models import Cycle, Group, Partnership
from situation.models import Picture


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def visible_to(self, user: User) -> "ActionPlanQuerySet":
        return self.filter(partnership__in=Partnership.objects.of(user))

    def adopted(self) -> "ActionPlanQuerySet":
        return self.filter(status=ActionPlan.Status.ADOPTED)


class ActionPlan(Record):
    """An åtgärdsplan. Adopted it is frozen and never changes; the next one replaces it."""

    class Kind(models.TextChoices):
        JOINT = "joint", "Gemensam åtgärdsplan"
        STATUTORY = "statutory", "Kommunens åtgärdsplan enligt lagen"

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        ADOPTED = "adopted", "Antagen"
        REPLACED = "replaced", "Ersatt"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("draft",)
    TONES: ClassVar[dict[str, str]] = {"draft": "idle", "adopted": "ok", "replaced": "idle"}

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="+", null=True, blank=True
    )
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.JOINT)
    title = models.CharField("titel", max_length=200)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="plans", null=True, blank=True
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, verbose_name="lägesbild som planen bygger på", related_name="+", null=True, blank=True
    )
    measures = models.ManyToManyField(Measure, verbose_name="åtgärder", related_name="plans", blank=True)
    starts = models.DateField("gäller från och med")
    ends = models.DateField("gäller till och med", null=True, blank=True)
    needs = models.TextField(
        "ställningstagande till behoven", blank=True, help_text="Vad lägesbilden säger att kommunen behöver göra."
    )
    documentation = models.TextField("hur genomförandet dokumenteras", blank=True)
    follow_up = models.TextField("hur planen följs upp", blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", related_name="replaced_by", null=True, blank=True
    )
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    group = models.ForeignKey(
        Group, models.PROTECT, verbose_name="antagen av", related_name="+", null=True, blank=True, editable=False
    )
    # For the municipality's own plan: kommunstyrelsen or the board that kommunfullmäktige has chosen (2023:196, 4 §).
    body = models.CharField("beslutande organ", max_length=150, blank=True, editable=False)
    adopted_on = models.DateField("antagen den", null=True, editable=False)
    reference = models.CharField("protokoll eller diarienummer", max_length=80, blank=True, editable=False)
    frozen = models.JSONField("fryst innehåll", null=True, editable=False)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "åtgärdsplan"
        verbose_name_plural = "åtgärdsplaner"
        ordering = ["partnership", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="action_plan_ends_after_start",
                violation_error_message="Slutdatum måste ligga efter startdatum.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="statutory") | Q(municipality__isnull=False),
                name="action_plan_statutory_has_municipality",
                violation_error_message="Välj vilken kommuns åtgärdsplan det är.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="draft", checksum="", frozen__isnull=True, adopted_on__isnull=True)
                    | (~Q(status="draft") & Q(checksum__gt="", frozen__isnull=False, adopted_on__isnull=False))
                ),
                name="action_plan_adopted_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:plan", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]
