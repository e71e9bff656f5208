"""What is said of every measure in the same words, so that the nation can be compared; and the catalogue of types."""

from django.db import models


class MeasureKind(models.TextChoices):
    """The groups of the catalogue (process.md 10.2)."""

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


class Evidence(models.TextChoices):
    """How well it is known that a method works."""

    PROVEN = "proven", "Beprövad"
    PROMISING = "promising", "Lovande"
    UNTESTED = "untested", "Oprövad"
    UNKNOWN = "unknown", "Uppgift saknas"


class Origin(models.TextChoices):
    JOINT = "joint", "Gemensamt problem"
    OWN = "own", "Partens eget mål eller uppdrag"


class Manner(models.TextChoices):
    SINGLE = "single", "Punktinsats"
    ORDINARY = "ordinary", "Ordinarie arbete"


class Assessment(models.TextChoices):
    GREEN = "green", "Grön: som tänkt, med gott resultat"
    YELLOW = "yellow", "Gul: delvis som tänkt"
    RED = "red", "Röd: inte som tänkt"


class MeasureType(models.Model):
    """A type of measure, as administrators keep the list. One that is no longer offered stays with its measures."""

    kind = models.CharField("grupp", max_length=15, choices=MeasureKind)
    name = models.CharField("namn", max_length=120, unique=True)
    prevention = models.CharField("prevention, om inget annat sägs", max_length=12, choices=Prevention)
    evidence = models.CharField("evidens", max_length=10, choices=Evidence, default=Evidence.UNKNOWN)
    description = models.TextField("beskrivning", blank=True)
    link = models.URLField("läs mer", blank=True)
    is_offered = models.BooleanField("kan väljas", default=True)
    sort_order = models.PositiveSmallIntegerField("ordning", default=1000)

    class Meta:
        verbose_name = "åtgärdstyp"
        verbose_name_plural = "åtgärdstyper"
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name
