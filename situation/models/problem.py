"""Problems: what is delimited, weighed and decided about."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import PARTY_ROLES
from journal.models import Record
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from situation.models.picture import Picture
from situation.models.source import Source

# Not in an own picture, or in one that has been shared.
_COMMON_PROBLEM = Q(picture=None) | Q(picture__kind=Picture.Kind.JOINT) | Q(picture__shared_at__isnull=False)


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, user: User) -> "ProblemQuerySet":
        """Free text: only inside the partnership, and of an own picture that is not shared only in its party."""
        mine = Q(picture__owner__in=Party.objects.of(user, *PARTY_ROLES))
        return self.filter(Q(partnership__in=Partnership.objects.of(user)) & (_COMMON_PROBLEM | mine))

    def common(self) -> "ProblemQuerySet":
        """What every party may read, and hence what measures and agreements may stand on."""
        return self.filter(_COMMON_PROBLEM)

    def live(self) -> "ProblemQuerySet":
        """Without those left behind in a replaced picture before anybody decided about them."""
        return self.exclude(status=Problem.Status.IDENTIFIED, picture__status=Picture.Status.REPLACED)

    def prioritised(self) -> "ProblemQuerySet":
        return self.filter(status=Problem.Status.PRIORITISED).in_order()

    def in_order(self) -> "ProblemQuerySet":
        """The prioritised first, as they are ranked, then the others as they were written."""
        return self.order_by(F("rank").asc(nulls_last=True), "pk")


class Problem(Record):
    """A delimited problem of crime or insecurity: what, where, when, whom it hits."""

    class Status(models.TextChoices):
        IDENTIFIED = "identified", "Identifierat"
        PRIORITISED = "prioritised", "Prioriterat"
        WATCHED = "watched", "Bevakas"
        DISMISSED = "dismissed", "Avskrivet"
        SOLVED = "solved", "Löst"

    class Trend(models.TextChoices):
        DECREASING = "decreasing", "Minskar"
        UNCHANGED = "unchanged", "Oförändrat"
        INCREASING = "increasing", "Ökar"
        UNKNOWN = "unknown", "Uppgift saknas"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om problemet är gemensamt.",
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, verbose_name="lägesbild", related_name="problems", null=True, blank=True
    )
    title = models.CharField("problem", max_length=200)
    description = models.TextField("beskrivning", blank=True, help_text="Vad händer, hur går det till, vilka drabbas?")
    place = models.CharField("plats", max_length=200, blank=True)
    time = models.CharField("tid", max_length=200, blank=True)
    crime_types = models.CharField("brottstyper", max_length=200, blank=True)
    groups = models.CharField(
        "berörda grupper", max_length=250, blank=True, help_text="Grupper av minst fem personer, aldrig enskilda."
    )
    extent = models.CharField("omfattning", max_length=250, blank=True)
    insecurity = models.CharField("påverkan på otrygghet", max_length=250, blank=True)
    trend = models.CharField("utveckling", max_length=12, choices=Trend, default=Trend.UNKNOWN)
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.IDENTIFIED, editable=False)
    reason = models.TextField("motivering", blank=True, editable=False)
    rank = models.PositiveSmallIntegerField("ordning", null=True, blank=True, editable=False)
    # What shows that the problem is there: of the sources of its own picture.
    sources = models.ManyToManyField(Source, verbose_name="källor", related_name="+", blank=True)
    # In a joint picture: the problems of the own pictures that it was taken from, one or both parties'.
    taken_from = models.ManyToManyField("self", symmetrical=False, related_name="taken_into", editable=False)

    objects = ProblemQuerySet.as_manager()

    TONES: ClassVar[dict[str, str]] = {
        "identified": "idle",
        "prioritised": "brand",
        "watched": "warn",
        "dismissed": "idle",
        "solved": "ok",
    }
    TREND_TONES: ClassVar[dict[str, str]] = {
        "decreasing": "ok",
        "unchanged": "idle",
        "increasing": "bad",
        "unknown": "idle",
    }

    class Meta:
        verbose_name = "problem"
        verbose_name_plural = "problem"
        ordering = ["partnership", "rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["watched", "dismissed"]) | ~Q(reason=""),
                name="problem_put_aside_has_reason",
                violation_error_message="Skriv varför problemet inte prioriteras.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:problem", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def trend_tone(self) -> str:
        return self.TREND_TONES[self.trend]

    @property
    def is_common(self) -> bool:
        """Whether every party may read it."""
        return self.picture is None or self.picture.is_common
