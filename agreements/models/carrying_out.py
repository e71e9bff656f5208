"""How a measure is carried out: its parts, those who take part, and the running log."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from agreements.models.measure import Measure
from journal.models import Record
from lib.dates import today
from partnerships.models import Partnership, Seat


class Part(Record):
    """A part of a measure: an occasion on a day, or something that must be done along the way."""

    class Kind(models.TextChoices):
        PART = "part", "Moment"
        OCCASION = "occasion", "Tillfälle"

    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name="åtgärd", related_name="parts")
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.PART)
    order = models.PositiveSmallIntegerField("ordning", default=1)
    text = models.CharField("vad", max_length=200)
    day = models.DateField("när", null=True, blank=True)
    function = models.CharField("vem", max_length=120, blank=True, help_text="Funktion, inte namn.")
    done_on = models.DateField("gjort den", null=True, editable=False)

    class Meta:
        verbose_name = "moment"
        verbose_name_plural = "moment"
        ordering = ["measure", "order", "pk"]

    def __str__(self) -> str:
        return self.text


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: User) -> "ParticipantQuerySet":
        return self.filter(measure__partnership__in=Partnership.objects.of(user))


class Participant(Record):
    """Who takes part in a measure: a function of the cooperation, or an organisation outside it."""

    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name="åtgärd", related_name="participants")
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name="funktion i samverkan", related_name="+", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="utförare utanför samverkan",
        related_name="+",
        null=True,
        blank=True,
        help_text="Organisationens utförare ser och loggar den här åtgärden, inget annat.",
    )
    task = models.CharField("uppgift", max_length=200, blank=True)
    hours = models.PositiveIntegerField("planerade timmar", null=True, blank=True)
    ended_on = models.DateField("med till och med", null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "medverkande"
        verbose_name_plural = "medverkande"
        ordering = ["measure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, organisation__isnull=True)
                | Q(seat__isnull=True, organisation__isnull=False),
                name="participant_seat_or_organisation",
                violation_error_message="Välj en funktion i samverkan eller en utförare utanför den, inte båda.",
            ),
            models.UniqueConstraint(
                fields=["measure", "seat"],
                condition=Q(ended_on__isnull=True, seat__isnull=False),
                name="participant_seat_once",
                violation_error_message="Funktionen medverkar redan.",
            ),
            models.UniqueConstraint(
                fields=["measure", "organisation"],
                condition=Q(ended_on__isnull=True, organisation__isnull=False),
                name="participant_organisation_once",
                violation_error_message="Organisationen medverkar redan.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.seat or self.organisation)


class MeasureLogQuerySet(models.QuerySet["MeasureLog"]):
    def visible_to(self, user: User) -> "MeasureLogQuerySet":
        return self.filter(measure__partnership__in=Partnership.objects.of(user))


class MeasureLog(Record):
    """A line in the running log of a measure: what was done, and how many times."""

    class State(models.TextChoices):
        DONE = "done", "Gjort"
        UNDER_WAY = "under_way", "På gång"
        STUCK = "stuck", "Har kört fast"

    TONES: ClassVar[dict[str, str]] = {"done": "ok", "under_way": "brand", "stuck": "bad"}

    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name="åtgärd", related_name="log")
    day = models.DateField("datum", default=today)
    text = models.TextField("vad som gjordes")
    count = models.PositiveIntegerField("antal", default=0)
    # Set where an outside actor wrote the line: for which organisation.
    participant = models.ForeignKey(
        Participant,
        models.PROTECT,
        verbose_name="utförare utanför samverkan",
        related_name="lines",
        null=True,
        editable=False,
    )
    state = models.CharField("läget", max_length=10, choices=State, default=State.DONE)
    hours = models.DecimalField("timmar", max_digits=6, decimal_places=1, null=True, blank=True)
    kronor = models.PositiveIntegerField("kronor", null=True, blank=True)

    objects = MeasureLogQuerySet.as_manager()

    class Meta:
        verbose_name = "loggrad"
        verbose_name_plural = "loggrader"
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.day}: {self.text[:60]}"

    @property
    def tone(self) -> str:
        return self.TONES[self.state]
