"""Figures: what is measured, each observation of it, and the file that every observation came from."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from accounts.models import Membership, MembershipQuerySet, Role, User
from journal.models import Record
from lib.dates import today
from municipalities.models import Municipality

NATION_CODE = "00"


class AreaType(models.TextChoices):
    """What an area code is a code of. Codes are SCB's; a police region has its slug, the nation "00"."""

    MUNICIPALITY = "kommun", "Kommun"
    COUNTY = "lan", "Län"
    POLICE_REGION = "polisregion", "Polisregion"
    NATION = "riket", "Riket"


class Dataset(models.TextChoices):
    """The publications that can be read in."""

    WORKBOOK = "lagesbild", "Indikatorer för kommuners lägesbild"
    YEARLY = "arsfil", "Anmälda brott per kommun, årsfil"
    CRIME_DATABASE = "sol", "Brås statistikdatabas (SOL), egen tabell"
    POPULATION = "folkmangd", "SCB, folkmängd"
    KOLADA = "kolada", "Kolada"
    OPEN_COMPARISONS = "oj", "SKR, Öppna jämförelser Trygghet och säkerhet"
    OWN = "egen", "Egen tabell, till exempel en enkät"


class Unit(models.TextChoices):
    COUNT = "antal", "antal"
    PER_1000 = "per_1000", "per 1 000 invånare"
    PER_100000 = "per_100000", "per 100 000 invånare"
    SHARE = "andel", "procent"


class Indicator(models.Model):
    """Something that is measured, in one unit. Two units of the same thing are two indicators."""

    class Topic(models.TextChoices):
        REPORTED = "anmalda", "Anmälda brott"
        EXPOSURE = "utsatthet", "Utsatthet enligt NTU"
        WORRY = "otrygghet", "Otrygghet och oro enligt NTU"
        NUISANCE = "ordning", "Problem i området enligt NTU"
        OTHER = "ovrigt", "Övrigt"

    code = models.SlugField("kod", max_length=80, unique=True)
    title = models.CharField("namn", max_length=120)
    unit = models.CharField("enhet", max_length=12, choices=Unit)
    topic = models.CharField("ämne", max_length=12, choices=Topic, default=Topic.OTHER)
    source = models.CharField("källa", max_length=120, help_text="Visas vid siffrorna, till exempel Brå.")
    description = models.TextField("beskrivning", blank=True)
    caution = models.TextField(
        "att tänka på", blank=True, help_text="Visas vid siffrorna: vad som påverkar dem utöver det de mäter."
    )
    break_year = models.PositiveSmallIntegerField(
        "tidsserien bryts år", null=True, blank=True, help_text="Första året med ny redovisning."
    )
    averaged_years = models.PositiveSmallIntegerField(
        "medelvärde av antal år",
        default=1,
        help_text="3 för ett treårsmedelvärde: varje värde gäller då sitt år och de två före.",
    )
    sort_order = models.PositiveSmallIntegerField("ordning", default=1000)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["sort_order", "title", "unit"]

    def __str__(self) -> str:
        return f"{self.title}, {self.get_unit_display()}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:detail", args=[self.code])

    @property
    def is_comparable(self) -> bool:
        """Counts say nothing across places of different size; rates and shares do."""
        return self.unit != Unit.COUNT


def colleagues_of(user: User) -> MembershipQuerySet:
    """Who acts today for an organisation that the person reads in figures for; who has left is no colleague."""
    mine = user.organisation_ids(*ImportBatch.IMPORTERS)
    return Membership.objects.current(today()).filter(organisation__in=mine)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> Self:
        """Own imports, colleagues' too; administrators keep all. Figures are public, the file sent in need not be."""
        if Role.ADMINISTRATOR in user.roles:
            return self
        if not user.roles & ImportBatch.IMPORTERS:
            return self.none()
        return self.filter(Q(created_by=user) | Q(created_by__in=colleagues_of(user).values("user")))

    def latest_first(self) -> Self:
        return self.select_related("created_by", "imported_by").order_by("-created_at", "-pk")

    def imported(self) -> Self:
        return self.filter(status=ImportBatch.Status.IMPORTED)


