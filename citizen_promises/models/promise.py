"""A promise, what has happened with it, and how it went."""

import datetime as dt

from django.db import models
from django.db.models import Max, Q, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from agreements.models import Measure
from citizen_promises.models.document import PromiseDocument
from dialogues.models import Theme
from journal.models import Record
from lib.dates import today
from partnerships.models import Party


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, user: User) -> "PromiseQuerySet":
        return self.filter(document__in=PromiseDocument.objects.visible_to(user))

    def public(self) -> "PromiseQuerySet":
        return self.filter(document__in=PromiseDocument.objects.public())

    def with_progress(self) -> "PromiseQuerySet":
        """Each with `done` (the sum of its outcomes' counts) and `told_on` (the latest outcome's day)."""
        return self.annotate(done=Coalesce(Sum("outcomes__count"), 0), told_on=Max("outcomes__day"))

    def missing_feedback(self, day: dt.date) -> "PromiseQuerySet":
        """Published promises whose time is over and that nobody has reported back on."""
        over = Q(document__ends__lt=day) | Q(document__replaced_from__lte=day)
        return self.public().filter(over, feedback="")


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

    class Topic(models.TextChoices):
        PRESENCE = "presence", "Synlig närvaro"
        PLACE = "place", "Trygga platser"
        TRAFFIC = "traffic", "Trafik"
        YOUTH = "youth", "Barn och unga"
        DRUGS = "drugs", "Alkohol och narkotika"
        VIOLENCE = "violence", "Våld"
        THEFT = "theft", "Stöld och inbrott"
        FRAUD = "fraud", "Bedrägeri"
        DIALOGUE = "dialogue", "Dialog och information"
        OTHER = "other", "Annat"

    document = models.ForeignKey(
        PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="promises"
    )
    order = models.PositiveSmallIntegerField("ordning", default=1)
    text = models.TextField(
        "löftet",
        help_text="Konkret: vad, var, hur ofta och till när. Utan fackord. Den första raden blir rubrik.",
    )
    promiser = models.CharField("vem lovar", max_length=12, choices=Promiser)
    parties = models.ManyToManyField(
        Party,
        verbose_name="parter som lovar",
        related_name="+",
        blank=True,
        help_text="Behövs när en annan part lovar, eller när ni lovar tillsammans och vill säga vilka ni är.",
    )
    topic = models.CharField("ämne", max_length=12, choices=Topic, blank=True)
    area = models.CharField(
        "område", max_length=150, blank=True, help_text="Om löftet gäller en del av kommunen, till exempel en stadsdel."
    )
    measures = models.ManyToManyField(
        Measure, verbose_name="åtgärder", related_name="+", blank=True, help_text="Löften väljs ur åtgärderna."
    )
    shows_measures = models.BooleanField("visa åtgärdernas rubriker för invånarna", default=False)
    themes = models.ManyToManyField(
        Theme,
        verbose_name="teman ur dialoger",
        related_name="+",
        blank=True,
        help_text="Det som invånarna sa och som löftet svarar på. Temats rubrik visas för alla.",
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
