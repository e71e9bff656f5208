"""Many files sent in at once: each is read by a worker, on its own."""

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from indicators.models.figures import ImportBatch, colleagues_of
from journal.jobs import RUNNING_IS_CLAIMED, Job, JobQuerySet, JobStatus
from journal.models import Record

REMARK_LENGTH = 300
PREVIEWED = Q(status="done", stage="read", batch__status="previewed", has_figures=True)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> Self:
        """Who sees the files that were read in sees how they came: own ones, colleagues', all for administrators."""
        if user.is_administrator:
            return self
        if not user.roles & ImportBatch.IMPORTERS:
            return self.none()
        return self.filter(Q(created_by=user) | Q(created_by__in=colleagues_of(user).values("user")))

    def latest_first(self) -> Self:
        return self.select_related("created_by").order_by("-created_at", "-pk")

    def with_counts(self) -> Self:
        """`total` and `waiting`: how many files there are, and how many a worker still has to do with."""
        waiting = Q(files__status__in=[JobStatus.QUEUED, JobStatus.RUNNING])
        return self.annotate(total=Count("files"), waiting=Count("files", filter=waiting))


class Delivery(Record):
    """Files that somebody sent in together, one by one or packed in a zip."""

    # For the files that say their year neither in their contents nor in their names.
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "sändning"
        verbose_name_plural = "sändningar"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Sändning {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:delivery", args=[self.pk])


class DeliveredFileQuerySet(JobQuerySet["DeliveredFile"]):
    def previewed(self) -> Self:
        """Read and waiting for a person's yes: with figures, and of a kind that says itself what stands in it."""
        return self.filter(PREVIEWED)

    def without_remarks(self) -> Self:
        return self.filter(remark="")

    def counts(self) -> dict[str, int]:
        """How far a delivery has come, and what there is to decide about. One query."""
        waiting = Q(status__in=[JobStatus.QUEUED, JobStatus.RUNNING])
        confirmed = Q(stage=DeliveredFile.Stage.CONFIRM)
        found = self.aggregate(
            total=Count("pk"),
            waiting=Count("pk", filter=waiting),
            confirmed=Count("pk", filter=confirmed),
            confirming=Count("pk", filter=confirmed & waiting),
            refused=Count("pk", filter=Q(status=JobStatus.FAILED)),
            imported=Count("pk", filter=Q(batch__status=ImportBatch.Status.IMPORTED)),
            ready=Count("pk", filter=PREVIEWED & Q(remark="")),
            remarked=Count("pk", filter=PREVIEWED & ~Q(remark="")),
        )
        work = found["confirmed"] if found["confirming"] else found["total"]
        return found | {"work": work, "ready_of_work": work - found["waiting"]}

    def most_wanting_first(self) -> Self:
        """What was refused, then what there is something to say of, then the rest; by name."""
        failed, remarked = models.When(status=JobStatus.FAILED, then=0), models.When(~Q(remark=""), then=1)
        want = models.Case(failed, remarked, default=2)
        return self.select_related("batch").defer("batch__report", "batch__unmatched").order_by(want, "original_name")


class DeliveredFile(Job):
    """A file of a delivery: first read and previewed; when a person has said yes, its figures are let in."""

    GAVE_UP = "Filen kunde inte läsas trots flera försök. Skicka in den ensam, eller kontakta systemförvaltningen."

    class Stage(models.TextChoices):
        READ = "read", "Läses"
        CONFIRM = "confirm", "Läses in"

    delivery = models.ForeignKey(Delivery, models.CASCADE, verbose_name="sändning", related_name="files")
    original_name = models.CharField("filnamn", max_length=255)
    file = models.FileField("originalfil", max_length=200, blank=True, editable=False)
    sha256 = models.CharField("kontrollsumma (SHA-256)", max_length=64, blank=True)
    stage = models.CharField("skede", max_length=10, choices=Stage, default=Stage.READ, editable=False)
    batch = models.OneToOneField(
        ImportBatch, models.PROTECT, verbose_name="inläsning", related_name="+", null=True, editable=False
    )
    has_figures = models.BooleanField("har siffror", default=False, editable=False)
    # The first thing that a person should know before saying yes; empty where there is nothing.
    remark = models.CharField("anmärkning", max_length=REMARK_LENGTH, blank=True, editable=False)
    confirmed_at = models.DateTimeField("bekräftad", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="bekräftad av", related_name="+", null=True, editable=False
    )

    objects = DeliveredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fil i sändning"
        verbose_name_plural = "filer i sändningar"
        ordering = ["delivery", "original_name", "pk"]
        constraints = [
            RUNNING_IS_CLAIMED,
            models.CheckConstraint(
                condition=~Q(status="done") | Q(finished_at__isnull=False, batch__isnull=False),
                name="delivered_file_done_has_batch",
            ),
            models.CheckConstraint(
                condition=Q(stage="read", confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(stage="confirm", confirmed_at__isnull=False, confirmed_by__isnull=False, batch__isnull=False),
                name="delivered_file_confirmed_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def word(self) -> str:
        """What has become of it: of a file that was read, what has become of its figures."""
        if self.status == JobStatus.FAILED:
            return "Inte läst" if self.stage == self.Stage.READ else "Inte inläst"
        return self.batch.get_status_display() if self.batch and self.is_settled else self.get_status_display()

    @property
    def tone(self) -> str:
        if self.batch and self.status == JobStatus.DONE:
            return self.batch.tone
        return {"failed": "bad"}.get(self.status, "warn")
