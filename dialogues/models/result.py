"""What residents read of a dialogue: the text as it was published, version by version."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from dialogues.models.dialogue import Dialogue
from lib.dates import now


class DialogueResultQuerySet(models.QuerySet["DialogueResult"]):
    def newest(self) -> "DialogueResultQuerySet":
        """The latest version of each dialogue's result, also where it has been withdrawn."""
        same = models.Q(dialogue=models.OuterRef("dialogue"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(DialogueResult.objects.filter(same)))

    def public(self) -> "DialogueResultQuerySet":
        """The latest version of each dialogue's published result, unless it has been withdrawn."""
        return self.newest().filter(withdrawn_at__isnull=True)


class DialogueResult(models.Model):
    """A published result: what was asked, what was said and how each theme was answered. Its text never changes."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="results")
    version = models.PositiveSmallIntegerField("version")
    frozen = models.JSONField("fryst text")
    checksum = models.CharField("kontrollsumma", max_length=64)
    published_at = models.DateTimeField("publicerat", default=now)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("avpublicerat", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    withdrawn_reason = models.TextField("varför det avpublicerades", blank=True)

    objects = DialogueResultQuerySet.as_manager()

    class Meta:
        verbose_name = "publicerat dialogresultat"
        verbose_name_plural = "publicerade dialogresultat"
        ordering = ["dialogue", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "version"], name="dialogue_result_version_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="dialogue_result_withdrawn_has_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue}, version {self.version}"
