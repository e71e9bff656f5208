"""Who follows promises by e-mail, what has changed for them, and which letter has gone out.

The only rooms' rows with an address of somebody without an account. It is nobody's but the letter's: the row goes, and
its letters with it, when the follower says so. Hence nothing here is written in the journal, which never forgets.
"""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from citizen_promises.models import Outcome, Promise, PromiseDocument
from lib.dates import now, today
from municipalities.models import Municipality

ERROR_LENGTH = 200


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        """Those who have said yes from their own letter box."""
        return self.filter(status=Subscription.Status.ACTIVE)

    def by_key(self, key: str) -> Self:
        """The one of a link, while it is there."""
        return self.filter(key=key)


class Subscription(models.Model):
    """An address that follows a municipality's promises, or one of them."""

    class Status(models.TextChoices):
        PENDING = "pending", "Väntar på bekräftelse"
        ACTIVE = "active", "Följer"

    # What the links in letters carry, signed: see subscriptions.links. Nothing of a link is stored.
    key = models.UUIDField("nyckel", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-postadress")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommun", related_name="+")
    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="löfte", related_name="+", null=True, blank=True)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.PENDING, editable=False)
    created_on = models.DateField("anmäld", default=today, editable=False)
    confirmed_at = models.DateTimeField("bekräftad", null=True, editable=False)
    # How many letters in a row the receiver's server has refused for good.
    refused = models.PositiveSmallIntegerField("avvisade brev i rad", default=0, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "följare"
        verbose_name_plural = "följare"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "municipality"], condition=Q(promise=None), name="subscription_once_per_municipality"
            ),
            models.UniqueConstraint(fields=["email", "promise"], name="subscription_once_per_promise"),
            models.CheckConstraint(
                condition=Q(status="pending", confirmed_at__isnull=True)
                | Q(status="active", confirmed_at__isnull=False),
                name="subscription_active_is_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "status"], name="subscription_of_municipality")]

    def __str__(self) -> str:
        return self.masked

    @property
    def heading(self) -> str:
        """What the followed promise is called; nothing for a withdrawn one, whose words are gone for everybody."""
        is_gone = self.promise and self.promise.document.status == PromiseDocument.Status.WITHDRAWN
        return self.promise.heading if self.promise and not is_gone else ""

    @property
    def masked(self) -> str:
        """The address as the operator sees it: "k…@e….se"."""
        name, _, domain = self.email.partition("@")
        host, _, top = domain.rpartition(".")
        return f"{name[:1]}…@{host[:1]}….{top}"


class Watch(models.Model):
    """How far the book has been read. One row; whoever takes up letters holds it, so that the pace is one for all."""

    seen = models.PositiveBigIntegerField("läst till och med händelse", default=0)

    class Meta:
        verbose_name = "bevakning"
        verbose_name_plural = "bevakning"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="watch_is_one")]

    def __str__(self) -> str:
        return f"Händelse {self.seen}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def unspread(self) -> Self:
        """Those that not every follower has a letter queued of yet."""
        return self.filter(spread_at=None).order_by("pk")

    def counted(self) -> Self:
        """Each with how many letters have gone out, wait, and did not arrive."""
        letters = {
            f"{name}_count": models.Count("mailings", filter=Q(mailings__status__in=statuses))
            for name, statuses in Mailing.COUNTED.items()
        }
        return self.annotate(**letters)


class Change(models.Model):
    """Something that followers are told, once each: the key makes it one row however often the book is read."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", "Nya löften"
        OUTCOME = "outcome", "Det här har hänt"
        SETTLED = "settled", "Löftet är bedömt"
        FEEDBACK = "feedback", "Återkoppling"
        WITHDRAWN = "withdrawn", "Löftena är avpublicerade"

    key = models.CharField("nyckel", max_length=60, unique=True, editable=False)
    kind = models.CharField("slag", max_length=10, choices=Kind, editable=False)
    document = models.ForeignKey(PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="+")
    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="löfte", related_name="+", null=True)
    # Should what was told be taken away, there is nothing left to tell of it.
    outcome = models.ForeignKey(Outcome, models.CASCADE, verbose_name="utfall", related_name="+", null=True)
    # The judgement, where it was one: if it is another when the letter is written, that one has a letter of its own.
    judged = models.CharField("bedömning", max_length=12, blank=True, editable=False)
    happened_at = models.DateTimeField("hände")
    noticed_at = models.DateTimeField("upptäckt", default=now)
    # The last follower that has a letter queued, and when all had.
    spread_to = models.PositiveBigIntegerField("köad till och med följare", default=0)
    spread_at = models.DateTimeField("köad till alla", null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "nyhet till följare"
        verbose_name_plural = "nyheter till följare"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.document.municipality})"


class MailingQuerySet(models.QuerySet["Mailing"]):
    def due(self, moment: dt.datetime) -> Self:
        return self.filter(status=Mailing.Status.QUEUED, due_at__lte=moment)

    def unsettled(self) -> Self:
        return self.filter(status__in=[Mailing.Status.QUEUED, Mailing.Status.CLAIMED, Mailing.Status.SENDING])


class Mailing(models.Model):
    """A change on its way to a follower; without a change, the letter with the link to say yes.

    queued → claimed (a worker holds it, nothing has happened) → sending (it is being handed over) → sent. What a dead
    worker had claimed goes back to the queue. What it was sending does not: the server may have taken it, and a letter
    too many is worse than one too few, so it stands as unclear and is counted for the operator. It is one letter at
    most per worker that dies.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "I kö"
        CLAIMED = "claimed", "Tagen av en arbetare"
        SENDING = "sending", "Lämnas till e-postservern"
        SENT = "sent", "Skickad"
        SKIPPED = "skipped", "Gällde inte längre"
        FAILED = "failed", "Kunde inte lämnas"
        UNCLEAR = "unclear", "Oklart om den kom fram"

    COUNTED = {
        "waiting": ("queued", "claimed", "sending"),
        "sent": ("sent",),
        "lost": ("failed", "unclear"),
    }

    subscription = models.ForeignKey(Subscription, models.CASCADE, verbose_name="följare", related_name="mailings")
    change = models.ForeignKey(
        Change, models.CASCADE, verbose_name="nyhet", related_name="mailings", null=True, blank=True
    )
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.QUEUED, editable=False)
    due_at = models.DateTimeField("tidigast", default=now)
    claim = models.UUIDField("tagen av", null=True, editable=False)
    claimed_at = models.DateTimeField("tagen", null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("försök", default=0, editable=False)
    settled_at = models.DateTimeField("avgjord", null=True, editable=False)
    error = models.CharField("fel", max_length=ERROR_LENGTH, blank=True, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "subscription"], name="mailing_once_per_change"),
            models.UniqueConstraint(
                fields=["subscription"],
                condition=Q(change=None, status__in=["queued", "claimed", "sending"]),
                name="mailing_one_invitation_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["claimed", "sending"]) | Q(claim__isnull=False, claimed_at__isnull=False),
                name="mailing_taken_is_claimed",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="mailing_in_queue"),
            models.Index(fields=["claimed_at"], name="mailing_pace"),
        ]

    def __str__(self) -> str:
        return f"Brev {self.pk}"
