"""What is kept from others: the assessment made before a picture is handed over, and the note that never is."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import PARTY_ROLES
from journal.models import Record
from lib.dates import now
from partnerships.models import Party
from situation.models.picture import Picture


class SecrecyAssessment(models.Model):
    """What was judged when an own picture was handed over (sekretessbedömning, OSL). A row is never changed."""

    class Outcome(models.TextChoices):
        NONE = "none", "Inga uppgifter omfattas av sekretess"
        POSSIBLE = "possible", "Uppgifter kan omfattas av sekretess, men får lämnas ut"

    picture = models.OneToOneField(Picture, models.CASCADE, verbose_name="lägesbild", related_name="secrecy")
    outcome = models.CharField("bedömning", max_length=10, choices=Outcome)
    paragraph = models.CharField("paragraf", max_length=150, blank=True)
    text = models.TextField("skäl", blank=True)
    assessed_at = models.DateTimeField("bedömd", default=now)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="+")

    class Meta:
        verbose_name = "sekretessbedömning"
        verbose_name_plural = "sekretessbedömningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="none") | (~Q(paragraph="") & ~Q(text="")),
                name="secrecy_possible_has_ground",
                violation_error_message="Ange paragraf och skäl till att uppgifterna får lämnas ut.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}{f' ({self.paragraph})' if self.paragraph else ''}"


class WithheldNoteQuerySet(models.QuerySet["WithheldNote"]):
    def visible_to(self, user: User) -> "WithheldNoteQuerySet":
        """Only for those who act for the owner of the picture, whatever has been shared of it."""
        return self.filter(picture__owner__in=Party.objects.of(user, *PARTY_ROLES))


class WithheldNote(Record):
    """What an owner writes beside its own picture and never hands over. It is no part of what the picture says."""

    picture = models.OneToOneField(Picture, models.CASCADE, verbose_name="lägesbild", related_name="+")
    text = models.TextField("anteckning som aldrig delas", blank=True)

    objects = WithheldNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "anteckning som aldrig delas"
        verbose_name_plural = "anteckningar som aldrig delas"

    def __str__(self) -> str:
        return "Anteckning som aldrig delas"
