"""The samverkansöverenskommelse."""

import datetime as dt
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import User
from agreements.models.agreement_constraints import AGREEMENT_CONSTRAINTS
from agreements.models.common import Common, commons
from agreements.models.validity import Rhythm, Validity, extended
from journal.models import Record
from lib.dates import add_months
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from situation.models import Picture, Problem

ONE_DAY = dt.timedelta(days=1)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> "AgreementQuerySet":
        """Everything inside the partnership; outside it what has been signed and is not marked as partly secret."""
        inside = Q(partnership__in=Partnership.objects.of(user))
        signed = Q(partnership__in=Partnership.objects.overseen_by(user), status__in=Agreement.SIGNED_STATUSES)
        return self.filter(inside | signed & ~Q(information_class=Agreement.InformationClass.PARTLY_SECRET))

    def public(self) -> "AgreementQuerySet":
        """What a resident may read: signed, and marked as open. What nobody has marked is not (docs/adr/0018)."""
        return self.filter(status__in=Agreement.SIGNED_STATUSES, information_class=Agreement.InformationClass.OPEN)

    def with_successor(self) -> "AgreementQuerySet":
        """With `successor_starts`: from when a signed agreement that replaces it applies. One query for a list."""
        newer = Agreement.objects.filter(replaces=OuterRef("pk"), status__in=Agreement.SIGNED_STATUSES)
        return self.annotate(successor_starts=Subquery(newer.order_by("starts").values("starts")[:1]))

    def without_texts(self) -> "AgreementQuerySet":
        """For lists: the long texts and the frozen copy stay in the database."""
        return self.defer("frozen", *Agreement.TEXTS)


