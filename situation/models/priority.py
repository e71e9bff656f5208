"""Prioritisation: the problems weighed against each other, and what the steering group decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from journal.models import Record
from lib.dates import now
from lib.swedish import date
from municipalities.models import Municipality
from partnerships.models import Cycle, Group, Partnership
from situation.models.picture import Picture
from situation.models.problem import Problem


class Ground(models.TextChoices):
    """The columns of the matrix: the handbook's grounds for priority, then what it takes to work (process.md 7)."""

    COMMON = "common", "Vanligt förekommande"
    RISING = "rising", "Ökar"
    LASTING = "lasting", "Har pågått länge"
    DEVIATING = "deviating", "Avviker från liknande områden"
    LOCAL = "local", "Avgränsat till en plats"
    MANY = "many", "Påverkar många"
    SIGNAL = "signal", "Otrygghet eller signalbrott"
    HARM = "harm", "Skada och konsekvenser"
    COST = "cost", "Kostnad för samhället"
    INFLUENCE = "influence", "Parterna kan påverka"
    RESOURCES = "resources", "Resurser finns"


class PrioritisationQuerySet(models.QuerySet["Prioritisation"]):
    def visible_to(self, user: User) -> "PrioritisationQuerySet":
        """It names problems, so it stays inside the partnership, as they do."""
        return self.filter(partnership__in=Partnership.objects.of(user))

    def ongoing(self) -> "PrioritisationQuerySet":
        return self.filter(status=Prioritisation.Status.ONGOING)

    def decided(self) -> "PrioritisationQuerySet":
        return self.filter(status=Prioritisation.Status.DECIDED)


class Prioritisation(Record):
    """One weighing of a cycle's problems and the decision that it led to. A decided one never changes: a new round is
    a new record. With a municipality it weighs that one's own problems."""

    class Status(models.TextChoices):
        ONGOING = "ongoing", "Pågår"
        DECIDED = "decided", "Beslutad"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="+", null=True, blank=True, editable=False
    )
    # {"common": 2, …}: how much a ground counts; one that is not named counts once.
    weights = models.JSONField("vikter", default=dict, editable=False)
    decided_on = models.DateField("beslutad den", null=True, blank=True)
    body = models.ForeignKey(Group, models.PROTECT, verbose_name="beslutad av", related_name="+", null=True, blank=True)
    body_name = models.CharField("annat beslutsorgan", max_length=150, blank=True)
    picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        verbose_name="lägesbild",
        related_name="+",
        null=True,
        blank=True,
        help_text="Den version av den gemensamma lägesbilden som beslutet bygger på.",
    )
    remark = models.TextField("anteckning", blank=True, help_text="Till exempel protokollets nummer och paragraf.")
    status = models.CharField("läge", max_length=8, choices=Status, default=Status.ONGOING, editable=False)
    decided_at = models.DateTimeField("beslutet infört", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    frozen = models.JSONField("fryst innehåll", null=True, editable=False)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)

    objects = PrioritisationQuerySet.as_manager()

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = (Status.ONGOING,)
    TONES: ClassVar[dict[str, str]] = {"ongoing": "warn", "decided": "ok"}

    class Meta:
        verbose_name = "prioritering"
        verbose_name_plural = "prioriteringar"
        ordering = ["partnership", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(status="ongoing", municipality__isnull=True),
                name="prioritisation_one_ongoing_common",
                violation_error_message="En prioritering pågår redan i samverkansomgången.",
            ),
            models.UniqueConstraint(
                fields=["cycle", "municipality"],
                condition=Q(status="ongoing", municipality__isnull=False),
                name="prioritisation_one_ongoing_local",
                violation_error_message="En prioritering pågår redan för kommunen.",
            ),
            models.CheckConstraint(
                condition=Q(status="ongoing")
                | (Q(decided_on__isnull=False) & (Q(body__isnull=False) | ~Q(body_name=""))),
                name="prioritisation_decided_has_day_and_body",
                violation_error_message="Ange vilken dag beslutet togs och av vem.",
            ),
            models.CheckConstraint(
                condition=Q(status="ongoing", decided_at__isnull=True, decided_by__isnull=True)
                | Q(status="decided", decided_at__isnull=False, decided_by__isnull=False, frozen__isnull=False),
                name="prioritisation_decided_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        when = date(self.decided_on) if self.is_decided else "pågår"
        return f"Prioritering för {self.municipality or 'hela samverkan'}, {when}"

    def get_absolute_url(self) -> str:
        return reverse("situation:priority", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.status == self.Status.DECIDED

    @property
    def tone(self) -> str:
        return self.TONES[self.status]


class Cell(models.Model):
    """What is thought of one problem on one ground. No row is the same as "vet ej"."""

    class Value(models.TextChoices):
        YES = "yes", "Ja"
        PARTLY = "partly", "Delvis"
        NO = "no", "Nej"
        UNKNOWN = "unknown", "Vet ej"

    POINTS: ClassVar[dict[str, int]] = {"yes": 2, "partly": 1, "no": 0, "unknown": 0}
    TONES: ClassVar[dict[str, str]] = {"yes": "ok", "partly": "warn", "no": "bad", "unknown": "idle"}

    prioritisation = models.ForeignKey(
        Prioritisation, models.CASCADE, verbose_name="prioritering", related_name="cells"
    )
    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="problem", related_name="+")
    ground = models.CharField("grund", max_length=10, choices=Ground)
    value = models.CharField("bedömning", max_length=8, choices=Value, default=Value.UNKNOWN)
    changed_at = models.DateTimeField("ändrad", default=now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = "ruta i matrisen"
        verbose_name_plural = "rutor i matrisen"
        constraints = [
            models.UniqueConstraint(fields=["prioritisation", "problem", "ground"], name="cell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.problem}, {self.get_ground_display()}: {self.get_value_display()}"


class Choice(models.Model):
    """What was decided about one problem: chosen, with its place in the order, or put aside, with the reason."""

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", "Prioriteras"
        WATCHED = "watched", "Bevakas"
        DISMISSED = "dismissed", "Avskrivs"

    TONES: ClassVar[dict[str, str]] = {"chosen": "brand", "watched": "warn", "dismissed": "idle"}

    prioritisation = models.ForeignKey(
        Prioritisation, models.CASCADE, verbose_name="prioritering", related_name="choices"
    )
    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="problem", related_name="+")
    outcome = models.CharField("beslut", max_length=10, choices=Outcome)
    place = models.PositiveSmallIntegerField("plats i ordningen", null=True, blank=True)
    reason = models.TextField("motivering", blank=True)

    class Meta:
        verbose_name = "beslut om ett problem"
        verbose_name_plural = "beslut om problem"
        ordering = ["prioritisation", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prioritisation", "problem"], name="choice_once"),
            models.CheckConstraint(
                condition=Q(outcome="chosen", place__isnull=False) | (~Q(outcome="chosen") & Q(place__isnull=True)),
                name="choice_chosen_has_place",
                violation_error_message="Ett prioriterat problem har en plats i ordningen, de andra har ingen.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="chosen") | ~Q(reason=""),
                name="choice_put_aside_has_reason",
                violation_error_message="Skriv varför problemet inte prioriteras.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem}: {self.get_outcome_display()}"
