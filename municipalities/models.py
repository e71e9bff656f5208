"""Where: counties, municipalities and the police's areas, and which area covers which municipality when."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from municipalities.alphabet import alphabetical, fold, folded

# Of a search: each word is a condition, and a database takes only so many.
MOST_WORDS = 8


class PoliceRegion(models.Model):
    """One of the seven police regions. Every county lies in exactly one."""

    slug = models.SlugField("kortnamn", unique=True)
    name = models.CharField("namn", max_length=60, unique=True)

    class Meta:
        verbose_name = "polisregion"
        verbose_name_plural = "polisregioner"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"Polisregion {self.name}"


class County(models.Model):
    """A county (län). The code is SCB's, two digits as text."""

    code = models.CharField("länskod", max_length=2, unique=True)
    name = models.CharField("namn", max_length=60, unique=True)
    police_region = models.ForeignKey(PoliceRegion, models.PROTECT, verbose_name="polisregion", related_name="counties")

    class Meta:
        verbose_name = "län"
        verbose_name_plural = "län"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class PoliceArea(models.Model):
    """A police area (polisområde): part of a region, may cross county borders."""

    slug = models.SlugField("kortnamn", unique=True)
    name = models.CharField("namn", max_length=80)
    police_region = models.ForeignKey(PoliceRegion, models.PROTECT, verbose_name="polisregion", related_name="areas")

    class Meta:
        verbose_name = "polisområde"
        verbose_name_plural = "polisområden"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["police_region", "name"],
                name="police_area_once_per_region",
                violation_error_message="Polisregionen har redan ett polisområde med det namnet.",
            ),
        ]

    def __str__(self) -> str:
        return f"Polisområde {self.name}"


class LocalPoliceAreaQuerySet(models.QuerySet["LocalPoliceArea"]):
    def in_order(self) -> Self:
        """In the order of the Swedish alphabet."""
        return self.order_by(alphabetical("name"), "pk")

    def covering(self, municipality: "Municipality", day: dt.date) -> Self:
        """The areas that covered the municipality, or part of it, on the day: none, one or several."""
        return self.filter(
            pk__in=Coverage.objects.on(day).filter(municipality=municipality).values("local_police_area")
        )


class LocalPoliceArea(models.Model):
    """A local police area (lokalpolisområde, LPO): many-to-many with municipalities, changing over time."""

    slug = models.SlugField("kortnamn", unique=True)
    name = models.CharField("namn", max_length=80)
    police_area = models.ForeignKey(PoliceArea, models.PROTECT, verbose_name="polisområde", related_name="local_areas")
    complete = models.BooleanField(
        "alla kommuner kända",
        default=False,
        help_text="Kryssa i när alla områdets kommuner är inlagda. Någon officiell lista finns inte.",
    )

    objects = LocalPoliceAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "lokalpolisområde"
        verbose_name_plural = "lokalpolisområden"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["police_area", "name"],
                name="local_police_area_once_per_area",
                violation_error_message="Polisområdet har redan ett lokalpolisområde med det namnet.",
            ),
        ]

    def __str__(self) -> str:
        return f"Lokalpolisområde {self.name}"


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def in_order(self) -> Self:
        """In the order of the Swedish alphabet."""
        return self.order_by("sort_order", "pk")

    def covered_by(self, area: LocalPoliceArea, day: dt.date) -> Self:
        """The municipalities that the local police area covered, wholly or in part, on the day."""
        return self.filter(pk__in=Coverage.objects.on(day).filter(local_police_area=area).values("municipality"))

    def search(self, text: str) -> Self:
        """Those whose name, county or present local police area contains every word; "asele" finds Åsele."""
        found = self.annotate(
            folded_name=folded("name"),
            folded_formal=folded("formal_name"),
            folded_county=folded("county__name"),
        )
        for word in fold(text).split()[:MOST_WORDS]:
            areas = LocalPoliceArea.objects.annotate(folded_name=folded("name")).filter(folded_name__contains=word)
            covered = Coverage.objects.filter(ends=None, local_police_area__in=areas).values("municipality")
            found = found.filter(
                Q(folded_name__contains=word)
                | Q(folded_formal__contains=word)
                | Q(folded_county__contains=word)
                | Q(pk__in=covered)
            )
        return found


