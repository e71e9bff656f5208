"""A party's signature."""

from django.db import models

from accounts.models import User
from agreements.models.agreement import Agreement
from lib.dates import now, today
from partnerships.models import Party


class Signature(models.Model):
    """A party's signature, registered by somebody who acts for that party. It signs one exact text: the checksum."""

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "På plats"
        ELECTRONIC = "electronic", "Elektroniskt, utanför systemet"
        PAPER = "paper", "På papper som skickades"

    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    function = models.CharField("funktion", max_length=120, help_text="Till exempel kommunstyrelsens ordförande.")
    acting = models.BooleanField("tillförordnad", default=False)
    name = models.CharField("namn", max_length=150)
    place = models.CharField("ort", max_length=100, blank=True)
    signed_on = models.DateField("undertecknad den", default=today)
    # Empty on those that were registered before it was asked.
    way = models.CharField("hur den undertecknades", max_length=10, choices=Way, blank=True)
    checksum = models.CharField("kontrollsumma för texten", max_length=64, editable=False)
    registered_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="registrerad av", related_name="+", editable=False
    )
    registered_at = models.DateTimeField("registrerad", default=now, editable=False)

    class Meta:
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="signature_once_per_party",
                violation_error_message="Parten har redan undertecknat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}"