class ImportBatch(Record):
    """One file that somebody sent in: first previewed, then imported or thrown away. The original is kept."""

    class Status(models.TextChoices):
        PREVIEWED = "previewed", "Förhandsgranskad"
        IMPORTED = "imported", "Inläst"
        DISCARDED = "discarded", "Kastad"

    IMPORTERS: ClassVar[frozenset[str]] = frozenset({Role.COORDINATOR, Role.BRA_ANALYST, Role.ADMINISTRATOR})

    kind = models.CharField("slag", max_length=12, choices=Dataset)
    file = models.FileField("originalfil", max_length=200, editable=False)
    original_name = models.CharField("filnamn", max_length=255)
    sha256 = models.CharField("kontrollsumma (SHA-256)", max_length=64, db_index=True)
    size = models.PositiveIntegerField("storlek i byte")
    year = models.PositiveSmallIntegerField("år", null=True, blank=True, help_text="Anges för årsfilen.")
    # How the person has pointed out a table's columns, and what they say of it; empty for files that say it themselves.
    mapping = models.JSONField("utpekade kolumner", default=dict, blank=True, editable=False)
    status = models.CharField(
        "läge", max_length=10, choices=Status, default=Status.PREVIEWED, editable=False, db_index=True
    )
    imported_at = models.DateTimeField("inläst", null=True, editable=False)
    imported_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="inläst av", related_name="+", null=True, editable=False
    )
    new_count = models.PositiveIntegerField("nya", default=0)
    changed_count = models.PositiveIntegerField("ändrade", default=0)
    unchanged_count = models.PositiveIntegerField("oförändrade", default=0)
    unmatched_count = models.PositiveIntegerField("inte inlästa rader", default=0)
    # [{"place": "rad 7", "label": "Spånga-Tensta", "reason": "Okänt område …"}]
    unmatched = models.JSONField("inte inlästa rader", default=list)
    # What the preview shows: see indicators.comparison.describe.
    report = models.JSONField("granskning", default=dict)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="imported", imported_at__isnull=False, imported_by__isnull=False)
                | (~Q(status="imported") & Q(imported_at__isnull=True, imported_by__isnull=True)),
                name="import_batch_imported_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind="arsfil") | Q(year__isnull=False),
                name="import_batch_yearly_has_year",
                violation_error_message="Ange vilket år filen gäller.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("indicators:batch", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"previewed": "brand", "imported": "ok"}.get(self.status, "idle")


class ObservationQuerySet(models.QuerySet["Observation"]):
    def series_for(self, municipality: Municipality, indicator_codes: Collection[str] = ()) -> Self:
        """The municipality's own figures with its county's and the nation's, in order of indicator and time.

        All indicators when no codes are given; both sexes together.
        """
        areas = (
            Q(area_type=AreaType.MUNICIPALITY, area_code=municipality.code)
            | Q(area_type=AreaType.COUNTY, area_code=municipality.county.code)
            | Q(area_type=AreaType.NATION)
        )
        found = self.filter(areas, sex=Observation.Sex.ALL)
        if indicator_codes:
            found = found.filter(indicator__code__in=indicator_codes)
        return found.order_by("indicator__sort_order", "indicator_id", "year_to", "year_from", "pk")

    def latest_of(self, municipality_codes: Collection[str]) -> Self:
        """The municipalities' own newest figure of each indicator, both sexes together; withheld ones do not count."""
        own = self.filter(
            area_type=AreaType.MUNICIPALITY, area_code__in=municipality_codes, sex=Observation.Sex.ALL
        ).exclude(value=None)
        place = Window(
            RowNumber(),
            partition_by=[F("area_code"), F("indicator")],
            order_by=["-year_to", "-year_from", "preliminary", "-batch__imported_at", "-pk"],
        )
        return own.annotate(place=place).filter(place=1).with_origin()

    def with_origin(self) -> Self:
        """With indicator and import: two queries more, but each made once and without the import's long lists."""
        batches = ImportBatch.objects.defer("report", "unmatched")
        return self.prefetch_related("indicator", models.Prefetch("batch", queryset=batches))


