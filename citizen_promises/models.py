"""What we promise: promise documents with their promises, published for everyone, and what came of them."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from agreements.models import Agreement, Measure
from journal.models import Record
from lib.dates import today
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party


class PromiseDocumentQuerySet(models.QuerySet["PromiseDocument"]):
    def visible_to(self, user: User) -> "PromiseDocumentQuerySet":
        """Everything inside the partnership; those who oversee it see what residents see."""
        inside = Q(partnership__in=Partnership.objects.of(user))
        overseen = Q(partnership__in=Partnership.objects.overseen_by(user), status=PromiseDocument.Status.PUBLISHED)
        return self.filter(inside | overseen)

    def ever_public(self) -> "PromiseDocumentQuerySet":
        """What residents can read or once could: drafts are nobody's business."""
        return self.exclude(status=PromiseDocument.Status.DRAFT)

    def public(self) -> "PromiseDocumentQuerySet":
        """What a resident without an account may read."""
        return self.filter(status=PromiseDocument.Status.PUBLISHED)

    def summarised(self) -> "PromiseDocumentQuerySet":
        """Each with `promise_count`, `kept_count` and `untold_count` (promises without feedback)."""
        return self.select_related("municipality").annotate(
            promise_count=Count("promises"),
            kept_count=Count("promises", filter=Q(promises__status="kept")),
            untold_count=Count("promises", filter=Q(promises__feedback="")),
        )

    def valid(self, day: dt.date) -> "PromiseDocumentQuerySet":
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)


class Period(models.TextChoices):
    """What the calendar says of a document: never stored."""

    COMING = "coming", "Börjar gälla senare"
    CURRENT = "current", "Gäller nu"
    ENDED = "ended", "Tiden har gått ut"


class PromiseDocument(Record):
    """Medborgarlöften for one municipality and period. Published text never changes: the database refuses."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        PUBLISHED = "published", "Publicerat"
        WITHDRAWN = "withdrawn", "Avpublicerat"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("draft",)

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
    starts = models.DateField("gäller från och med")
    ends = models.DateField(
        "gäller till och med", null=True, blank=True, help_text="Lämna tomt om de gäller tills nästa löfte."
    )
    situation = models.TextField("lägesbilden i korthet", help_text="Så att den som bor här förstår varför.")
    how_made = models.TextField("hur löftena togs fram", help_text="Dialoger, antal svar, metoder.")
    follow_up = models.TextField("hur och när ni berättar hur det gick")
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField("publicerat", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
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
                condition=(
                    Q(status="draft", published_at__isnull=True, published_by__isnull=True)
                    | (
                        ~Q(status="draft")
                        & Q(
                            published_at__isnull=False,
                            published_by__isnull=False,
                            checksum__gt="",
                            frozen__isnull=False,
                        )
                    )
                ),
                name="promise_document_published_is_frozen",
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

    def period(self, day: dt.date) -> Period:
        if day < self.starts:
            return Period.COMING
        return Period.ENDED if self.ends and day > self.ends else Period.CURRENT


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, user: User) -> "PromiseQuerySet":
        return self.filter(document__in=PromiseDocument.objects.visible_to(user))

    def public(self) -> "PromiseQuerySet":
        return self.filter(document__status=PromiseDocument.Status.PUBLISHED)

    def with_progress(self) -> "PromiseQuerySet":
        """Each with `done` (the sum of its outcomes' counts) and `told_on` (the latest outcome's day)."""
        return self.annotate(done=Coalesce(Sum("outcomes__count"), 0), told_on=Max("outcomes__day"))

    def missing_feedback(self, day: dt.date) -> "PromiseQuerySet":
        """Published promises whose time is over and that nobody has reported back on."""
        return self.public().filter(document__ends__lt=day, feedback="")


class Promise(Record):
    """A löftespunkt: what a party promises residents, countable or with a ground for judging it."""

    class Promiser(models.TextChoices):
        POLICE = "police", "Polisen lovar"
        MUNICIPALITY = "municipality", "Kommunen lovar"
        JOINT = "joint", "Tillsammans lovar vi"
        OTHER = "other", "Annan part lovar"

    class Status(models.TextChoices):
        ONGOING = "ongoing", "Pågår"
        KEPT = "kept", "Uppfyllt"
        PARTLY = "partly", "Delvis uppfyllt"
        NOT_KEPT = "not_kept", "Inte uppfyllt"
        CANCELLED = "cancelled", "Avbrutet"

    document = models.ForeignKey(
        PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="promises"
    )
    order = models.PositiveSmallIntegerField("ordning", default=1)
    text = models.TextField(
        "löftet",
        help_text="Konkret: vad, var, hur ofta och till när. Utan fackord. Den första raden blir rubrik.",
    )
    promiser = models.CharField("vem lovar", max_length=12, choices=Promiser)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+", null=True, blank=True)
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        verbose_name="åtgärd",
        related_name="+",
        null=True,
        blank=True,
        help_text="Löften väljs ur åtgärderna.",
    )
    why = models.TextField("det här berättade ni", blank=True, help_text="Vad invånarna sa som ledde till löftet.")
    planned_count = models.PositiveIntegerField("antal", null=True, blank=True)
    unit = models.CharField("vad som räknas", max_length=60, blank=True)
    per = models.CharField("per period", max_length=60, blank=True, help_text="Till exempel per termin.")
    basis = models.TextField("hur ni bedömer löftet om det inte går att räkna", blank=True)
    function = models.CharField("ansvarig funktion (visas inte utåt)", max_length=120)
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.ONGOING, editable=False)
    status_reason = models.TextField("motivering (publik)", blank=True, editable=False)
    settled_on = models.DateField("bedömt den", null=True, editable=False)
    feedback = models.TextField("återkoppling (publik)", blank=True)
    feedback_on = models.DateField("återkopplat den", null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "löftespunkt"
        verbose_name_plural = "löftespunkter"
        ordering = ["document", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(planned_count=None) | ~Q(basis=""),
                name="promise_countable_or_judged",
                violation_error_message=(
                    "Ange ett antal, eller skriv hur ni bedömer löftet om det inte går att räkna."
                ),
            ),
            models.CheckConstraint(
                condition=Q(planned_count__isnull=True) | ~Q(unit=""),
                name="promise_count_has_unit",
                violation_error_message="Skriv vad som räknas, till exempel trygghetsvandringar.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["ongoing", "kept"]) | ~Q(status_reason=""),
                name="promise_not_kept_has_reason",
                violation_error_message="Skriv varför löftet inte är uppfyllt. Texten visas för invånarna.",
            ),
            models.CheckConstraint(
                condition=Q(feedback="", feedback_on__isnull=True) | (~Q(feedback="") & Q(feedback_on__isnull=False)),
                name="promise_feedback_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.heading if len(self.heading) <= 80 else f"{self.heading[:79]}…"

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#lofte-{self.pk}"

    @property
    def heading(self) -> str:
        """The first line: what the promise is called."""
        return self.text.strip().partition("\n")[0].strip()

    @property
    def is_counted(self) -> bool:
        """Whether done can be compared with planned. A count per term or month has no sum to reach."""
        return bool(self.planned_count) and not self.per


class Outcome(Record):
    """What happened with a promise: a dated line with a count, shown to residents."""

    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="löftespunkt", related_name="outcomes")
    day = models.DateField("datum", default=today)
    count = models.PositiveIntegerField("antal", default=0)
    text = models.TextField("vad som hände (publikt)")

    class Meta:
        verbose_name = "utfall"
        verbose_name_plural = "utfall"
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.day}: {self.text[:60]}"
