"""Measures: what is done about the causes of a problem."""

import datetime as dt
from functools import cached_property
from typing import ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from agreements.models.agreement import Agreement
from agreements.models.catalogue import Assessment, Evidence, Manner, MeasureKind, MeasureType, Origin, Prevention
from agreements.models.goal import Goal
from journal.models import Record
from lib.swedish import number
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party, Seat
from situation.models import Cause, Problem


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> "MeasureQuerySet":
        return self.filter(partnership__in=Partnership.objects.of(user))

    def overdue(self, day: dt.date) -> "MeasureQuerySet":
        return self.filter(ends__lt=day, status__in=Measure.LIVE_STATUSES)

    def with_count(self) -> "MeasureQuerySet":
        """With `log_sum`, which `done_count` reads: one query for a list."""
        return self.annotate(log_sum=Coalesce(Sum("log__count"), 0))

    def stuck(self) -> "MeasureQuerySet":
        """Those that go on and whose latest line in the log says that they have come to a stop."""
        return self.annotate(log_state=_latest_state()).filter(log_state="stuck", status__in=Measure.LIVE_STATUSES)

    def with_state(self) -> "MeasureQuerySet":
        """With `log_state`, which `is_stuck` reads: what the latest line in the log says."""
        return self.annotate(log_state=_latest_state())

    def waiting(self, day: dt.date) -> "MeasureQuerySet":
        """The live ones that are stuck or past their end, with `log_state`."""
        waits = Q(log_state="stuck") | Q(ends__lt=day)
        return self.annotate(log_state=_latest_state()).filter(waits, status__in=Measure.LIVE_STATUSES)

    def without_cause(self) -> "MeasureQuerySet":
        """The live ones that aim at no analysed cause and do not say why."""
        aimed = apps.get_model("agreements", "Aim")._default_manager.filter(measure=OuterRef("pk"))
        return self.filter(~Exists(aimed), without_cause_reason="", status__in=Measure.LIVE_STATUSES)


def _latest_state() -> Subquery:
    lines = apps.get_model("agreements", "MeasureLog")._default_manager  # it stands in a module above this one
    latest = lines.filter(measure=OuterRef("pk")).order_by("-day", "-pk")
    return Subquery(latest.values("state")[:1])


