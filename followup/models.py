"""Did we do it, how, and did it help: follow-ups of measures and promises."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from agreements.models import Measure
from citizen_promises.models import Promise
from journal.models import Record
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership

REPORTED_CRIME_CAUTION = (
    "Bedömningen bygger bara på anmälda brott. Hur många brott som anmäls beror också på hur benägna "
    "människor är att anmäla och på hur mycket polisen kontrollerar, till exempel vid narkotikabrott. "
    "Läs därför förändringen med försiktighet."
)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> "FollowUpQuerySet":
        return self.filter(partnership__in=Partnership.objects.of(user))

    def with_subject(self) -> "FollowUpQuerySet":
        """With all that a line about it names, in the same query."""
        return self.select_related("partnership", "cycle", "municipality", "measure", "promise__document__municipality")

    def finished(self) -> "FollowUpQuerySet":
        return self.filter(status=FollowUp.Status.FINISHED)


class FollowUp(Record):
    """One follow-up of a measure or a promise: production, process or effect, with result and decision."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", "Produktion: gjorde vi det?"
        PROCESS = "process", "Process: hur gjorde vi det?"
        EFFECT = "effect", "Effekt: hjälpte det?"

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        FINISHED = "finished", "Klar"

    class Change(models.TextChoices):
        DECREASED = "decreased", "Minskat"
        UNCHANGED = "unchanged", "Oförändrat"
        INCREASED = "increased", "Ökat"
        UNKNOWN = "unknown", "Kan inte bedömas"

    class Contribution(models.TextChoices):
        LIKELY = "likely", "Ja, troligen"
        PARTLY = "partly", "Delvis"
        NO = "no", "Nej"
        UNKNOWN = "unknown", "Går inte att säga"

    class CarriedOut(models.TextChoices):
        YES = "yes", "Ja"
        PARTLY = "partly", "Delvis"
        NO = "no", "Nej"

    class Decision(models.TextChoices):
        CONTINUE = "continue", "Fortsätt"
        CHANGE = "change", "Ändra"
        EXTEND = "extend", "Utöka"
        END = "end", "Avsluta"
        ANALYSE = "analyse", "Ny orsaksanalys"

    class Grounds(models.TextChoices):
        REPORTED = "reported", "Bara på anmälda brott"
        SEVERAL = "several", "På anmälda brott och annat"
        OTHER = "other", "På annat än anmälda brott"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("draft",)

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name="åtgärd", related_name="+", null=True, blank=True)
    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="löfte", related_name="+", null=True, blank=True)
    kind = models.CharField("slag", max_length=12, choices=Kind)
    period_from = models.DateField("period från")
    period_to = models.DateField("period till")
    planned = models.CharField("planerat", max_length=200, blank=True)
    outcome = models.CharField("utfall", max_length=200)
    carried_out = models.CharField("fullföljt enligt plan?", max_length=8, choices=CarriedOut, blank=True)
    carried_out_why = models.TextField("varför eller varför inte", blank=True)
    baseline = models.CharField("värde före", max_length=120, blank=True)
    measured = models.CharField("värde efter", max_length=120, blank=True)
    comparison = models.CharField(
        "jämförelse", max_length=200, blank=True, help_text="Till exempel samma period i länet."
    )
    change = models.CharField("förändring", max_length=10, choices=Change, blank=True)
    contribution = models.CharField("kan arbetet ha bidragit?", max_length=10, choices=Contribution, blank=True)
    contribution_why = models.TextField("varför ni tror det", blank=True)
    other_explanations = models.TextField("andra tänkbara förklaringar", blank=True)
    grounds = models.CharField("vad bedömningen bygger på", max_length=10, choices=Grounds, blank=True)
    side_effects = models.TextField(
        "sidoeffekter", blank=True, help_text="Till exempel att problemet flyttade till en annan plats."
    )
    obstacles = models.TextField("hinder", blank=True)
    success_factors = models.TextField("framgångsfaktorer", blank=True)
    lessons = models.TextField("lärdomar", blank=True)
    hours = models.PositiveIntegerField("nedlagda timmar", null=True, blank=True)
    cost = models.PositiveIntegerField("kostnad, kronor", null=True, blank=True)
    decision = models.CharField("beslut", max_length=10, choices=Decision)
    decision_why = models.TextField("motivering till beslutet")
    steering_group_on = models.DateField("styrgruppen fick del av den", null=True, blank=True)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        ordering = ["partnership", "-period_to", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, promise__isnull=True)
                | Q(measure__isnull=True, promise__isnull=False),
                name="follow_up_of_exactly_one",
                violation_error_message="Välj antingen en åtgärd eller ett löfte.",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="follow_up_period_in_order",
                violation_error_message="Periodens slut får inte ligga före dess början.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="effect") | (~Q(change="") & ~Q(contribution="") & ~Q(other_explanations="")),
                name="follow_up_effect_is_judged",
                violation_error_message=(
                    "En effektuppföljning behöver förändring, om arbetet kan ha bidragit, "
                    "och andra tänkbara förklaringar."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="production") | ~Q(carried_out=""),
                name="follow_up_production_is_rated",
                violation_error_message="Svara på om åtagandet fullföljdes enligt plan.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="process") | ~Q(lessons=""),
                name="follow_up_process_has_lessons",
                violation_error_message="Skriv vad ni lärde er: det är processuppföljningens resultat.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(decision_why=""),
                name="follow_up_finished_has_reason",
                violation_error_message="Skriv varför ni beslutar så.",
            ),
        ]

    @property
    def tone(self) -> str:
        return "ok" if self.status == self.Status.FINISHED else "warn"

    def __str__(self) -> str:
        return f"{self.kind_word}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("followup:detail", args=[self.pk])

    @property
    def subject(self) -> Measure | Promise:
        return self.measure or self.promise  # type: ignore[return-value]  # exactly one, by constraint

    @property
    def kind_word(self) -> str:
        """The kind in one word: Produktion, Process, Effekt."""
        return str(self.get_kind_display()).split(":")[0]

    @property
    def caution(self) -> str:
        """What must stand beside an effect judged on reported crime alone; empty otherwise."""
        return REPORTED_CRIME_CAUTION if self.grounds == self.Grounds.REPORTED else ""
