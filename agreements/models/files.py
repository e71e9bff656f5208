"""What is attached to agreements and to the lines of a measure's log."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from agreements.models.agreement import Agreement
from agreements.models.carrying_out import MeasureLog
from agreements.models.outside import lines_of_actor
from attachments.models import Attachment
from journal.models import Record
from partnerships.models import Partnership


class AgreementFileQuerySet(models.QuerySet["AgreementFile"]):
    def visible_to(self, user: User) -> "AgreementFileQuerySet":
        """An annex may hold what the text does not: it is read in the partnership."""
        return self.filter(agreement__partnership__in=Partnership.objects.of(user))


class AgreementFile(Record):
    """An annex, which is frozen with the text, or the signed paper as it was scanned afterwards."""

    class Kind(models.TextChoices):
        ANNEX = "annex", "Bilaga"
        SIGNED = "signed", "Undertecknat original, inskannat"

    class Subject(models.TextChoices):
        PICTURE = "picture", "Gemensam problembild och analys"
        UNDERTAKINGS = "undertakings", "Åtagandeplan"
        PLAN = "plan", "Åtgärdsplan"
        TIME = "time", "Tidsplan"
        FOLLOW_UP = "follow_up", "Uppföljningsplan"
        COMMUNICATION = "communication", "Kommunikationsplan"
        MAP = "map", "Karta"
        OTHER = "other", "Annat"

    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="files")
    attachment = models.ForeignKey(Attachment, models.PROTECT, verbose_name="fil", related_name="+")
    kind = models.CharField("slag", max_length=8, choices=Kind, default=Kind.ANNEX)
    title = models.CharField("vad det är", max_length=150)
    # Both empty on originals, and on annexes from before they were asked.
    subject = models.CharField("typ av bilaga", max_length=15, choices=Subject, blank=True)
    information_class = models.CharField("offentlighet", max_length=20, choices=Agreement.InformationClass, blank=True)

    objects = AgreementFileQuerySet.as_manager()

    class Meta:
        verbose_name = "bilaga till överenskommelse"
        verbose_name_plural = "bilagor till överenskommelser"
        ordering = ["agreement", "pk"]

    def __str__(self) -> str:
        return self.title


class LogFileQuerySet(models.QuerySet["LogFile"]):
    def visible_to(self, user: User) -> "LogFileQuerySet":
        """For the parties; for an actor those of its own organisation, as long as it has access to the measure."""
        return self.filter(Q(line__in=MeasureLog.objects.visible_to(user)) | Q(line__in=lines_of_actor(user)))


class LogFile(Record):
    """A photo or file with a line of the log."""

    line = models.ForeignKey(MeasureLog, models.PROTECT, verbose_name="loggrad", related_name="files")
    attachment = models.ForeignKey(Attachment, models.PROTECT, verbose_name="fil", related_name="+")

    objects = LogFileQuerySet.as_manager()

    # For who does not see it; asked for with pictures.
    alt = models.CharField("vad bilden visar", max_length=200, blank=True)

    class Meta:
        verbose_name = "fil i loggen"
        verbose_name_plural = "filer i loggen"
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return str(self.attachment)
