"""What happens to an agreement beside its text: decisions by the parties, prolongations, who joins, leaves or adapts.

The signed text never changes. These are acts of their own, each with a day, a reason and who registered it.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from agreements.models.agreement import Agreement
from journal.models import Record
from lib.dates import now, today
from lib.swedish import date
from partnerships.models import Party


class Decision(Record):
    """A party's own decision on the very text that is out for signing: by the board, or the chief."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="decisions")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    body = models.CharField("beslutat av", max_length=150, help_text="Till exempel kommunstyrelsen.")
    decided_on = models.DateField("beslutat den", default=today)
    reference = models.CharField("paragraf eller diarienummer", max_length=80, blank=True)
    checksum = models.CharField("kontrollsumma för texten", max_length=64, editable=False)

    class Meta:
        verbose_name = "parts beslut"
        verbose_name_plural = "parternas beslut"
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "checksum"],
                name="decision_once_per_party",
                violation_error_message="Partens beslut om den här texten är redan registrerat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.body}"


class Publication(Record):
    """That a signed agreement has been made public: when, where, and the addresses where it can be read."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="publications"
    )
    published_on = models.DateField("publicerad den", default=today)
    channels = models.CharField(
        "kanaler", max_length=250, help_text="Till exempel kommunens webbplats, anslagstavlan och pressmeddelande."
    )
    urls = models.TextField("webbadresser", blank=True, help_text="En adress per rad.")
    checksum = models.CharField("kontrollsumma för texten", max_length=64, editable=False)

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering = ["agreement", "published_on", "pk"]

    def __str__(self) -> str:
        return f"Publicerad {date(self.published_on)}: {self.channels}"

    @property
    def addresses(self) -> list[str]:
        return self.urls.split()


class Prolongation(Record):
    """A later last day for a signed agreement, which holds when every main party has agreed to it."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Föreslagen"
        AGREED = "agreed", "Gäller"
        WITHDRAWN = "withdrawn", "Återtagen"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ()

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="prolongations"
    )
    ends = models.DateField("ny sista dag")
    reason = models.TextField("varför den förlängs")
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.PROPOSED, editable=False)

    class Meta:
        verbose_name = "förlängning"
        verbose_name_plural = "förlängningar"
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(status="proposed"),
                name="prolongation_one_proposed",
                violation_error_message="En förlängning är redan föreslagen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Förlängning till {date(self.ends)}"

    def get_absolute_url(self) -> str:
        return self.agreement.get_absolute_url()


class Consent(models.Model):
    """A party's yes to a prolongation, given in a function."""

    prolongation = models.ForeignKey(Prolongation, models.PROTECT, verbose_name="förlängning", related_name="consents")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    function = models.CharField("funktion", max_length=120)
    name = models.CharField("namn", max_length=150)
    acting = models.BooleanField("tillförordnad", default=False)
    given_on = models.DateField("dag", default=today)
    registered_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="registrerad av", related_name="+", editable=False
    )
    registered_at = models.DateTimeField("registrerad", default=now, editable=False)

    class Meta:
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        ordering = ["prolongation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prolongation", "party"],
                name="consent_once_per_party",
                violation_error_message="Parten har redan samtyckt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}"


class AdherenceQuerySet(models.QuerySet["Adherence"]):
    def covering(self, day: dt.date) -> "AdherenceQuerySet":
        """Those that have happened on the day: who joins is in from its day, who leaves is out after it."""
        return self.filter(Q(kind=Adherence.Kind.JOINED, day__lte=day) | Q(kind=Adherence.Kind.LEFT, day__lt=day))


class Adherence(Record):
    """A party that joins a signed agreement, or leaves it, while the others go on."""

    class Kind(models.TextChoices):
        JOINED = "joined", "Ansluten"
        LEFT = "left", "Utträdd"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ()

    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="adherences")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    # The first day as a party for who joins, the last for who leaves.
    day = models.DateField("dag", default=today)
    reason = models.TextField("skäl")
    function = models.CharField("funktion", max_length=120)
    name = models.CharField("namn", max_length=150)
    checksum = models.CharField("kontrollsumma för texten", max_length=64, editable=False)

    objects = AdherenceQuerySet.as_manager()

    class Meta:
        verbose_name = "anslutning eller utträde"
        verbose_name_plural = "anslutningar och utträden"
        ordering = ["agreement", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="adherence_has_reason",
                violation_error_message="Skriv varför.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.party}"


class Adaptation(Record):
    """A section of the common text that a local part takes in another way, knowingly and with a reason."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="lokal överenskommelse", related_name="adaptations"
    )
    # A name of Agreement.TEXTS.
    section = models.CharField("avsnitt", max_length=30)
    text = models.TextField("så gäller det hos oss")
    reason = models.TextField("varför ni avviker")

    class Meta:
        verbose_name = "medveten anpassning"
        verbose_name_plural = "medvetna anpassningar"
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "section"],
                name="adaptation_once_per_section",
                violation_error_message="Avsnittet är redan anpassat. Ändra den anpassningen i stället.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="adaptation_has_reason",
                violation_error_message="Skriv varför ni avviker från den gemensamma texten.",
            ),
        ]

    def __str__(self) -> str:
        return self.section
