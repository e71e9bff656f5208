"""Action plans: the parties' joint one, which the steering group adopts, and the municipality's own by law."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import PARTY_ROLES
from agreements.models.agreement import Agreement
from agreements.models.measure import Measure
from journal.models import Record
from lib.dates import add_months
from municipalities.models import Municipality
from partnerships.models import Cycle, Group, Partnership, Party
from partnerships.queries import concerning
from situation.models import Picture
from situation.models.merging import RENEWED_WITHIN


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def visible_to(self, user: User) -> "ActionPlanQuerySet":
        """The parties' plans inside the partnership. A municipality's own by law is first its and the police's to
        read, and every party's when it has been decided."""
        inside = Q(partnership__in=Partnership.objects.of(user))
        common = Q(kind=ActionPlan.Kind.JOINT) | ~Q(status=ActionPlan.Status.DRAFT)
        return self.filter(inside & common | Q(pk__in=self.statutory_drafts(user).values("pk")))

    def statutory_drafts(self, user: User) -> "ActionPlanQuerySet":
        """The municipal plans that the person may read before they are decided, by police or own municipality."""
        mine = Party.objects.of(user, *PARTY_ROLES)
        police = mine.filter(organisation__kind=Organisation.Kind.POLICE).values("partnership")
        own = Q(
            partnership__in=mine.values("partnership"),
            municipality__in=mine.exclude(organisation__municipality=None).values("organisation__municipality"),
        )
        statutory = ActionPlan.objects.filter(kind=ActionPlan.Kind.STATUTORY)
        return statutory.filter(Q(partnership__in=police) | own)

    def adopted(self) -> "ActionPlanQuerySet":
        return self.filter(status=ActionPlan.Status.ADOPTED)

    def without_content(self) -> "ActionPlanQuerySet":
        """For lists: the texts and the frozen copy stay in the database."""
        return self.defer("frozen", "needs", "documentation", "follow_up")

    def concerning(self, municipality: Municipality | None) -> "ActionPlanQuerySet":
        return self.filter(concerning(municipality))


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
            models.CheckConstraint(
                condition=(
                    Q(status="draft")
                    | Q(kind="joint", group__isnull=False)
                    | (Q(kind="statutory", picture__isnull=False) & ~Q(body=""))
                ),
                name="action_plan_adopted_by_somebody",
                violation_error_message="Ange vem som har fattat beslutet, och för kommunens plan lägesbilden.",
            ),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(status="adopted", kind="joint", municipality__isnull=True),
                name="action_plan_one_adopted",
                violation_error_message="Omgången har redan en antagen åtgärdsplan.",
            ),
            models.UniqueConstraint(
                fields=["cycle", "municipality"],
                condition=Q(status="adopted", kind="joint", municipality__isnull=False),
                name="action_plan_one_adopted_in_municipality",
                violation_error_message="Kommunen har redan en antagen åtgärdsplan i omgången.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "municipality"],
                condition=Q(status="adopted", kind="statutory"),
                name="action_plan_one_statutory",
                violation_error_message="Kommunen har redan en åtgärdsplan enligt lagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:plan", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_statutory(self) -> bool:
        return self.kind == self.Kind.STATUTORY

    @property
    def follow_up_due(self) -> dt.date | None:
        """By when the law wants the municipality's own plan followed up: two years from the decision (6 §)."""
        return add_months(self.adopted_on, RENEWED_WITHIN) if self.is_statutory and self.adopted_on else None

    @property
    def state_word(self) -> str:
        """What pages call the state: a board decides where the steering group adopts."""
        return "Beslutad" if self.is_statutory and self.status == self.Status.ADOPTED else self.get_status_display()
