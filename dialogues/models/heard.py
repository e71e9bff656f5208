"""What was said: themes with their weight and their answer, proposals, what was put right at once, points of a walk."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from attachments.models import Attachment
from dialogues.models.dialogue import Dialogue
from journal.models import Record
from lib.dates import today
from situation.models import Problem


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, user: User) -> "ThemeQuerySet":
        return self.filter(dialogue__in=Dialogue.objects.visible_to(user))

    def unanswered(self) -> "ThemeQuerySet":
        return self.filter(outcome="")


class Theme(Record):
    """Something that several said, with how often and where; each theme gets an answer before the dialogue closes."""

    class Outcome(models.TextChoices):
        PROMISE = "promise", "Blev ett löfte"
        ELSEWHERE = "elsewhere", "Hanteras på annat håll"
        NOT_NOW = "not_now", "Inte nu"
        DONE = "done", "Redan åtgärdat"

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="themes")
    title = models.CharField("tema", max_length=150, help_text="Kort, med invånarnas ord.")
    text = models.TextField("vad som sades", blank=True)
    place = models.CharField("plats", max_length=150, blank=True)
    mentions = models.PositiveIntegerField("antal som nämnde det", default=1)
    quote = models.TextField("ett citat", blank=True, help_text="Ord som inte avslöjar vem som sa dem.")
    problem = models.ForeignKey(
        Problem, models.PROTECT, verbose_name="problem", related_name="+", null=True, blank=True
    )
    outcome = models.CharField("svar", max_length=12, choices=Outcome, blank=True)
    answer = models.TextField("svaret till dem som deltog", blank=True)
    handler = models.CharField("vem som hanterar det", max_length=150, blank=True)
    answered_on = models.DateField("besvarat den", null=True, blank=True)
    # What it was answered with before a promise took it up: goes back to that if the promise lets it go.
    earlier_outcome = models.CharField(max_length=12, choices=Outcome, blank=True, editable=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "teman"
        ordering = ["dialogue", "-mentions", "pk"]
        constraints = [
            # What became a promise is told by the promise itself.
            models.CheckConstraint(
                condition=Q(outcome__in=["", "promise"]) | ~Q(answer=""),
                name="theme_answer_has_words",
                violation_error_message="Skriv svaret till dem som deltog.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="elsewhere") | ~Q(handler=""),
                name="theme_elsewhere_names_who",
                violation_error_message="Skriv vem som hanterar frågan.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True) | (~Q(outcome="") & Q(answered_on__isnull=False)),
                name="theme_answer_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.dialogue.get_absolute_url()}#tema-{self.pk}"


class Proposal(Record):
    """What somebody in the dialogue proposed."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="proposals")
    text = models.TextField("förslaget")
    place = models.CharField("plats", max_length=150, blank=True)
    mentions = models.PositiveIntegerField("antal som föreslog det", default=1)

    class Meta:
        verbose_name = "förslag"
        verbose_name_plural = "förslag"
        ordering = ["dialogue", "-mentions", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class QuickFix(Record):
    """What was put right at once, without a promise: a lamp, a hedge."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="fixes")
    text = models.TextField("vad som åtgärdades")
    place = models.CharField("plats", max_length=150, blank=True)
    done_on = models.DateField("klart den", default=today)

    class Meta:
        verbose_name = "åtgärdat direkt"
        verbose_name_plural = "åtgärdat direkt"
        ordering = ["dialogue", "-done_on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class WalkPoint(Record):
    """A place where a trygghetsvandring stopped: what was seen, who sees to it, and whether it is done."""

    class Category(models.TextChoices):
        LIGHTING = "lighting", "Belysning"
        VEGETATION = "vegetation", "Vegetation"
        SIGHT = "sight", "Sikt"
        LITTER = "litter", "Skräp eller klotter"
        TRAFFIC = "traffic", "Trafik"
        UNREST = "unrest", "Social oro"
        OTHER = "other", "Annat"

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="trygghetsvandring", related_name="points")
    number = models.PositiveSmallIntegerField("nummer")
    place = models.CharField("plats", max_length=150)
    category = models.CharField("kategori", max_length=12, choices=Category)
    seen = models.TextField("vad ni såg", help_text="Aldrig ansikten, namn eller registreringsskyltar.")
    function = models.CharField("ansvarig funktion", max_length=120, blank=True)
    action = models.TextField("vad som görs", blank=True)
    done_on = models.DateField("klart den", null=True, blank=True)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, verbose_name="foto", related_name="+", null=True, editable=False
    )
    alt = models.CharField("vad bilden visar", max_length=200, blank=True)

    class Meta:
        verbose_name = "punkt på trygghetsvandringen"
        verbose_name_plural = "punkter på trygghetsvandringar"
        ordering = ["dialogue", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="walk_point_number_once"),
            models.CheckConstraint(
                condition=Q(photo__isnull=True) | ~Q(alt=""),
                name="walk_point_photo_has_alt",
                violation_error_message="Beskriv vad bilden visar, för den som inte ser den.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.place}"
