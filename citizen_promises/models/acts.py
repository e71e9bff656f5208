"""Acts beside the text: each side's approval of it, signatures under it, and where it was made known."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models

from accounts.models import User
from citizen_promises.models.document import PromiseDocument
from journal.models import Record
from lib.dates import now, today
from partnerships.models import Party


class Approval(models.Model):
    """One side's yes to exactly this text (its checksum). What is changed afterwards has no approval any more."""

    class Side(models.TextChoices):
        POLICE = "police", "Polisen"
        MUNICIPALITY = "municipality", "Kommunen"

    document = models.ForeignKey(
        PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="approvals"
    )
    side = models.CharField("för", max_length=12, choices=Side)
    checksum = models.CharField("kontrollsumma", max_length=64)
    approved_at = models.DateTimeField("godkänt", default=now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="+")

    class Meta:
        verbose_name = "godkännande"
        verbose_name_plural = "godkännanden"
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "checksum", "side"], name="promise_approval_once_per_side"),
            models.UniqueConstraint(
                fields=["document", "checksum", "approved_by"], name="promise_approval_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.document}"


class Signature(models.Model):
    """A party's signature under the approved text, by function and day. Promises may be published without any."""

    document = models.ForeignKey(
        PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="signatures"
    )
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    function = models.CharField("funktion", max_length=120, help_text="Till exempel kommunstyrelsens ordförande.")
    acting = models.BooleanField("tillförordnad", default=False, help_text="Kryssa i om personen är t.f.")
    name = models.CharField("namn", max_length=150)
    signed_on = models.DateField("undertecknat den", default=today)
    checksum = models.CharField("kontrollsumma för texten", max_length=64, editable=False)
    registered_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="registrerad av", related_name="+", editable=False
    )
    registered_at = models.DateTimeField("registrerad", default=now, editable=False)

    class Meta:
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "party"],
                name="promise_signature_once_per_party",
                violation_error_message="Parten har redan undertecknat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}"


class Channel(Record):
    """Where and when the promises were made known: to residents, and inside the police and the municipality."""

    class Kind(models.TextChoices):
        POLICE_WEB = "police_web", "Polisens webbplats"
        MUNICIPAL_WEB = "municipal_web", "Kommunens webbplats"
        PRESS = "press", "Tidning, radio eller tv"
        SOCIAL = "social", "Sociala medier"
        EVENT = "event", "Möte eller evenemang"
        POSTER = "poster", "Affisch eller utskick"
        POLICE_STAFF = "police_staff", "Internt i polisen"
        MUNICIPAL_STAFF = "municipal_staff", "Internt i kommunen"
        OTHER = "other", "Annan kanal"

    INTERNAL = ("police_staff", "municipal_staff")

    document = models.ForeignKey(
        PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="channels"
    )
    kind = models.CharField("kanal", max_length=16, choices=Kind)
    text = models.CharField("vad", max_length=200, blank=True, help_text="Till exempel tidningens namn eller mötet.")
    url = models.URLField(
        "adress",
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"], message="Ange en webbadress.")],
    )
    day = models.DateField("datum", default=today)

    class Meta:
        verbose_name = "kanal"
        verbose_name_plural = "kanaler"
        ordering = ["document", "-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}" if self.text else self.get_kind_display()

    @property
    def is_internal(self) -> bool:
        return self.kind in self.INTERNAL
