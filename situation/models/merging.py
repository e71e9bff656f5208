"""What comes of reading two pictures side by side, and of a municipality's decision that one is the law's."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from journal.models import Record
from lib.dates import add_months
from municipalities.models import Municipality
from situation.models.picture import Picture

RENEWED_WITHIN = 24  # months: lag (2023:196) 6 §
WARNS = 6  # months before they have passed; our own choice


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def visible_to(self, user: User) -> "DifferenceQuerySet":
        return self.filter(picture__in=Picture.objects.visible_to(user))

    def open(self) -> "DifferenceQuerySet":
        """Those that nobody has taken a stand on."""
        return self.filter(status=Difference.Status.OPEN)


class Difference(Record):
    """Where police and municipality see things differently: what each says, and what came of it.

    Differences are knowledge (handbook, step 3): one is explained, or kept as a question for the next dialogue.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Att ta ställning till"
        RESOLVED = "resolved", "Utredd"
        QUESTION = "question", "Kvar som fråga"

    class Section(models.TextChoices):
        """The parts of a picture that are read side by side: its texts, its problems."""

        SUMMARY = "summary", "Sammanfattning"
        CRIME = "crime", "Brottsutveckling"
        SAFETY = "safety", "Trygghet och utsatthet"
        PLACES = "places", "Platser"
        TIMES = "times", "Tider och mönster"
        GROUPS = "groups", "Grupper"
        CONSEQUENCES = "consequences", "Konsekvenser"
        DEVIATIONS = "deviations", "Avvikelser mot jämförbara områden"
        OUTLOOK = "outlook", "Omvärld och prognos"
        OTHER_INFORMATION = "other_information", "Annan betydelsefull information"
        ANALYSIS = "analysis", "Analys och samlad bedömning"
        KNOWLEDGE_GAPS = "knowledge_gaps", "Kunskapsluckor"
        EQUALITY = "equality", "Jämställdhet och likabehandling"
        PROBLEMS = "problems", "Problem"

    picture = models.ForeignKey(Picture, models.CASCADE, verbose_name="lägesbild", related_name="differing")
    section = models.CharField("avsnitt", max_length=20, choices=Section, editable=False)
    text = models.TextField("vad som skiljer", help_text="Vad den ena ser men inte den andra, eller ser på annat sätt.")
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.OPEN, editable=False)
    outcome = models.TextField("vad ni kom fram till", blank=True, editable=False)

    objects = DifferenceQuerySet.as_manager()

    TONES: ClassVar[dict[str, str]] = {"open": "warn", "resolved": "ok", "question": "brand"}

    class Meta:
        verbose_name = "skillnad"
        verbose_name_plural = "skillnader"
        ordering = ["picture", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", outcome="") | (~Q(status="open") & ~Q(outcome="")),
                name="difference_settled_has_outcome",
                violation_error_message="Skriv vad ni kom fram till.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{reverse('situation:merge', args=[self.picture_id])}#{self.section}"

    @property
    def tone(self) -> str:
        return self.TONES[self.status]


class LegalDecisionQuerySet(models.QuerySet["LegalDecision"]):
    def visible_to(self, user: User) -> "LegalDecisionQuerySet":
        return self.filter(picture__in=Picture.objects.visible_to(user))

    def newest_first(self) -> "LegalDecisionQuerySet":
        """The newest first: the one that the clock runs from."""
        return self.order_by("-decided_on", "-pk")


class LegalDecision(Record):
    """A municipality's decision that an established picture is the lägesbild that the law demands of it.

    Lag (2023:196) 4 and 6 §§: three parts, and a new one within two years. The picture may be the municipality's own
    or a joint one; each municipality in a joint one decides for itself.
    """

    picture = models.ForeignKey(Picture, models.PROTECT, verbose_name="lägesbild", related_name="legal_decisions")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommun", related_name="+")
    decided_on = models.DateField("beslutad")
    body = models.CharField("beslutat av", max_length=150, help_text="Till exempel kommunstyrelsen.")
    reference = models.CharField("diarienummer eller paragraf", max_length=100, blank=True)

    objects = LegalDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut om lagens lägesbild"
        verbose_name_plural = "beslut om lagens lägesbild"
        ordering = ["municipality", "-decided_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "municipality"],
                name="legal_decision_once_per_municipality",
                violation_error_message="Kommunen har redan beslutat om den här lägesbilden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.picture}"

    def get_absolute_url(self) -> str:
        return self.picture.get_absolute_url()

    @property
    def renewed_by(self) -> dt.date:
        """The day by which the law wants a new one."""
        return add_months(self.decided_on, RENEWED_WITHIN)

    def is_due_soon(self, day: dt.date) -> bool:
        """Whether a new one is due within half a year, or was due before the day."""
        return self.renewed_by <= add_months(day, WARNS)
