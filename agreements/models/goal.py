"""Goals: what shall change, how much, from what, until when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from agreements.models.agreement import Agreement
from indicators.models import Indicator
from journal.models import Record
from lib.dates import today
from lib.swedish import date, number
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from situation.models import Problem


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> "GoalQuerySet":
        return self.filter(partnership__in=Partnership.objects.of(user))

    def live(self) -> "GoalQuerySet":
        return self.exclude(status=Goal.Status.DROPPED)


class Goal(Record):
    """A goal of the cooperation: of effect (what changes), process (how) or production (how many)."""

    class Level(models.TextChoices):
        OVERALL = "overall", "Övergripande mål"
        SUB = "sub", "Delmål"

    class Kind(models.TextChoices):
        EFFECT = "effect", "Effektmål"
        PROCESS = "process", "Processmål"
        PRODUCTION = "production", "Produktionsmål"

    class Direction(models.TextChoices):
        LESS = "less", "Minska"
        MORE = "more", "Öka"
        KEEP = "keep", "Behålla"
        REACH = "reach", "Uppnå"

    class Term(models.TextChoices):
        SHORT = "short", "På kort sikt"
        LONG = "long", "På lång sikt"

    class Answer(models.TextChoices):
        YES = "yes", "Ja"
        NO = "no", "Nej"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Föreslaget"
        ADOPTED = "adopted", "Antaget"
        DROPPED = "dropped", "Struket"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("proposed", "adopted")
    TONES: ClassVar[dict[str, str]] = {"proposed": "idle", "adopted": "brand", "dropped": "idle"}
    # The five questions of SMART, as the handbook asks them. An empty answer is one that nobody has tried.
    SMART: ClassVar[tuple[str, ...]] = ("specific", "measurable", "accepted", "realistic", "timed")

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om målet är gemensamt.",
    )
    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="problem", related_name="+")
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="goals", null=True, blank=True
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="delmål till", related_name="children", null=True, blank=True
    )
    level = models.CharField("nivå", max_length=10, choices=Level, default=Level.SUB)
    kind = models.CharField("slag", max_length=12, choices=Kind, default=Kind.EFFECT)
    text = models.CharField("mål", max_length=300, help_text="En mening: vad som ska minska, öka eller uppnås.")
    direction = models.CharField("rörelse", max_length=8, choices=Direction)
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        verbose_name="indikator",
        related_name="+",
        null=True,
        blank=True,
        help_text="Någon av siffrorna i systemet, eller beskriv ert eget mått nedanför.",
    )
    own_indicator = models.CharField("eget mått", max_length=200, blank=True)
    unit = models.CharField("enhet", max_length=60, blank=True, help_text="Till exempel anmälda brott per år.")
    source = models.CharField("källa", max_length=200, blank=True)
    baseline = models.DecimalField("utgångsvärde", max_digits=14, decimal_places=3, null=True, blank=True)
    baseline_period = models.CharField("utgångsvärdets period", max_length=60, blank=True)
    baseline_reason = models.CharField("varför utgångsvärde saknas", max_length=250, blank=True)
    target = models.DecimalField("målvärde", max_digits=14, decimal_places=3, null=True, blank=True)
    starts = models.DateField("målperiod från", null=True, blank=True)
    ends = models.DateField("ska vara nått senast", null=True, blank=True)
    term = models.CharField("effekt väntas", max_length=6, choices=Term, blank=True)
    responsible = models.ForeignKey(Party, models.PROTECT, verbose_name="ansvarig part", related_name="+")
    function = models.CharField("ansvarig funktion", max_length=120, blank=True)
    specific = models.CharField("specifikt", max_length=3, choices=Answer, blank=True)
    specific_comment = models.CharField("kommentar: specifikt", max_length=250, blank=True)
    measurable = models.CharField("mätbart", max_length=3, choices=Answer, blank=True)
    measurable_comment = models.CharField("kommentar: mätbart", max_length=250, blank=True)
    accepted = models.CharField("accepterat", max_length=3, choices=Answer, blank=True)
    accepted_comment = models.CharField("kommentar: accepterat", max_length=250, blank=True)
    realistic = models.CharField("realistiskt", max_length=3, choices=Answer, blank=True)
    realistic_comment = models.CharField("kommentar: realistiskt", max_length=250, blank=True)
    timed = models.CharField("tidsatt", max_length=3, choices=Answer, blank=True)
    timed_comment = models.CharField("kommentar: tidsatt", max_length=250, blank=True)
    smart_comment = models.CharField("prövningen i övrigt", max_length=250, blank=True)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.PROPOSED, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["partnership", "problem", "level", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="goal_not_its_own_parent",
                violation_error_message="Ett mål kan inte vara delmål till sig självt.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gt=F("starts")),
                name="goal_ends_after_start",
                violation_error_message="Målet ska nås efter att målperioden har börjat.",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline_period=""),
                name="goal_baseline_has_period",
                violation_error_message="Skriv vilken period utgångsvärdet gäller.",
            ),
            models.CheckConstraint(
                condition=(Q(target__isnull=True) & Q(baseline__isnull=True)) | ~Q(unit=""),
                name="goal_value_has_unit",
                violation_error_message="Skriv enheten, till exempel anmälda brott per år.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="effect") | Q(indicator__isnull=False) | ~Q(own_indicator=""),
                name="goal_of_effect_is_measured",
                violation_error_message="Ett effektmål behöver ett mått: välj en indikator, eller beskriv ett eget.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("agreements:goal", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def lacks_baseline(self) -> bool:
        """Without a value from before, nobody can say afterwards whether it changed."""
        return self.baseline is None

    @property
    def movement(self) -> str:
        """As "40 → 30 anmälda brott per år senast 2027-12-31", without what has not been said."""
        values = [number(value) for value in (self.baseline, self.target) if value is not None]
        unit = [self.unit] if values and self.unit else []
        return " ".join([" → ".join(values), *unit, *([f"senast {date(self.ends)}"] if self.ends else [])]).strip()


class GoalOutcome(Record):
    """Where a goal stood on a day, and why it is judged so. A later one does not change an earlier: it is a history."""

    class Outcome(models.TextChoices):
        ON_WAY = "on_way", "På väg"
        REACHED = "reached", "Nått"
        PARTLY = "partly", "Delvis nått"
        NOT_REACHED = "not_reached", "Inte nått"
        NOT_ASSESSABLE = "not_assessable", "Kan inte bedömas"

    TONES: ClassVar[dict[str, str]] = {
        "on_way": "brand",
        "reached": "ok",
        "partly": "warn",
        "not_reached": "bad",
        "not_assessable": "idle",
    }

    goal = models.ForeignKey(Goal, models.PROTECT, verbose_name="mål", related_name="outcomes")
    outcome = models.CharField("utfall", max_length=15, choices=Outcome)
    day = models.DateField("bedömt den", default=today)
    reason = models.TextField("varför", help_text="Vad bedömningen bygger på, eller varför målet inte kan bedömas.")

    class Meta:
        verbose_name = "målets utfall"
        verbose_name_plural = "målens utfall"
        ordering = ["goal", "-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="goal_outcome_has_reason", violation_error_message="Skriv varför."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {date(self.day)}"

    def get_absolute_url(self) -> str:
        return self.goal.get_absolute_url()

    @property
    def tone(self) -> str:
        return self.TONES[self.outcome]
