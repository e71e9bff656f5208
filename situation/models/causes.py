"""Cause analyses: why a prioritised problem arises just there and then, and which causes the parties go for."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from journal.models import Record
from lib.swedish import listing
from partnerships.models import Partnership
from situation.models.problem import Problem
from situation.models.source import Source


class CauseAnalysisQuerySet(models.QuerySet["CauseAnalysis"]):
    def visible_to(self, user: User) -> "CauseAnalysisQuerySet":
        """Who reads the problem reads why it is there; it never leaves the partnership."""
        return self.filter(problem__in=Problem.objects.visible_to(user))

    def done(self) -> "CauseAnalysisQuerySet":
        return self.filter(status=CauseAnalysis.Status.DONE)


class CauseAnalysis(Record):
    """One problem, asked about by both parties in one meeting: the questions, the causes, and the conclusion."""

    class Status(models.TextChoices):
        ONGOING = "ongoing", "Pågår"
        DONE = "done", "Klar"

    class Method(models.TextChoices):
        TREE = "tree", "Orsaksträd"
        FISHBONE = "fishbone", "Fiskbensdiagram"
        CHAIN = "chain", "Händelsekedja"
        TALK = "talk", "Samtal"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    problem = models.OneToOneField(Problem, models.PROTECT, verbose_name="problem", related_name="analysis")
    what = models.TextField("vad händer, och hur går det till", blank=True)
    chain = models.TextField(
        "händelsekedja",
        blank=True,
        help_text="Ett led på varje rad, i den ordning det händer. Kedjan kan ofta brytas tidigt.",
    )
    where_when = models.TextField("var och när", blank=True)
    who = models.TextField("vilka grupper är inblandade och drabbas", blank=True, help_text="Grupper, aldrig enskilda.")
    why_here = models.TextField("vad gör att det händer just här och just då", blank=True)
    hindered = models.TextField("vem eller vad kunde ha hindrat det", blank=True)
    tried = models.TextField("vad har redan prövats, och vad blev det av det", blank=True)
    rivals = models.TextField("andra tänkbara förklaringar", blank=True, help_text="Det som talar emot er slutsats.")
    sources = models.ManyToManyField(Source, verbose_name="källor ur lägesbilden", related_name="+", blank=True)
    basis = models.TextField(
        "annat underlag", blank=True, help_text="Källor och dialoger som inte står i lägesbilden: vad, vems och när."
    )
    participants = models.TextField("medverkande funktioner", blank=True, help_text="Funktioner, inte namn.")
    police_took_part = models.BooleanField("polisen var med", default=False)
    municipality_took_part = models.BooleanField("kommunen var med", default=False)
    method = models.CharField("arbetssätt", max_length=10, choices=Method, default=Method.TREE)
    held_on = models.DateField("hölls den", null=True, blank=True)
    status = models.CharField("läge", max_length=8, choices=Status, default=Status.ONGOING, editable=False)

    objects = CauseAnalysisQuerySet.as_manager()

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = (Status.ONGOING,)
    TONES: ClassVar[dict[str, str]] = {"ongoing": "warn", "done": "ok"}
    PUT_ASIDE: ClassVar[tuple[str, ...]] = (Problem.Status.DISMISSED, Problem.Status.SOLVED)
    QUESTIONS: ClassVar[tuple[str, ...]] = ("what", "where_when", "who", "why_here", "hindered", "tried", "rivals")

    class Meta:
        verbose_name = "orsaksanalys"
        verbose_name_plural = "orsaksanalyser"
        ordering = ["problem"]

    def __str__(self) -> str:
        return f"Orsaksanalys: {self.problem}"

    def get_absolute_url(self) -> str:
        return reverse("situation:analysis", args=[self.pk])

    @property
    def is_out_of_date(self) -> bool:
        """Inaktuell: its problem is put aside or solved. Nobody has to say so, and taking it up again undoes it."""
        return self.problem.status in self.PUT_ASIDE

    @property
    def word(self) -> str:
        return "Inaktuell" if self.is_out_of_date else self.get_status_display()

    @property
    def tone(self) -> str:
        return "idle" if self.is_out_of_date else self.TONES[self.status]

    def answers(self) -> list[tuple[str, str]]:
        """The questions with what was answered, in the order they are asked."""
        fields = {field.name: field for field in self._meta.concrete_fields}
        return [(str(fields[name].verbose_name), getattr(self, name)) for name in self.QUESTIONS]

    @property
    def links(self) -> list[str]:
        """The chain of events, a link at a time."""
        return [link.strip() for link in self.chain.splitlines() if link.strip()]

    @property
    def is_ongoing(self) -> bool:
        return self.status == self.Status.ONGOING


class CauseQuerySet(models.QuerySet["Cause"]):
    def visible_to(self, user: User) -> "CauseQuerySet":
        return self.filter(analysis__in=CauseAnalysis.objects.visible_to(user))


class Cause(Record):
    """One cause of the problem, direct or lying behind another one. Its number follows it into the measures."""

    class Category(models.TextChoices):
        OFFENDER = "offender", "Gärningsperson"
        TARGET = "target", "Brottsutsatt eller utsatt objekt"
        PLACE = "place", "Plats"
        GUARDIAN = "guardian", "Kontroll saknas"

    class Nature(models.TextChoices):
        SOCIAL = "social", "Social"
        SITUATIONAL = "situational", "Situationell"
        MIXED = "mixed", "Blandad"

    class Level(models.TextChoices):
        DIRECT = "direct", "Direkt"
        UNDERLYING = "underlying", "Bakomliggande"

    class Support(models.TextChoices):
        DATA = "data", "Styrkt i data"
        JUDGEMENT = "judgement", "Bedömning"
        ASSUMPTION = "assumption", "Antagande"

    class Influence(models.TextChoices):
        POLICE = "police", "Polisen"
        MUNICIPALITY = "municipality", "Kommunen"
        BOTH = "both", "Båda"
        OTHER = "other", "Någon annan"
        NOBODY = "nobody", "Ingen av oss"

    analysis = models.ForeignKey(CauseAnalysis, models.CASCADE, verbose_name="orsaksanalys", related_name="causes")
    number = models.PositiveSmallIntegerField("nummer", editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="ligger bakom",
        related_name="children",
        null=True,
        blank=True,
        help_text="Välj den orsak som den här förklarar. Lämna tomt om den är direkt.",
    )
    text = models.CharField("orsak", max_length=250)
    category = models.CharField("kategori", max_length=10, choices=Category)
    nature = models.CharField("karaktär", max_length=12, choices=Nature)
    support = models.CharField("stöd", max_length=10, choices=Support, default=Support.ASSUMPTION)
    picture_source = models.ForeignKey(
        Source, models.PROTECT, verbose_name="källa ur lägesbilden", related_name="+", null=True, blank=True
    )
    source = models.CharField(
        "annan källa", max_length=200, blank=True, help_text="En källa krävs när orsaken är styrkt i data."
    )
    influence = models.CharField("vem kan påverka den", max_length=12, choices=Influence)
    chosen = models.BooleanField("ska påverkas", default=False, help_text="Orsaken som åtgärderna riktas mot.")
    priority = models.PositiveSmallIntegerField(
        "prioritet",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text="1 är viktigast. De andra flyttas så att ordningen stämmer.",
    )

    objects = CauseQuerySet.as_manager()

    class Meta:
        verbose_name = "orsak"
        verbose_name_plural = "orsaker"
        ordering = ["analysis", "number"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "number"], name="cause_number_once"),
            models.UniqueConstraint(fields=["analysis", "priority"], name="cause_priority_once"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="cause_not_behind_itself",
                violation_error_message="En orsak kan inte ligga bakom sig själv.",
            ),
            models.CheckConstraint(
                condition=~Q(support="data") | ~Q(source="") | Q(picture_source__isnull=False),
                name="cause_in_data_has_source",
                violation_error_message="Välj eller skriv vilken källa som styrker orsaken.",
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | ~Q(influence="nobody"),
                name="cause_chosen_can_be_influenced",
                violation_error_message="En orsak som ingen av er kan påverka kan inte väljas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def get_absolute_url(self) -> str:
        return f"{self.analysis.get_absolute_url()}#orsak-{self.number}"

    @property
    def level(self) -> "Cause.Level":
        """Direct causes lie behind no other; where they stand in the tree says it."""
        return self.Level.UNDERLYING if self.parent_id else self.Level.DIRECT

    @property
    def sources_told(self) -> str:
        """What supports it: the picture's source, what is written beside it, or nothing."""
        return listing([str(one) for one in (self.picture_source, self.source) if one])
