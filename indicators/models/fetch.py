"""What can be asked of Kolada, and every time somebody asked."""

import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from indicators.models.figures import ImportBatch, Indicator, Unit, colleagues_of
from journal.jobs import RUNNING_IS_CLAIMED, Job, JobQuerySet

# As Kolada ends its titles: "Anmälda våldsbrott, antal/100 000 inv", "Oro för bostadsinbrott, andel (%)".
_UNIT_IN_TITLE = (
    (Unit.PER_100000, re.compile(r",? antal ?/ ?100 ?000 inv\b.*$", re.IGNORECASE)),
    (Unit.PER_1000, re.compile(r",? antal ?/ ?1 ?000 inv\b.*$", re.IGNORECASE)),
    (Unit.SHARE, re.compile(r",? andel \(%\).*$", re.IGNORECASE)),
    (Unit.COUNT, re.compile(r", antal$", re.IGNORECASE)),
)
TITLE_LENGTH = 200


def unit_of(title: str) -> Unit | None:
    """The unit that a title of Kolada's ends with; None where it says none that we know."""
    return next((unit for unit, pattern in _UNIT_IN_TITLE if pattern.search(_plain(title))), None)


def without_unit(title: str) -> str:
    """The title up to its unit: "Anmälda våldsbrott, antal/100 000 inv" → "Anmälda våldsbrott"."""
    unit = unit_of(title)
    patterns = [pattern for one, pattern in _UNIT_IN_TITLE if one == unit]
    return patterns[0].sub("", _plain(title)) if patterns else _plain(title)


def _plain(title: str) -> str:
    return " ".join(title.split())


class KoladaKpiQuerySet(models.QuerySet["KoladaKpi"]):
    def offered(self) -> Self:
        return self.filter(is_offered=True)


class KoladaKpi(models.Model):
    """A key figure (nyckeltal) of Kolada's that may be fetched. The list is the administrators' to keep."""

    code = models.CharField(
        "nyckeltalets id",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]\d{5}\Z", "Skriv id:t som i Kolada: en stor bokstav och fem siffror.")],
        help_text="Som i Kolada, till exempel N07403.",
    )
    title = models.CharField("titel", max_length=TITLE_LENGTH, help_text="Som i Kolada, med enheten sist.")
    unit = models.CharField(
        "enhet", max_length=12, choices=Unit, blank=True, help_text="Lämna tom, så läses den ur titeln."
    )
    topic = models.CharField("ämne", max_length=12, choices=Indicator.Topic, default=Indicator.Topic.OTHER)
    caution = models.TextField("att tänka på", blank=True, help_text="Visas vid siffrorna.")
    averaged_years = models.PositiveSmallIntegerField(
        "medelvärde av antal år",
        default=1,
        help_text="3 för ett treårsmedelvärde: Kolada anger bara det sista av åren.",
    )
    is_offered = models.BooleanField("kan väljas", default=True)
    verified_at = models.DateTimeField("kontrollerat hos Kolada", null=True, editable=False)

    objects = KoladaKpiQuerySet.as_manager()

    class Meta:
        verbose_name = "nyckeltal i Kolada"
        verbose_name_plural = "nyckeltal i Kolada"
        ordering = ["title", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(unit=""), name="kolada_kpi_has_unit", violation_error_message="Välj enhet."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    def clean(self) -> None:
        """The unit is read from the title; the two may not say different things."""
        said = unit_of(self.title)
        self.unit = self.unit or said or ""
        if not self.unit:
            raise ValidationError({"unit": "Enheten går inte att läsa ur titeln. Välj den här."})
        if said and self.unit != said:
            raise ValidationError({"unit": f"Titeln säger {said.label}. Rätta titeln, eller välj samma enhet."})

    def asked(self) -> dict[str, Any]:
        """What an order and a file keep of it, as JSON."""
        return {name: getattr(self, name) for name in ("code", "title", "unit", "topic", "caution", "averaged_years")}


class FetchQuerySet(JobQuerySet["Fetch"]):
    def visible_to(self, user: User) -> Self:
        """Who sees an import sees the fetch that it came from: own ones, colleagues', and all for administrators."""
        if user.is_administrator:
            return self
        if not user.roles & ImportBatch.IMPORTERS:
            return self.none()
        return self.filter(Q(created_by=user) | Q(created_by__in=colleagues_of(user).values("user")))

    def latest_first(self) -> Self:
        return self.select_related("created_by", "batch").order_by("-created_at", "-pk")


class Fetch(Job):
    """An ordered fetch from Kolada."""

    GAVE_UP = "Hämtningen kunde inte göras trots flera försök. Beställ den igen, eller kontakta systemförvaltningen."

    class Status(models.TextChoices):
        QUEUED = "queued", "I kö"
        RUNNING = "running", "Hämtas nu"
        DONE = "done", "Hämtad"
        FAILED = "failed", "Misslyckades"

    # What was asked for, frozen when it was ordered: KoladaKpi.asked() of each, and Kolada's codes of the places.
    kpis = models.JSONField("nyckeltal")
    places = models.JSONField("områdeskoder")
    extent = models.CharField("omfattning", max_length=300)
    year_from = models.PositiveSmallIntegerField("från och med år")
    year_to = models.PositiveSmallIntegerField("till och med år")
    # The same order has the same sum, so that two clicks on the button are one fetch.
    asked_checksum = models.CharField("beställningens kontrollsumma", max_length=64, editable=False)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.QUEUED, editable=False)
    batch = models.OneToOneField(
        ImportBatch, models.PROTECT, verbose_name="fil", related_name="+", null=True, editable=False
    )

    objects = FetchQuerySet.as_manager()

    class Meta:
        verbose_name = "hämtning från Kolada"
        verbose_name_plural = "hämtningar från Kolada"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(year_to__gte=F("year_from")), name="fetch_years_in_order"),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(finished_at__isnull=False, batch__isnull=False),
                name="fetch_done_has_file",
            ),
            RUNNING_IS_CLAIMED,
            models.UniqueConstraint(
                fields=["created_by", "asked_checksum"],
                condition=Q(status__in=["queued", "running"]),
                name="fetch_asked_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Kolada, {self.extent}, {self.years}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:fetch", args=[self.pk])

    @property
    def years(self) -> str:
        return f"{self.year_from}" if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"
