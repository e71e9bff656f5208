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
from lib.dates import today


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
        ERASED = "erased", "Gallrad"

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
        return self.text[:80] if self.value is None else str(self.value)
