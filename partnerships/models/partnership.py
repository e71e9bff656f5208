"""Partnerships and their parties: the key that opens every door above."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation, Role, User
from journal.models import Record
from lib.dates import today
from municipalities.alphabet import alphabetical, fold, folded
from municipalities.models import MOST_WORDS, LocalPoliceArea, Municipality


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def of(self, user: User) -> "PartnershipQuerySet":
        """Partnerships in which the person acts for a party today: everything shared inside may be read."""
        roles = (Role.COORDINATOR, Role.SIGNATORY, Role.READER)
        mine = Party.objects.current(today()).filter(organisation__in=user.organisation_ids(*roles))
        return self.filter(pk__in=mine.values("partnership"))

    def overseen_by(self, user: User) -> "PartnershipQuerySet":
        """Partnerships whose status, dates and established documents county board and Brå may see."""
        roles = user.roles
        if Role.BRA_ANALYST in roles or Role.ADMINISTRATOR in roles:
            return self.all()
        counties = [m.organisation.county_id for m in user.memberships_now if m.role == Role.COUNTY_READER]
        if not counties:
            return self.none()
        parties = Party.objects.current(today()).filter(organisation__municipality__county__in=counties)
        return self.filter(pk__in=parties.values("partnership"))

    def visible_to(self, user: User) -> "PartnershipQuerySet":
        return self.of(user) | self.overseen_by(user)

    def search(self, words: str) -> "PartnershipQuerySet":
        """Those whose name or party bears every word, in alphabetical order; "asele" finds Åsele."""
        found = self.annotate(folded_name=folded("name"))
        for word in fold(words).split()[:MOST_WORDS]:
            named = Party.objects.annotate(folded_name=folded("organisation__name"))
            parties = named.filter(folded_name__contains=word).values("partnership")
            found = found.filter(Q(folded_name__contains=word) | Q(pk__in=parties))
        return found.order_by(alphabetical("name"), "pk")

    def in_municipality(self, municipality: Municipality) -> "PartnershipQuerySet":
        parties = Party.objects.current(today()).filter(organisation__municipality=municipality)
        return self.filter(pk__in=parties.values("partnership"))


class Partnership(Record):
    """Police and municipalities (and others) that prevent crime together. Every document above has one."""

    name = models.CharField("namn", max_length=200)
    local_police_areas = models.ManyToManyField(
        LocalPoliceArea, verbose_name="lokalpolisområden", related_name="+", blank=True
    )
    about = models.TextField(
        "om samverkan", blank=True, help_text="Kort: vad ni samverkar om och hur ni är organiserade."
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "samverkan"
        verbose_name_plural = "samverkan"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("overview:partnership", args=[self.pk])

    def municipalities(self, *, also: int | None = None) -> models.QuerySet[Municipality]:
        """The municipalities that are parties today, in Swedish order, and `also` one that a record names already."""
        parties = self.parties.current(today()).filter(organisation__municipality__isnull=False)
        found = Q(pk__in=parties.values("organisation__municipality"))
        return Municipality.objects.filter(found | Q(pk=also) if also else found).order_by("sort_order")


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, user: User) -> "PartyQuerySet":
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def current(self, day: dt.date) -> "PartyQuerySet":
        return self.filter(Q(left=None) | Q(left__gte=day), joined__lte=day)

    def of(self, user: User, *roles: str) -> "PartyQuerySet":
        """The parties that the person acts for today, in the given roles (any role if none is given)."""
        return self.current(today()).filter(organisation__in=user.organisation_ids(*roles))


class Party(Record):
    """An organisation in a partnership, from one day to another."""

    class Kind(models.TextChoices):
        MAIN = "main", "Huvudpart"
        OTHER = "other", "Övrig part"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="+")
    kind = models.CharField("roll i samverkan", max_length=10, choices=Kind, default=Kind.MAIN)
    joined = models.DateField("med från och med", default=today)
    left = models.DateField("med till och med", null=True, blank=True)
    left_reason = models.TextField("varför parten lämnade", blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["partnership", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"],
                condition=Q(left__isnull=True),
                name="party_once",
                violation_error_message="Organisationen är redan part.",
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(left__gte=F("joined")),
                name="party_left_after_joined",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_other(self) -> bool:
        return self.kind == Party.Kind.OTHER

    @property
    def is_police(self) -> bool:
        return self.organisation.kind == Organisation.Kind.POLICE

    @property
    def is_municipality(self) -> bool:
        return self.organisation.kind == Organisation.Kind.MUNICIPALITY