class Municipality(models.Model):
    """A municipality (kommun). The code is SCB's: four digits as text, beginning with the county's two."""

    code = models.CharField("kommunkod", max_length=4, unique=True)
    name = models.CharField("namn", max_length=60, unique=True)
    slug = models.SlugField("namn i adresser", unique=True)
    formal_name = models.CharField("fullständigt namn", max_length=80, help_text="Till exempel Falu kommun.")
    bra_name = models.CharField("namn i Brås databas", max_length=80, help_text="Till exempel Falun kommun.")
    county = models.ForeignKey(County, models.PROTECT, verbose_name="län", related_name="municipalities")
    population = models.PositiveIntegerField("folkmängd", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("folkmängd den 31 december år", null=True, blank=True)
    seat_lat = models.DecimalField("centralortens latitud", max_digits=7, decimal_places=4, null=True, blank=True)
    seat_lon = models.DecimalField("centralortens longitud", max_digits=7, decimal_places=4, null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField("rad på rutkartan", help_text="0 är längst i norr.")
    tile_col = models.PositiveSmallIntegerField("kolumn på rutkartan", help_text="0 är längst i väster.")
    sort_order = models.PositiveSmallIntegerField("plats i alfabetisk ordning", default=0, db_index=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tile_row", "tile_col"],
                name="municipality_own_tile",
                violation_error_message="En annan kommun har redan den rutan på kartan.",
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True, population_year__isnull=True)
                | Q(population__isnull=False, population_year__isnull=False),
                name="municipality_population_has_year",
                violation_error_message="Ange både folkmängd och år, eller inget av dem.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def on(self, day: dt.date) -> Self:
        """What held on the day. An unknown start counts as always; the last day counts."""
        return self.filter(Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day))


class Coverage(models.Model):
    """That a local police area covers a municipality, or a part of one, from one day to another.

    There is no official list, so each row says how it is known.
    """

    class Extent(models.TextChoices):
        WHOLE = "whole", "Hela kommunen"
        PART = "part", "En del av kommunen"

    local_police_area = models.ForeignKey(
        LocalPoliceArea, models.CASCADE, verbose_name="lokalpolisområde", related_name="coverage"
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommun", related_name="coverage")
    starts = models.DateField("från och med", null=True, blank=True, help_text="Lämna tomt om det inte är känt.")
    ends = models.DateField("till och med", null=True, blank=True, help_text="Lämna tomt om det gäller tills vidare.")
    extent = models.CharField("omfattning", max_length=5, choices=Extent, default=Extent.WHOLE)
    extent_text = models.CharField("vilken del", max_length=200, blank=True)
    evidence = models.CharField("hur det är känt", max_length=300, blank=True)
    evidence_year = models.PositiveSmallIntegerField("uppgiften är från år", null=True, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun i lokalpolisområde"
        verbose_name_plural = "kommuner i lokalpolisområden"
        ordering = ["local_police_area", "municipality__sort_order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="coverage_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.CheckConstraint(
                condition=Q(extent="part") | Q(extent_text=""),
                name="coverage_text_only_for_part",
                violation_error_message="Ange vilken del bara när området täcker en del av kommunen.",
            ),
            models.UniqueConstraint(
                fields=["local_police_area", "municipality"],
                condition=Q(ends__isnull=True),
                name="coverage_one_open",
                violation_error_message="Kommunen ingår redan i lokalpolisområdet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} i {self.local_police_area}"


class RegisterRow(models.Model):
    """What the register files last said about a place, so that the next reading can tell their news from
    what an administrator has typed, changed or removed since."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=160)
    values = models.JSONField()

    class Meta:
        verbose_name = "inläst registerrad"
        verbose_name_plural = "inlästa registerrader"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="register_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
