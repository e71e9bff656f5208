"""How an agreement's text comes about: its versions, what is said of it, and what each party takes on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from agreements.models.agreement import Agreement
from agreements.wording import section_address
from journal.models import Record
from lib.dates import now
from partnerships.models import Partnership, Party


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: User) -> "VersionQuerySet":
        """Drafts stay in the partnership, whatever the signed text that came of them may be shown to."""
        return self.filter(agreement__partnership__in=Partnership.objects.of(user))


class Version(models.Model):
    """The whole text as it stood on a day: kept at each referral, at each sending for signing, and when asked for."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="versions")
    number = models.PositiveSmallIntegerField("nummer", editable=False)
    label = models.CharField("vad den är", max_length=120)
    # As agreements.content.of gives it.
    content = models.JSONField("text", editable=False)
    checksum = models.CharField("kontrollsumma", max_length=64, editable=False)
    kept_at = models.DateTimeField("sparad", default=now, editable=False)
    kept_by = models.ForeignKey(User, models.PROTECT, verbose_name="sparad av", related_name="+", editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["agreement", "number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"Version {self.number}, {self.label}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> "CommentQuerySet":
        return self.filter(agreement__partnership__in=Partnership.objects.of(user))

    def open(self) -> "CommentQuerySet":
        return self.filter(status=Comment.Status.OPEN)


class Comment(Record):
    """What somebody says of a section of a draft; with `suggestion` also the words that should stand there."""

    class Status(models.TextChoices):
        OPEN = "open", "Öppen"
        ACCEPTED = "accepted", "Infört"
        DECLINED = "declined", "Infört inte"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("open",)
    TONES: ClassVar[dict[str, str]] = {"open": "warn", "accepted": "ok", "declined": "idle"}

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="comments")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+", editable=False)
    # A name of Agreement.TEXTS; empty for the whole.
    section = models.CharField("gäller", max_length=30, blank=True)
    text = models.TextField("synpunkt")
    suggestion = models.TextField(
        "förslag till ny text", blank=True, help_text="Hela avsnittet som ni vill ha det. Lämna tomt för en synpunkt."
    )
    # The section as it stood when the suggestion was made: it is put in only where it still stands.
    before = models.TextField(blank=True, editable=False)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.OPEN, editable=False)
    answer = models.TextField("svar", blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        ordering = ["agreement", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(answer=""),
                name="comment_declined_has_answer",
                violation_error_message="Skriv varför synpunkten inte förs in.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return section_address(self.agreement_id, self.section)

    @property
    def tone(self) -> str:
        return self.TONES[self.status]


class Undertaking(Record):
    """What one party takes on and sets aside. A part of the text: frozen with it."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="undertakings"
    )
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    text = models.TextField("åtaganden", help_text="Vad parten ansvarar för, ett åtagande per rad.")
    hours_per_month = models.PositiveSmallIntegerField("timmar per månad", null=True, blank=True)
    kronor_per_year = models.PositiveIntegerField("kronor per år", null=True, blank=True)
    resources = models.CharField("andra resurser", max_length=250, blank=True)

    class Meta:
        verbose_name = "parts åtagande"
        verbose_name_plural = "parternas åtaganden"
        ordering = ["agreement", "party"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="undertaking_once_per_party",
                violation_error_message="Partens åtaganden står redan i överenskommelsen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.text[:40]}"
