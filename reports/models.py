"""Reports: what was ordered, how far the making has come, and the finished file."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import PARTY_ROLES
from agreements.models import ActionPlan, Agreement
from journal.jobs import RUNNING_IS_CLAIMED, Job, JobQuerySet, JobStatus
from municipalities.models import Municipality
from partnerships.models import Partnership, Party
from situation.models import Picture


class ReportQuerySet(JobQuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """A lägesrapport inside the partnership only: it holds holders' names, drafts and free text. That a picture
        has been released to the county board and Brå releases the picture, not a lägesrapport made on it.

        A lägesbild who may read the picture, an agreement or a plan who may read that, as far as what was frozen
        reaches: see `Report.Audience`.
        """
        inside = Q(partnership__in=Partnership.objects.of(user))
        reached = (
            Q(picture__owner__in=Party.objects.of(user, *PARTY_ROLES))
            | (inside & Q(audience=Report.Audience.PARTIES))
            | Q(audience=Report.Audience.RELEASED)
        )
        pictures = Q(kind=Report.Kind.PICTURE, picture__in=Picture.objects.visible_to(user)) & reached
        parties = inside & Q(audience=Report.Audience.PARTIES)
        agreements = Q(kind=Report.Kind.AGREEMENT, agreement__in=Agreement.objects.visible_to(user))
        drafts = Q(audience=Report.Audience.OWNER, plan__in=ActionPlan.objects.statutory_drafts(user))
        plans = Q(kind=Report.Kind.PLAN, plan__in=ActionPlan.objects.visible_to(user)) & (parties | drafts)
        agreements &= parties | Q(audience=Report.Audience.RELEASED)
        return self.filter((inside & Q(kind=Report.Kind.SITUATION)) | pictures | agreements | plans)


class Report(Job):
    """An ordered PDF."""

    GAVE_UP = "Rapporten kunde inte göras trots flera försök. Beställ den igen, eller kontakta systemförvaltningen."
    Status = JobStatus

    class Kind(models.TextChoices):
        SITUATION = "situation", "Lägesrapport"
        PICTURE = "picture", "Lägesbild"
        AGREEMENT = "agreement", "Överenskommelse"
        PLAN = "plan", "Åtgärdsplan"

    class Audience(models.TextChoices):
        """Whom the frozen content may reach, of those who may read the picture.

        Set when it is ordered and never widened: what was frozen before a sharing or a release stays where it was.
        """

        OWNER = "owner", "Bara den egna parten"
        PARTIES = "parties", "Parterna i samverkan"
        RELEASED = "released", "Alla som får läsa lägesbilden, också länsstyrelsen och Brå"

    kind = models.CharField("slag", max_length=12, choices=Kind, default=Kind.SITUATION)
    audience = models.CharField(
        "vilka som får öppna den", max_length=10, choices=Audience, default=Audience.PARTIES, editable=False
    )
    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="+", null=True, blank=True
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, verbose_name="lägesbild", related_name="+", null=True, blank=True
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="+", null=True, blank=True
    )
    plan = models.ForeignKey(
        ActionPlan, models.PROTECT, verbose_name="åtgärdsplan", related_name="+", null=True, blank=True
    )
    number = models.PositiveIntegerField("version")
    title = models.CharField("rubrik", max_length=250)
    # The report's whole content, frozen when it was ordered: the same content gives the same bytes for ever.
    content = models.JSONField("innehåll")
    content_checksum = models.CharField("innehållets kontrollsumma", max_length=64)
    file = models.FileField("fil", upload_to="reports/", blank=True, editable=False)
    checksum = models.CharField("filens kontrollsumma", max_length=64, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField("sidor", null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="situation", audience="parties")
                    | Q(kind="picture", picture__isnull=False)
                    | Q(kind="agreement", agreement__isnull=False)
                    | Q(kind="plan", plan__isnull=False)
                ),
                name="report_kind_has_its_subject",
            ),
            models.CheckConstraint(
                condition=(~Q(status="done") | (Q(finished_at__isnull=False, checksum__gt="") & ~Q(file=""))),
                name="report_done_has_file",
            ),
            RUNNING_IS_CLAIMED,
            models.UniqueConstraint(
                fields=["partnership", "number"],
                condition=Q(kind="situation", municipality__isnull=True),
                name="report_number_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "municipality", "number"],
                condition=Q(kind="situation", municipality__isnull=False),
                name="report_number_once_in_municipality",
            ),
            models.UniqueConstraint(
                fields=["picture", "number"], condition=Q(kind="picture"), name="report_number_once_of_picture"
            ),
            models.UniqueConstraint(
                fields=["agreement", "number"], condition=Q(kind="agreement"), name="report_number_once_of_agreement"
            ),
            models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(kind="plan"), name="report_number_once_of_plan"
            ),
        ]

    @property
    def is_picture(self) -> bool:
        """Whether it is a lägesbild; a lägesrapport may have a picture too, as its ground."""
        return self.kind == self.Kind.PICTURE

    @property
    def subject(self) -> Agreement | ActionPlan | None:
        """The agreement or plan that it is a document of."""
        return {self.Kind.AGREEMENT: self.agreement, self.Kind.PLAN: self.plan}.get(self.Kind(self.kind))

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])
