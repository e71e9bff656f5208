"""A promise document: written, approved by both sides, published for everyone, and closed when all is accounted for."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import User
from agreements.models import Agreement, Goal
from dialogues.models import Dialogue
from journal.models import Record
from lib.dates import now
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership


class PromiseDocumentQuerySet(models.QuerySet["PromiseDocument"]):
    def visible_to(self, user: User) -> "PromiseDocumentQuerySet":
        """Everything inside the partnership; those who oversee it see what residents see."""
        inside = Q(partnership__in=Partnership.objects.of(user))
        return self.filter(inside | Q(partnership__in=Partnership.objects.overseen_by(user)) & is_public())

    def ever_public(self) -> "PromiseDocumentQuerySet":
        """What residents can read or once could: drafts are nobody's business."""
        return self.filter(is_public() | Q(status=PromiseDocument.Status.WITHDRAWN))

    def public(self) -> "PromiseDocumentQuerySet":
        """What a resident without an account may read."""
        return self.filter(is_public())

    def due(self, at: dt.datetime) -> "PromiseDocumentQuerySet":
        """Approved, and their set time has come, though nobody has entered it in the book yet."""
        return self.filter(status=PromiseDocument.Status.APPROVED, publish_at__lte=at)

    def summarised(self) -> "PromiseDocumentQuerySet":
        """Each with `promise_count`, `kept_count` and `untold_count` (promises without feedback)."""
        return self.select_related("municipality").annotate(
            promise_count=Count("promises"),
            kept_count=Count("promises", filter=Q(promises__status="kept")),
            untold_count=Count("promises", filter=Q(promises__feedback="")),
        )

    def valid(self, day: dt.date) -> "PromiseDocumentQuerySet":
        replaced = Q(replaced_from=None) | Q(replaced_from__gt=day)
        return self.filter(replaced, Q(ends=None) | Q(ends__gte=day), starts__lte=day)


def is_public() -> Q:
    """What the public pages show, asked of the database at this moment.

    A document with a set time is public when the time has come, whether or not a worker has been there to enter it: the
    clock decides, the worker only writes it in the book. So a worker that is late or dead never makes a page late.
    """
    due = Q(status=PromiseDocument.Status.APPROVED, publish_at__lte=now())
    return Q(status__in=PromiseDocument.PUBLIC_STATUSES) | due


class Period(models.TextChoices):
    """What the calendar says of a document: never stored."""

    COMING = "coming", "Börjar gälla senare"
    CURRENT = "current", "Gäller nu"
    ENDED = "ended", "Tiden har gått ut"