class Agreement(Record):
    """A samverkansöverenskommelse. The text is frozen when it is sent for signing and never changes after that."""

    class Kind(models.TextChoices):
        WHOLE = "whole", "Samlad överenskommelse"
        STRATEGIC = "strategic", "Del 1, strategisk"
        LOCAL = "local", "Del 2, lokal"
        YEARLY = "yearly", "Operativ, årlig"
        DISTRICT = "district", "Lokal, stadsdel"

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        REFERRED = "referred", "På remiss"
        PROPOSED = "proposed", "För underskrift"
        SIGNED = "signed", "Undertecknad"
        TERMINATED = "terminated", "Uppsagd"

    class Extension(models.TextChoices):
        NONE = "none", "Ingen förlängning"
        AUTOMATIC = "automatic", "Förlängs automatiskt"
        CONSULTATION = "consultation", "Efter samråd"

    Rhythm = Rhythm
    InformationClass = Picture.InformationClass
    SIGNED_STATUSES: ClassVar[tuple[str, ...]] = ("signed", "terminated")
    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("draft",)

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+", null=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om överenskommelsen gäller hela samverkan.",
    )
    kind = models.CharField("typ", max_length=12, choices=Kind, default=Kind.WHOLE)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="överordnad överenskommelse",
        related_name="children",
        null=True,
        blank=True,
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", related_name="replaced_by", null=True, blank=True
    )
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    revision_reason = models.TextField("varför den har reviderats", blank=True, editable=False)
    title = models.CharField("titel", max_length=200)
    area = models.TextField(
        "geografiska områden",
        blank=True,
        help_text="Ett område per rad, till exempel kommuner, orter eller stadsdelar.",
    )
    diary_municipality = models.CharField("diarienummer, kommunen", max_length=60, blank=True)
    diary_police = models.CharField("diarienummer, polisen", max_length=60, blank=True)
    parties = models.ManyToManyField(
        Party, verbose_name="parter", related_name="+", help_text="Minst en från polisen och minst en kommun."
    )
    # A party that is in neither of these stands in the role that it has in the partnership.
    contributing = models.ManyToManyField(
        Party,
        verbose_name="varav medverkande",
        related_name="+",
        blank=True,
        help_text="Deltar i arbetet utan att vara bundna, och undertecknar inte.",
    )
    third_parties = models.ManyToManyField(
        Party,
        verbose_name="varav tredje part",
        related_name="+",
        blank=True,
        help_text="Undertecknar för sin egen del. Överenskommelsen väntar inte på dem.",
    )
    starts = models.DateField("gäller från och med")
    ends = models.DateField(
        "gäller till och med", null=True, blank=True, help_text="Lämna tomt om den gäller tills vidare."
    )
    extension = models.CharField("förlängning", max_length=12, choices=Extension, default=Extension.NONE)
    extension_months = models.PositiveSmallIntegerField("förlängs med månader i taget", null=True, blank=True)
    consultation_months = models.PositiveSmallIntegerField("samråd, månader före slutet", null=True, blank=True)
    termination = models.TextField("uppsägning", blank=True)
    background = models.TextField("bakgrund", blank=True)
    purpose = models.TextField("syfte", blank=True, help_text="Lagen kräver att syftena med samverkan framgår (9 §).")
    areas = models.TextField(
        "områden för samverkan", blank=True, help_text="Ett område per rad. Lagen kräver dem (9 §)."
    )
    overall_goal = models.TextField("övergripande mål", blank=True)
    picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        verbose_name="gemensam lägesbild",
        related_name="+",
        null=True,
        blank=True,
        help_text="Den fastställda version som överenskommelsen vilar på.",
    )
    problems = models.ManyToManyField(Problem, verbose_name="prioriterade problem", related_name="+", blank=True)
    causes = models.TextField("troliga orsaker, i korthet", blank=True)
    working_method = models.TextField("arbetssätt", blank=True)
    organisation = models.TextField("organisation", blank=True)
    resources = models.TextField("resurser per part", blank=True)
    responsibilities = models.TextField("ansvar och åtaganden per part", blank=True)
    documentation = models.TextField("hur arbetet dokumenteras", blank=True)
    follow_up = models.TextField("hur arbetet följs upp", blank=True)
    revision_plan = models.TextField("hur överenskommelsen revideras", blank=True)
    follow_up_rhythm = models.CharField("följs upp", max_length=12, choices=Rhythm, blank=True)
    follow_up_forum = models.CharField(
        "följs upp i", max_length=150, blank=True, help_text="Till exempel styrgruppen eller lokala brottsrådet."
    )
    follow_up_function = models.CharField("ansvarig funktion för uppföljningen", max_length=120, blank=True)
    revision_on = models.DateField("planerad revidering", null=True, blank=True)
    revision_rhythm = models.CharField("ses över", max_length=12, choices=Rhythm, blank=True)
    communication = models.TextField("kommunikation", blank=True)
    secrecy = models.TextField("sekretess och informationsutbyte", blank=True)
    information_class = models.CharField(
        "informationsklass", max_length=20, choices=Picture.InformationClass, default=Picture.InformationClass.WORKING
    )
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    frozen = models.JSONField("fryst text", null=True, editable=False)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)
    referral_until = models.DateField("synpunkter senast", null=True, editable=False)
    signed_on = models.DateField("undertecknad den", null=True, editable=False)
    prolonged_to = models.DateField("förlängd till och med", null=True, editable=False)
    terminated_on = models.DateField("uppsagd till", null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    TONES: ClassVar[dict[str, str]] = {
        "draft": "idle",
        "referred": "warn",
        "proposed": "warn",
        "signed": "ok",
        "terminated": "bad",
    }
    # The free texts under the headings they stand under, in the order of the handbook.
    SECTIONS: ClassVar[dict[str, tuple[str, ...]]] = {
        "Bakgrund och syfte": ("background", "purpose", "areas", "overall_goal"),
        "Problem och orsaker": ("causes",),
        "Så arbetar vi": ("working_method", "organisation", "resources", "responsibilities"),
        "Uppföljning och ändringar": ("documentation", "follow_up", "revision_plan", "termination"),
        "Kommunikation och sekretess": ("communication", "secrecy"),
    }
    TEXTS: ClassVar[tuple[str, ...]] = tuple(name for names in SECTIONS.values() for name in names)
    # What the calendar and `agreements.queries.that_counts` ask of a row, for lists that fetch only what they need.
    CALENDAR: ClassVar[tuple[str, ...]] = (
        *("partnership", "municipality", "kind", "title", "status", "parent", "replaces", "starts", "ends"),
        *("extension", "extension_months", "consultation_months", "prolonged_to", "terminated_on"),
    )

    class Meta:
        verbose_name = "samverkansöverenskommelse"
        verbose_name_plural = "samverkansöverenskommelser"
        ordering = ["partnership", "-starts"]
        constraints = AGREEMENT_CONSTRAINTS

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def area_names(self) -> list[str]:
        """The areas one by one, each once."""
        return list(dict.fromkeys(filter(None, (line.strip() for line in self.area.splitlines()))))

    @property
    def is_local_part(self) -> bool:
        """Whether it completes a common agreement for one municipality."""
        return self.kind == self.Kind.LOCAL and self.parent_id is not None

    @property
    def is_signed(self) -> bool:
        return self.status in self.SIGNED_STATUSES

    @cached_property
    def replaced_from(self) -> dt.date | None:
        """From when a signed agreement that replaces this one applies. Lists have it from `with_successor`."""
        if "successor_starts" in vars(self):
            starts: dt.date | None = vars(self)["successor_starts"]
            return starts
        newer = self.replaced_by.filter(status__in=self.SIGNED_STATUSES).order_by("starts").first()
        return newer.starts if newer else None

    @cached_property
    def common(self) -> Common | None:
        """What a local part takes from its signed common agreement. Lists have it from `queries.with_common`."""
        if not self.is_local_part:
            return None
        signed = Agreement.objects.filter(partnership=self.partnership_id, status__in=self.SIGNED_STATUSES)
        return commons([self], signed.exclude(kind=self.Kind.LOCAL, parent__isnull=False).only(*self.CALENDAR))[self.pk]

    @property
    def follows(self) -> bool:
        """Whether a local part lasts as long as the common agreement: it has no earlier end than that was to have."""
        if self.common is None:
            return False
        planned = self.common.versions[0].ends
        return self.ends is None or (planned is not None and self.ends >= planned)

    @property
    def goes_on(self) -> bool:
        """Whether it is extended by itself, period after period, until somebody terminates it."""
        automatic = self.extension == self.Extension.AUTOMATIC and self.extension_months
        own = bool(automatic and self.ends and not self.terminated_on)
        if self.common is None:
            return own
        if self.terminated_on or not self.common.is_open or self.common.stretches[-1].until:
            return False
        return self.common.versions[-1].goes_on if self.follows else own

    def last_day_on(self, day: dt.date) -> dt.date | None:
        """The last day on which it applies, as things stand on the day; None is until further notice.

        A local part never lasts longer than its common agreement, nor after its municipality has left that.
        """
        if self.common is None:
            return self.own_last_day_on(day)
        own = self.terminated_on if self.follows else self.own_last_day_on(day)
        return min(filter(None, [own, self.common.last_day_on(day), self.common.left_on(day)]), default=None)

    def shown_end(self, day: dt.date) -> dt.date | None:
        """The end that lists show: as written, or for a signed local part what the common agreement makes of it."""
        return self.last_day_on(day) if self.is_signed and self.common else self.ends

    def own_last_day_on(self, day: dt.date) -> dt.date | None:
        """The same by its own dates alone.

        An automatic extension is what the calendar says: the first whole number of periods that reaches the day.
        They are counted from the day after the end, so that a period that ends with February always does.
        """
        end = self.prolonged_to or self.ends
        if end and self.extension == self.Extension.AUTOMATIC and self.extension_months:
            end = extended(end, self.extension_months, min(filter(None, [day, self.terminated_on])))
        return min(filter(None, [end, self.terminated_on]), default=None)

    def consult_by(self, day: dt.date) -> dt.date | None:
        """The last day to confer about what comes after, as things stand on the day; a local part that follows none."""
        last = self.last_day_on(day)
        confers = self.consultation_months and self.extension != self.Extension.NONE and not self.follows
        if not last or not self.consultation_months or not confers or self.terminated_on:
            return None
        return add_months(last + ONE_DAY, -self.consultation_months) - ONE_DAY

    def validity(self, day: dt.date) -> Validity:
        """What the calendar says of the agreement: never stored."""
        if not self.is_signed:
            return Validity.NOT_SIGNED
        last = self.last_day_on(day)
        if last and day > last:
            return Validity.EXPIRED
        if day < self.starts:
            return Validity.COMING
        if last and not self.goes_on and last <= add_months(day, 9):
            return Validity.EXPIRING
        return Validity.IN_FORCE

    def is_replaced(self, day: dt.date) -> bool:
        """Whether a signed agreement that replaces this one applies on the day, and this one had not run out before."""
        taken_over = self.replaced_from is not None and day >= self.replaced_from
        return self.is_signed and taken_over and self.validity(day) != Validity.EXPIRED

    def state(self, day: dt.date) -> tuple[str, str]:
        """What pages say of it, as a word and a tone: on its way, by the calendar, or replaced by a newer one."""
        validity = self.validity(day)
        if validity == Validity.NOT_SIGNED:
            return self.get_status_display(), self.tone
        if self.is_replaced(day):
            return "Ersatt av en nyare", "idle"
        if validity == Validity.EXPIRED and (word := self._ended_by(day)):
            return word, validity.tone
        return validity.label, validity.tone

    def _ended_by(self, day: dt.date) -> str:
        """What ended a local part, if it was not its own end."""
        last = self.last_day_on(day)
        if self.common is None or last == self.terminated_on:
            return ""
        if last == self.common.left_on(day):
            return "Kommunen har lämnat"
        return "Den gemensamma är uppsagd" if last == self.common.standing(day).terminated_on else ""
