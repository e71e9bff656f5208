"""Who: organisations, the people who act for them, their roles over time, and invitations."""

import datetime as dt
import hashlib
import secrets
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from lib.dates import now, today
from municipalities.models import County, LocalPoliceArea, Municipality


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> "OrganisationQuerySet":
        """Those whose people the person may see: own ones, and all for administrators."""
        return self if user.is_administrator else self.filter(pk__in=user.organisation_ids())


class Organisation(models.Model):
    """An authority or other body that people act for: a municipality, the police of one area, a county board …"""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommun"
        POLICE = "police", "Polis"
        OTHER = "other", "Annan part"
        COUNTY_BOARD = "county_board", "Länsstyrelse"
        BRA = "bra", "Brå"
        OPERATOR = "operator", "Systemförvaltning"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    name = models.CharField("namn", max_length=200, unique=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="+", null=True, blank=True
    )
    county = models.ForeignKey(County, models.PROTECT, verbose_name="län", related_name="+", null=True, blank=True)
    local_police_area = models.ForeignKey(
        LocalPoliceArea, models.PROTECT, verbose_name="lokalpolisområde", related_name="+", null=True, blank=True
    )
    email = models.EmailField("funktionsbrevlåda", blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="municipality", municipality__isnull=False)
                | (~Q(kind="municipality") & Q(municipality__isnull=True)),
                name="organisation_municipality_matches_kind",
                violation_error_message="En kommun ska vara kopplad till sin kommun i registret, andra inte.",
            ),
            models.CheckConstraint(
                condition=Q(kind="county_board", county__isnull=False)
                | (~Q(kind="county_board") & Q(county__isnull=True)),
                name="organisation_county_matches_kind",
                violation_error_message="En länsstyrelse ska vara kopplad till sitt län, andra ska inte vara det.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organisation", args=[self.pk])


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """A user with a hashed password, or an unusable one when none is given."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in. What the person may do comes from memberships alone."""

    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=150)
    is_active = models.BooleanField("aktiv", default=True)
    created_at = models.DateTimeField("skapad", default=now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """How Django admin greets."""
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """With the address too: whoever's address is changed is signed out everywhere, as with the password."""
        whole = f"{self.password}\n{self.email}"
        return salted_hmac("accounts.User.session", whole, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def memberships_now(self) -> list["Membership"]:
        """Today's memberships with their organisations: one query a request."""
        if not self.is_active:
            return []
        return list(self.memberships.current(today()).select_related("organisation"))

    @property
    def roles(self) -> set[str]:
        return {membership.role for membership in self.memberships_now}

    def organisation_ids(self, *roles: str) -> list[int]:
        """Ids of the organisations that the person acts for today, in the given roles (any role if none is given)."""
        return [m.organisation_id for m in self.memberships_now if not roles or m.role in roles]

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    # Django admin asks these; there are no groups or permission rows, so nobody can be given a right unseen.
    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_administrator

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator


class Role(models.TextChoices):
    """What a person may do for an organisation."""

    COORDINATOR = "coordinator", "Samordnare eller kommunpolis"
    SIGNATORY = "signatory", "Undertecknare"
    READER = "reader", "Läsare"
    COUNTY_READER = "county_reader", "Läsare, länsstyrelse"
    BRA_ANALYST = "bra_analyst", "Analytiker, Brå"
    LOCAL_ADMIN = "local_admin", "Lokal administratör"
    ADMINISTRATOR = "administrator", "Administratör"
    ACTOR = "actor", "Utförare utanför samverkan"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> "MembershipQuerySet":
        return self.filter(organisation__in=Organisation.objects.visible_to(user))

    def current(self, day: dt.date) -> "MembershipQuerySet":
        """Memberships in force on the day; the last day counts."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)


class Membership(models.Model):
    """A person's role in an organisation from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="användare", related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="memberships"
    )
    role = models.CharField("roll", max_length=20, choices=Role)
    starts = models.DateField("från och med", default=today)
    ends = models.DateField("till och med", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "roll i organisation"
        verbose_name_plural = "roller i organisationer"
        ordering = ["organisation", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="membership_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends__isnull=True),
                name="membership_once",
                violation_error_message="Personen har redan den rollen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"


def hash_token(token: str) -> str:
    """Only the hash of an invitation's secret is stored, so a leaked database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither used nor withdrawn; may have expired, and can then be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def usable(self, now: dt.datetime) -> "InvitationQuerySet":
        return self.open().filter(expires_at__gt=now)

    def visible_to(self, user: User) -> "InvitationQuerySet":
        return self.filter(organisation__in=Organisation.objects.visible_to(user))

    def by_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """The only way in: single-use, expiring, to one address, with one role."""

    email = models.EmailField("e-postadress")
    name = models.CharField("namn", max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="invitations"
    )
    role = models.CharField("roll", max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, verbose_name="inbjuden av", related_name="+")
    invited_at = models.DateTimeField("inbjuden", default=now, editable=False)
    expires_at = models.DateTimeField("gäller till")
    sent_at = models.DateTimeField("e-brevet skickat", null=True, editable=False)
    accepted_at = models.DateTimeField("antagen", null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="antagen av", related_name="+", null=True, editable=False
    )
    withdrawn_at = models.DateTimeField("återtagen", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_has_by",
            ),
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
                violation_error_message="Personen har redan en öppen inbjudan till den rollen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(32)