class PromiseDocument(Record):
    """Medborgarlöften for one municipality and period. Published text never changes: the database refuses."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        APPROVED = "approved", "Godkänt"
        PUBLISHED = "published", "Publicerat"
        CLOSED = "closed", "Avslutat"
        WITHDRAWN = "withdrawn", "Avpublicerat"

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", "Varje vecka"
        MONTHLY = "monthly", "Varje månad"
        QUARTERLY = "quarterly", "Varje kvartal"
        TERTIAL = "tertial", "Varje tertial"
        HALF_YEAR = "half_year", "Varje halvår"
        YEARLY = "yearly", "Varje år"
        AT_END = "at_end", "När tiden är slut"
        AS_NEEDED = "as_needed", "När något har hänt"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("draft",)
    PUBLIC_STATUSES: ClassVar[tuple[str, ...]] = ("published", "closed")

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        help_text="Löftena visas på kommunens sida.",
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="+", null=True, blank=True
    )
    title = models.CharField("rubrik", max_length=200)
    area = models.CharField(
        "område",
        max_length=150,
        blank=True,
        help_text="Om löftena gäller en del av kommunen, till exempel en stadsdel.",
    )
    starts = models.DateField("gäller från och med")
    ends = models.DateField(
        "gäller till och med", null=True, blank=True, help_text="Lämna tomt om de gäller tills nästa löfte."
    )
    situation = models.TextField("lägesbilden i korthet", help_text="Så att den som bor här förstår varför.")
    dialogues = models.ManyToManyField(
        Dialogue, verbose_name="dialoger", related_name="+", blank=True, help_text="De dialoger som löftena bygger på."
    )
    how_made = models.TextField("hur löftena togs fram", help_text="Dialoger, antal svar, metoder.")
    goals = models.ManyToManyField(Goal, verbose_name="mål", related_name="+", blank=True)
    expected_effect = models.TextField("vad löftena ska leda till", blank=True)
    follow_up = models.TextField("hur och när ni berättar hur det gick")
    rhythm = models.CharField("hur ofta ni berättar", max_length=12, choices=Rhythm, blank=True)
    told_when = models.CharField(
        "tidpunkt",
        max_length=120,
        blank=True,
        help_text="Till exempel i april och oktober, eller vid årets sista möte.",
    )
    forum = models.CharField(
        "var ni berättar", max_length=150, blank=True, help_text="Till exempel på kommunens webbplats och i rådet."
    )
    follow_up_function = models.CharField(
        "ansvarig funktion för återkopplingen (visas inte utåt)", max_length=120, blank=True
    )
    diary_municipality = models.CharField("diarienummer, kommunen", max_length=60, blank=True)
    diary_police = models.CharField("diarienummer, polisen", max_length=60, blank=True)
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", related_name="+", null=True, editable=False
    )
    # The first day on which the published successor holds instead.
    replaced_from = models.DateField("ersatt från och med", null=True, editable=False)
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    approved_at = models.DateTimeField("godkänt", null=True, editable=False)
    publish_at = models.DateTimeField("publiceras", null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    published_at = models.DateTimeField("publicerat", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    closed_at = models.DateTimeField("avslutat", null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False)
    withdrawn_at = models.DateTimeField("avpublicerat", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    withdrawn_reason = models.TextField("varför det avpublicerades", blank=True, editable=False)
    frozen = models.JSONField("fryst text", null=True, editable=False)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)

    objects = PromiseDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "löftesdokument"
        verbose_name_plural = "löftesdokument"
        ordering = ["partnership", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="promise_document_ends_after_start",
                violation_error_message="Slutdatum måste ligga efter startdatum.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", approved_at__isnull=True, frozen__isnull=True, checksum="")
                | Q(~Q(status="draft"), frozen__isnull=False, checksum__gt=""),
                name="promise_document_approved_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "approved"], published_at__isnull=True, published_by__isnull=True)
                | Q(
                    status__in=["published", "closed", "withdrawn"],
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="promise_document_published_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True, scheduled_by__isnull=True)
                | Q(~Q(status="draft"), publish_at__isnull=False, scheduled_by__isnull=False),
                name="promise_document_scheduled_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, closed_by__isnull=False) | Q(~Q(status="closed")),
                name="promise_document_closed_at_has_by",
            ),
            # Asked for twice at the same moment, the next version is still one.
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(status="withdrawn"), name="promise_document_replaced_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawn_reason=""),
                name="promise_document_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, status="withdrawn"),
                name="promise_document_withdrawn_at_has_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("citizen_promises:detail", args=[self.pk])

    @property
    def is_due(self) -> bool:
        """Whether the set time has come and the document only waits to be entered as published."""
        return self.status == self.Status.APPROVED and self.publish_at is not None and self.publish_at <= now()

    @property
    def is_public(self) -> bool:
        """Whether residents read it now: the same question as `public` asks the database."""
        return self.status in self.PUBLIC_STATUSES or self.is_due

    @property
    def is_scheduled(self) -> bool:
        return self.status == self.Status.APPROVED and self.publish_at is not None

    @property
    def last_day(self) -> dt.date | None:
        """The last day that it holds: its own, or the day before a successor begins."""
        before = self.replaced_from - dt.timedelta(days=1) if self.replaced_from else None
        return min((day for day in (self.ends, before) if day), default=None)

    def period(self, day: dt.date) -> Period:
        """What the calendar says."""
        if day < self.starts:
            return Period.COMING
        return Period.ENDED if self.last_day and day > self.last_day else Period.CURRENT
