"""Groups, and the functions of the cooperation with their holders over time."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from accounts.models import Organisation, User
from journal.models import Record
from lib.dates import today
from municipalities.models import Municipality
from partnerships.models.partnership import Partnership

if TYPE_CHECKING:
    from collections.abc import Iterable


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: User) -> "SeatQuerySet":
        """That the function exists, and whether it is vacant. Who holds it is seen inside: see `of`."""
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def of(self, user: User) -> "SeatQuerySet":
        """Seats whose holders the person may see by name."""
        return self.filter(partnership__in=Partnership.objects.of(user))

    def existing(self, day: dt.date) -> "SeatQuerySet":
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def outlasting(self, day: dt.date) -> "SeatQuerySet":
        """Those that exist, or will, after the day."""
        return self.filter(Q(ends=None) | Q(ends__gt=day))

    def vacant(self, day: dt.date) -> "SeatQuerySet":
        """Seats that nobody holds on the day, with `last_held`: the last day somebody did, or None."""
        held = Holding.objects.on(day).filter(seat=OuterRef("pk"))
        last = Max("holdings__ends", filter=Q(holdings__ends__lt=day))
        return self.existing(day).filter(~Exists(held)).annotate(last_held=last)


class Seat(Record):
    """A function in the cooperation. It stays when its holder leaves, so that a vacancy shows."""

    class Function(models.TextChoices):
        MUNICIPAL_POLICE = "municipal_police", "Kommunpolis"
        COORDINATOR = "coordinator", "Samordnare"
        LPA_CHIEF = "lpa_chief", "Chef för lokalpolisområdet"
        BOARD_CHAIR = "board_chair", "Kommunstyrelsens ordförande"
        CHIEF_EXECUTIVE = "chief_executive", "Kommundirektör"
        COMMUNICATION = "communication", "Kommunikationsansvarig"
        AREA_POLICE = "area_police", "Områdespolis"
        CHAIR = "chair", "Ordförande"
        OTHER = "other", "Annan funktion"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="+")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="gäller kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om funktionen gäller hela samverkan.",
    )
    function = models.CharField("funktion", max_length=20, choices=Function)
    title = models.CharField(
        "lokal benämning",
        max_length=120,
        blank=True,
        help_text="Till exempel Trygghetssamordnare. Visas i stället för funktionen.",
    )
    starts = models.DateField("funktionen finns från och med", default=today)
    ends = models.DateField("funktionen finns till och med", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "funktion"
        verbose_name_plural = "funktioner"
        ordering = ["partnership", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="seat_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.CheckConstraint(
                condition=~Q(function="other") | ~Q(title=""),
                name="seat_other_has_title",
                violation_error_message="Skriv vad funktionen heter när du väljer Annan funktion.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_function_display()

    def get_absolute_url(self) -> str:
        return reverse("partnerships:seat", args=[self.pk])

    def holding_on(self, day: dt.date, among: "Iterable[Holding] | None" = None) -> "Holding | None":
        """Who holds the seat on the day; None is a vacancy. Uses prefetched holdings where they are."""
        holdings = self.holdings.all() if among is None else among
        return next((h for h in holdings if h.covers(day)), None)

    def vacant_since(self, day: dt.date) -> dt.date | None:
        """The first day of the vacancy that holds on the day, or None while somebody has the seat."""
        holdings = list(self.holdings.all())
        if self.holding_on(day, holdings):
            return None
        return self.vacant_after(max((h.ends for h in holdings if h.ends and h.ends < day), default=None))

    def vacant_after(self, last_held: dt.date | None) -> dt.date:
        """The first day of a vacancy: the day after the last holder, or the function's own first day."""
        return last_held + dt.timedelta(days=1) if last_held else self.starts


class HoldingQuerySet(models.QuerySet["Holding"]):
    def visible_to(self, user: User) -> "HoldingQuerySet":
        """As for seats: the pages above decide whether the name is shown."""
        return self.filter(seat__in=Seat.objects.visible_to(user))

    def on(self, day: dt.date) -> "HoldingQuerySet":
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def meeting(self, starts: dt.date, ends: dt.date | None) -> "HoldingQuerySet":
        """Those that share at least one day with the period; None is an open end."""
        found = self.filter(Q(ends=None) | Q(ends__gte=starts))
        return found.filter(starts__lte=ends) if ends else found


class Holding(Record):
    """A person on a seat from one day to another. Names stay inside the partnership."""

    seat = models.ForeignKey(Seat, models.PROTECT, verbose_name="funktion", related_name="holdings")
    name = models.CharField("namn", max_length=150)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="användare", related_name="+", null=True, blank=True)
    acting = models.BooleanField("tillförordnad", default=False)
    share = models.PositiveSmallIntegerField(
        "avsatt tid, procent",
        null=True,
        blank=True,
        help_text="Hur stor del av en heltid som är avsatt för uppdraget.",
    )
    starts = models.DateField("från och med", default=today)
    ends = models.DateField("till och med", null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "innehavare"
        verbose_name_plural = "innehavare"
        ordering = ["seat", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="holding_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=1, share__lte=100),
                name="holding_share_is_percent",
                violation_error_message="Ange avsatt tid mellan 1 och 100 procent.",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ends__isnull=True),
                name="holding_one_open",
                violation_error_message="Funktionen har redan en innehavare. Avsluta den först.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, day: dt.date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: User) -> "GroupQuerySet":
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def existing(self, day: dt.date) -> "GroupQuerySet":
        """Groups that had not ended by the day; one that begins later is shown as planned."""
        return self.filter(Q(ends=None) | Q(ends__gte=day))


class Group(Record):
    """A group of the cooperation, under its local name, and the functions that sit in it."""

    class Kind(models.TextChoices):
        STEERING = "steering", "Styrgrupp"
        PREPARATORY = "preparatory", "Beredningsgrupp"
        WORKING = "working", "Arbetsgrupp"
        COUNCIL = "council", "Lokalt brottsförebyggande råd"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="groups")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om gruppen är gemensam för alla kommuner.",
    )
    kind = models.CharField("slag", max_length=20, choices=Kind)
    name = models.CharField(
        "lokalt namn",
        max_length=150,
        help_text="Som ni själva säger, till exempel Trygghetsrådet. Förkorta inte till Brå.",
    )
    mandate = models.TextField("uppdrag och mandat", blank=True)
    rhythm = models.CharField("möts", max_length=100, blank=True, help_text="Till exempel fyra gånger om året.")
    seats = models.ManyToManyField(Seat, verbose_name="funktioner i gruppen", related_name="groups", blank=True)
    starts = models.DateField("från och med", default=today)
    ends = models.DateField(
        "till och med",
        null=True,
        blank=True,
        help_text="Skriv en dag när gruppen upphör. Den finns kvar bland tidigare grupper.",
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ["partnership", "kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="group_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:organisation", args=[self.partnership_id])