class Observation(models.Model):
    """One figure: an indicator in an area during a period, as a publication gave it.

    `value` is None where the publisher withheld the figure (`suppressed`, ".." in Brå's files) and where it does
    not apply ("."); neither is ever 0.
    """

    class Source(models.TextChoices):
        BRA = "bra", "Brå"
        SCB = "scb", "SCB"
        KOLADA = "kolada", "Kolada"
        SKR = "skr", "SKR"
        OWN = "own", "Egen undersökning"

    class Sex(models.TextChoices):
        ALL = "T", "Totalt"
        WOMEN = "K", "Kvinnor"
        MEN = "M", "Män"

    KEY = ("source", "dataset", "indicator", "area_type", "area_code", "year_from", "year_to", "sex")
    FACTS = ("value", "ci_low", "ci_high", "preliminary", "suppressed")

    source = models.CharField("källa", max_length=10, choices=Source, default=Source.BRA)
    dataset = models.CharField("publikation", max_length=12, choices=Dataset)
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="indikator", related_name="observations")
    area_type = models.CharField("slag av område", max_length=12, choices=AreaType)
    area_code = models.CharField("områdets kod", max_length=20)
    year_from = models.PositiveSmallIntegerField("från och med år")
    year_to = models.PositiveSmallIntegerField("till och med år")
    period_label = models.CharField("period", max_length=20, help_text="Som i källan, till exempel 2017/2018.")
    sex = models.CharField("kön", max_length=1, choices=Sex, default=Sex.ALL)
    value = models.DecimalField("värde", max_digits=14, decimal_places=4, null=True, blank=True)
    ci_low = models.DecimalField("osäkerhet, undre gräns", max_digits=14, decimal_places=4, null=True, blank=True)
    ci_high = models.DecimalField("osäkerhet, övre gräns", max_digits=14, decimal_places=4, null=True, blank=True)
    preliminary = models.BooleanField("preliminär", default=False)
    suppressed = models.BooleanField("undertryckt i källan", default=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, verbose_name="inläsning", related_name="observations")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "observation"
        verbose_name_plural = "observationer"
        ordering = ["indicator", "area_type", "area_code", "year_to"]
        indexes = [
            models.Index(fields=["area_type", "area_code", "indicator"], name="observation_by_area"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "source",
                    "dataset",
                    "indicator",
                    "area_type",
                    "area_code",
                    "year_from",
                    "year_to",
                    "sex",
                ],
                name="observation_once",
                violation_error_message="Siffran finns redan för den perioden.",
            ),
            models.CheckConstraint(condition=Q(year_to__gte=F("year_from")), name="observation_years_in_order"),
            models.CheckConstraint(
                condition=Q(suppressed=False) | Q(value__isnull=True),
                name="observation_suppressed_has_no_value",
                violation_error_message="En undertryckt uppgift har inget värde.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="observation_value_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ci_low__isnull=True, ci_high__isnull=True)
                # Said in full, since a comparison with nothing is neither true nor false and would pass.
                | Q(
                    value__isnull=False,
                    ci_low__isnull=False,
                    ci_high__isnull=False,
                    ci_low__gte=0,
                    ci_low__lte=F("value"),
                    ci_high__gte=F("value"),
                ),
                name="observation_value_within_interval",
                violation_error_message="Värdet ska ligga inom sitt osäkerhetsintervall.",
            ),
            models.CheckConstraint(
                condition=Q(area_type="riket", area_code=NATION_CODE)
                | (~Q(area_type="riket") & ~Q(area_code=NATION_CODE)),
                name="observation_nation_has_its_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.area_code}, {self.period_label}"


# Who publishes what: the figure's source, whichever file or fetch it came by.
SOURCE_OF: dict[str, Observation.Source] = {
    Dataset.WORKBOOK: Observation.Source.BRA,
    Dataset.YEARLY: Observation.Source.BRA,
    Dataset.CRIME_DATABASE: Observation.Source.BRA,
    Dataset.POPULATION: Observation.Source.SCB,
    Dataset.KOLADA: Observation.Source.KOLADA,
    Dataset.OPEN_COMPARISONS: Observation.Source.SKR,
    Dataset.OWN: Observation.Source.OWN,
}


class ObservationChange(models.Model):
    """That a later import said otherwise: the facts that changed, as they were and as they became."""

    observation = models.ForeignKey(Observation, models.CASCADE, verbose_name="observation", related_name="changes")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, verbose_name="inläsning", related_name="changes")
    old = models.JSONField("före")
    new = models.JSONField("efter")

    class Meta:
        verbose_name = "ändrad observation"
        verbose_name_plural = "ändrade observationer"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["observation", "batch"], name="observation_change_once_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.observation}: {self.old} → {self.new}"
