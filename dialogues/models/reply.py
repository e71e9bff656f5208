"""What residents answered on the public form: no account, no address, nothing that tells who they are.

A reply waits until somebody in the partnership has let it in or turned it away, with a reason. It is never shown to the
public: what it says is gathered under themes.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from dialogues.models.dialogue import Dialogue
from dialogues.models.heard import Theme
from journal.models import Record
from lib.dates import now, today


class Question(Record):
    """A question of the dialogue, as residents meet it."""

    class Kind(models.TextChoices):
        TEXT = "text", "Fritt svar"
        CHOICE = "choice", "Ett av flera alternativ"
        SCALE = "scale", "Skala 1–5"

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="questions")
    order = models.PositiveSmallIntegerField("ordning", default=1)
    text = models.CharField("frågan", max_length=300)
    help = models.CharField("hjälp till frågan", max_length=300, blank=True)
    kind = models.CharField("slag av svar", max_length=8, choices=Kind, default=Kind.TEXT)
    # One per line as typed: ["Ja", "Nej", "Vet inte"].
    options = models.JSONField("alternativ", default=list, blank=True)
    is_required = models.BooleanField("måste besvaras", default=False)

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ["dialogue", "order", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.dialogue.get_absolute_url()}fragor/"

    def get_options_display(self) -> str:
        """The alternatives in words, as the history tells them."""
        return ", ".join(self.options)


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, user: User) -> "ReplyQuerySet":
        return self.filter(dialogue__in=Dialogue.objects.visible_to(user))

    def waiting(self) -> "ReplyQuerySet":
        return self.filter(status=Reply.Status.WAITING)

    def accepted(self) -> "ReplyQuerySet":
        return self.filter(status=Reply.Status.ACCEPTED)


class Reply(models.Model):
    """One resident's answers. Only the day is kept: with the time, somebody could be told apart."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Väntar på granskning"
        ACCEPTED = "accepted", "Med i underlaget"
        REFUSED = "refused", "Inte med"

    # What `journal.edits` asks of every record; a reply is never edited.
    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ()

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="replies")
    received_on = models.DateField("inkom den", default=today, editable=False)
    status = models.CharField("läge", max_length=8, choices=Status, default=Status.WAITING, editable=False)
    reason = models.TextField("motivering", blank=True, editable=False)
    decided_at = models.DateTimeField("granskat", null=True, editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    themes = models.ManyToManyField(Theme, verbose_name="teman", related_name="replies", blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "svar från invånare"
        verbose_name_plural = "svar från invånare"
        ordering = ["dialogue", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["dialogue", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(status="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="reply_decision_has_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Svar {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.dialogue.get_absolute_url()}svar/"

    @property
    def decide_url(self) -> str:
        """The page where it is judged."""
        return f"{self.get_absolute_url()}{self.pk}/"


class Answer(models.Model):
    """The answer to one question: words, or the number on the scale."""

    reply = models.ForeignKey(Reply, models.CASCADE, verbose_name="svar", related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, verbose_name="fråga", related_name="answers")
    text = models.TextField("text", blank=True)
    value = models.PositiveSmallIntegerField("värde", null=True)

    class Meta:
        verbose_name = "svar på fråga"
        verbose_name_plural = "svar på frågor"
        ordering = ["reply", "question"]
        constraints = [models.UniqueConstraint(fields=["reply", "question"], name="answer_once_per_question")]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def words(self) -> str:
        """As it was answered: the text, the chosen alternative, or the step of the scale."""
        if self.value is None:
            return self.text
        options = self.question.options if self.question.kind == Question.Kind.CHOICE else []
        return str(options[self.value - 1]) if 0 < self.value <= len(options) else f"{self.value} av 5"


class Erasure(models.Model):
    """That a dialogue's replies have been erased (gallrats): who decided it, and what they had been counted to."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="erasures")
    decided_on = models.DateField("beslutad den")
    body = models.CharField("vem som beslutade", max_length=150)
    reference = models.CharField("diarienummer eller gallringsbeslut", max_length=150)
    replies = models.PositiveIntegerField("antal svar")
    # Question by question, as `dialogues.counting` counts: what stays when the replies have gone.
    counts = models.JSONField("sammanställning", default=list)
    erased_at = models.DateTimeField("gallrat", default=now)
    erased_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "gallring av svar"
        verbose_name_plural = "gallringar av svar"
        ordering = ["dialogue", "-erased_at"]

    def __str__(self) -> str:
        return f"{self.dialogue}: {self.replies} svar"
