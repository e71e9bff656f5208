"""Where a picture's knowledge comes from, and what is said with it: sources with their limits, and findings."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from indicators.models import ImportBatch
from journal.models import Record
from situation.models.picture import Picture


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User) -> "SourceQuerySet":
        return self.filter(picture__in=Picture.objects.visible_to(user))


class Source(Record):
    """Where a picture's knowledge comes from, and what it cannot tell."""

    class Kind(models.TextChoices):
        REPORTED_CRIME = "reported_crime", "Anmälda brott (Brå)"
        NTU = "ntu", "Nationella trygghetsundersökningen (NTU)"
        POLICE_SYSTEMS = "police_systems", "Polisens egna system"
        SAFETY_SURVEY = "safety_survey", "Trygghetsmätning"
        STAFF_DIALOGUE = "staff_dialogue", "Medarbetardialog"
        CITIZEN_DIALOGUE = "citizen_dialogue", "Medborgardialog eller trygghetsvandring"
        EST = "est", "EST-lägesbilder"
        SOCIAL_SERVICES = "social_services", "Socialtjänst"
        SCHOOL = "school", "Skola, elevhälsa och fritid"
        YOUTH_SURVEY = "youth_survey", "LUPP, CAN eller drogvaneundersökning"
        DAMAGE_COSTS = "damage_costs", "Skadegörelsekostnader och felanmälan"
        RESCUE_SERVICE = "rescue_service", "Räddningstjänst"
        BUSINESS = "business", "Fastighetsägare, handel och näringsliv"
        KOLADA = "kolada", "Kolada och Öppna jämförelser"
        HEALTH_CARE = "health_care", "Vård och akutmottagning"
        SCANNING = "scanning", "Omvärldsbevakning"
        OTHER = "other", "Annan källa"

    class Openness(models.TextChoices):
        PUBLIC = "public", "Offentlig"
        LIMITED = "limited", "Begränsad spridning"

    picture = models.ForeignKey(Picture, models.CASCADE, verbose_name="lägesbild", related_name="sources")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    name = models.CharField("namn", max_length=200)
    owner = models.CharField("ägare", max_length=150, blank=True)
    period = models.CharField("period", max_length=100, blank=True)
    area = models.CharField("område", max_length=150, blank=True)
    coverage = models.CharField(
        "urval och täckning", max_length=250, blank=True, help_text="Hur många som ingår, och vilka som inte gör det."
    )
    response_rate = models.CharField("svarsfrekvens", max_length=100, blank=True, help_text="Till exempel 46 procent.")
    uncertainty = models.TextField("osäkerhet och blinda fläckar", blank=True, help_text="Vad källan inte kan säga.")
    fetched_on = models.DateField("hämtad", null=True, blank=True)
    openness = models.CharField("offentlighet", max_length=10, choices=Openness, blank=True)
    link = models.CharField(
        "fil eller länk",
        max_length=300,
        blank=True,
        help_text="Var underlaget finns: ett diarienummer eller en adress.",
    )
    informant = models.CharField(
        "uppgiftslämnare (funktion)", max_length=150, blank=True, help_text="En funktion, aldrig en person."
    )
    # The files that its figures were read in from, where the system knows them.
    batches = models.ManyToManyField(ImportBatch, verbose_name="filer", related_name="+", editable=False)
    # In a joint picture: the source of an own picture that it was taken from, so that nothing is taken twice.
    taken_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="hämtad ur", related_name="+", null=True, editable=False
    )

    # What is heard or noticed rather than counted says that something may be so, not how common it is.
    IMPRESSIONS: ClassVar[frozenset[str]] = frozenset(
        {"staff_dialogue", "citizen_dialogue", "est", "business", "scanning", "other"}
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering = ["picture", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "taken_from"], name="source_taken_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_weak(self) -> bool:
        """Whether a statement that rests on it alone should be read with care: impressions, or period not told."""
        return self.kind in self.IMPRESSIONS or not self.period


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> "FindingQuerySet":
        return self.filter(picture__in=Picture.objects.visible_to(user))


class Finding(Record):
    """One statement in a picture, with the sources that carry it."""

    picture = models.ForeignKey(Picture, models.CASCADE, verbose_name="lägesbild", related_name="findings")
    text = models.TextField("iakttagelse")
    sources = models.ManyToManyField(Source, verbose_name="källor", related_name="+", blank=True)
    taken_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="hämtad ur", related_name="+", null=True, editable=False
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "iakttagelse"
        verbose_name_plural = "iakttagelser"
        ordering = ["picture", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "taken_from"], name="finding_taken_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