class Measure(Record):
    """An åtgärd under a problem: who does what, when, and how much."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Föreslagen"
        DECIDED = "decided", "Beslutad"
        ONGOING = "ongoing", "Pågår"
        DONE = "done", "Genomförd"
        PARTLY = "partly", "Delvis genomförd"
        NOT_DONE = "not_done", "Inte genomförd"
        CANCELLED = "cancelled", "Avbruten"

    Kind = MeasureKind
    Prevention = Prevention
    Evidence = Evidence
    Origin = Origin
    Manner = Manner
    Assessment = Assessment
    STARTED_STATUSES: ClassVar[tuple[str, ...]] = ("ongoing", "done", "partly")
    LIVE_STATUSES: ClassVar[tuple[str, ...]] = ("proposed", "decided", "ongoing")
    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("proposed", "decided", "ongoing")
    BEFORE_STATUSES: ClassVar[tuple[str, ...]] = ("proposed", "decided")
    ASSESSMENT_TONES: ClassVar[dict[str, str]] = {"green": "ok", "yellow": "warn", "red": "bad"}

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om åtgärden är gemensam.",
    )
    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="problem", related_name="+")
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="measures", null=True, blank=True
    )
    title = models.CharField("åtgärd", max_length=200)
    description = models.TextField("beskrivning", blank=True)
    causes = models.ManyToManyField(
        Cause,
        verbose_name="orsaker",
        related_name="+",
        blank=True,
        through="Aim",
        help_text="De orsaker som åtgärden ska påverka.",
    )
    without_cause_reason = models.TextField("varför ingen orsak är angiven", blank=True)
    goals = models.ManyToManyField(Goal, verbose_name="mål", related_name="measures", blank=True)
    kind = models.CharField("slag", max_length=15, choices=MeasureKind)
    type = models.ForeignKey(
        MeasureType, models.PROTECT, verbose_name="åtgärdstyp", related_name="+", null=True, blank=True
    )
    prevention = models.CharField("prevention", max_length=12, choices=Prevention)
    method = models.CharField("metod", max_length=150, blank=True)
    evidence = models.CharField("evidens", max_length=10, choices=Evidence, default=Evidence.UNKNOWN)
    evidence_link = models.URLField("var det står", blank=True)
    target_group = models.CharField("målgrupp", max_length=150, blank=True, help_text="En grupp, aldrig enskilda.")
    term = models.CharField("effekt väntas", max_length=6, choices=Goal.Term, blank=True)
    manner = models.CharField("hur den utförs", max_length=10, choices=Manner, blank=True)
    origin = models.CharField("ursprung", max_length=6, choices=Origin, default=Origin.JOINT)
    origin_text = models.CharField("vilket eget mål eller uppdrag", max_length=250, blank=True)
    place = models.CharField("plats", max_length=200, blank=True, help_text="Krävs för situationella åtgärder.")
    responsible = models.ForeignKey(Party, models.PROTECT, verbose_name="ansvarig part", related_name="+")
    function = models.CharField("ansvarig funktion", max_length=120)
    contact = models.CharField(
        "kontaktfunktion", max_length=150, blank=True, help_text="Funktionen som svarar på frågor, och hur den nås."
    )
    # The function among the partnership's own, where it is one of them: by it hours are summed and reminders go out.
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name="funktion i samverkan", related_name="+", null=True, blank=True
    )
    hours = models.PositiveIntegerField("planerade timmar", null=True, blank=True)
    kronor = models.PositiveIntegerField("planerade kronor", null=True, blank=True)
    funding = models.CharField("finansiering", max_length=200, blank=True)
    starts = models.DateField("start")
    ends = models.DateField("slut", null=True, blank=True)
    planned_count = models.PositiveIntegerField("planerat antal", null=True, blank=True)
    unit = models.CharField("vad som räknas", max_length=60, blank=True, help_text="Till exempel fotpatruller.")
    per = models.CharField(
        "per",
        max_length=40,
        blank=True,
        help_text="Till exempel vecka, termin eller år. Lämna tomt om antalet gäller hela tiden.",
    )
    # The value from before: it is set before the start and never after.
    baseline = models.DecimalField("före-värde", max_digits=14, decimal_places=3, null=True, blank=True)
    baseline_text = models.CharField(
        "vad det mäter, period och källa", max_length=250, blank=True, help_text="Till exempel anmälda brott 2025, Brå."
    )
    baseline_reason = models.CharField(
        "kan inte mätas, därför att", max_length=250, blank=True, help_text="Skriv i stället för ett före-värde."
    )
    untold_reason = models.TextField(
        "varför det inte kan anges",
        blank=True,
        help_text="Om det inte går att säga när effekten väntas, hur åtgärden utförs eller vad den ska ge.",
    )
    repeats = models.ForeignKey(
        "self", models.PROTECT, verbose_name="upprepar", related_name="repeated_by", null=True, blank=True
    )
    repeat_reason = models.TextField("varför den görs igen", blank=True)
    assessment = models.CharField("bedömning", max_length=6, choices=Assessment, blank=True, editable=False)
    assessment_text = models.TextField("vad den ledde till", blank=True, editable=False)
    decided_on = models.DateField("beslutad den", null=True, editable=False)
    decided_by = models.CharField("beslutad av", max_length=150, blank=True, editable=False)
    decision_reference = models.CharField("protokoll eller diarienummer", max_length=80, blank=True, editable=False)
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.PROPOSED, editable=False)

    objects = MeasureQuerySet.as_manager()

    TONES: ClassVar[dict[str, str]] = {
        "proposed": "idle",
        "decided": "brand",
        "ongoing": "brand",
        "done": "ok",
        "partly": "warn",
        "not_done": "bad",
        "cancelled": "bad",
    }

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ["partnership", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="measure_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.CheckConstraint(
                condition=Q(prevention="social") | ~Q(place=""),
                name="measure_situational_has_place",
                violation_error_message="Ange platsen: en situationell åtgärd riktar sig mot en plats.",
            ),
            models.CheckConstraint(
                condition=Q(planned_count__isnull=True) | ~Q(unit=""),
                name="measure_count_has_unit",
                violation_error_message="Skriv vad som räknas, till exempel fotpatruller.",
            ),
            models.CheckConstraint(
                condition=Q(per="") | Q(planned_count__isnull=False),
                name="measure_per_has_count",
                violation_error_message="Skriv hur många det ska bli per period.",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeat_reason=""),
                name="measure_repeated_has_reason",
                violation_error_message="Skriv varför åtgärden görs igen.",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("id")),
                name="measure_not_repeating_itself",
                violation_error_message="En åtgärd kan inte upprepa sig själv.",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline_text=""),
                name="measure_baseline_is_told",
                violation_error_message="Skriv vad före-värdet mäter, för vilken period och enligt vem.",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(status__in=["ongoing", "done", "partly"]) | Q(baseline__isnull=False) | ~Q(baseline_reason="")
                ),
                name="measure_started_has_baseline",
                violation_error_message="Skriv före-värdet, eller varför det inte kan mätas, innan åtgärden påbörjas.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="own") | ~Q(origin_text=""),
                name="measure_own_origin_is_told",
                violation_error_message="Skriv vilket eget mål eller uppdrag åtgärden kommer ur.",
            ),
            models.CheckConstraint(
                condition=Q(assessment="") | ~Q(assessment_text=""),
                name="measure_assessment_is_told",
                violation_error_message="Skriv vad åtgärden ledde till.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:measure", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def assessment_tone(self) -> str:
        return self.ASSESSMENT_TONES.get(self.assessment, "idle")

    @property
    def lacks_baseline(self) -> bool:
        """Neither a value from before nor an honest word on why there can be none: it may not begin."""
        return self.baseline is None and not self.baseline_reason

    @property
    def before_in_words(self) -> str:
        """The value from before with what it measures, or why there is none; empty where nobody has said."""
        if self.baseline is not None:
            return f"{number(self.baseline)} {self.baseline_text}"
        return f"Kan inte mätas: {self.baseline_reason}" if self.baseline_reason else ""

    @property
    def may_still_measure_before(self) -> bool:
        """Whether the value from before may be written: until it begins, and never after."""
        return self.status in self.BEFORE_STATUSES

    @cached_property
    def is_stuck(self) -> bool:
        """By the latest line of its log. Lists have it from `with_state`."""
        if "log_state" in vars(self):
            latest = vars(self)["log_state"]
        else:
            latest = self.log.order_by("-day", "-pk").values_list("state", flat=True).first()
        return self.is_live and latest == "stuck"

    @property
    def is_repeated_unassessed(self) -> bool:
        """Done again though nobody has said what it led to. Lists have it from `select_related("repeats")`."""
        return self.repeats is not None and not self.repeats.assessment

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE_STATUSES

    def is_overdue(self, day: dt.date) -> bool:
        return self.is_live and self.ends is not None and self.ends < day

    @cached_property
    def done_count(self) -> int:
        """How many times it has been done, by the log. Lists have it from `with_count`."""
        if "log_sum" in vars(self):
            return int(vars(self)["log_sum"])
        return self.log.aggregate(sum=Sum("count"))["sum"] or 0

    @property
    def progress(self) -> int | None:
        """How far, 0–100 percent; None where nothing was planned to be counted, or so many each period."""
        if self.per:
            return None
        return min(100, round(100 * self.done_count / self.planned_count)) if self.planned_count else None

    @property
    def progress_text(self) -> str:
        """As "16 av 25 fotpatruller" or "2 besök per termin, 5 hittills"; what goes beyond the plan is not hidden."""
        if self.per:
            return f"{self.planned_in_words}, {number(self.done_count)} hittills"
        planned = "" if self.planned_count is None else f" av {number(self.planned_count)}"
        return f"{number(self.done_count)}{planned} {self.unit}".strip()

    @property
    def planned_in_words(self) -> str:
        """As "25 fotpatruller" or "2 besök per termin"; empty where nothing is to be counted."""
        if self.planned_count is None:
            return ""
        period = self.per.removeprefix("per ")
        return f"{number(self.planned_count)} {self.unit}{f' per {period}' if period else ''}"
