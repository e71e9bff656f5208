"""A dialogue: planned, held, answered theme by theme, reported back and closed (process.md 12)."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import PARTY_ROLES
from journal.models import Record
from lib.dates import now
from lib.swedish import listing
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from situation.models import Problem, Source


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    def visible_to(self, user: User) -> "DialogueQuerySet":
        """Inside the partnership; a dialogue with staff stays inside the parties that hold it until it is shared.

        Those who oversee read what residents read: the published result, on the public pages.
        """
        inside = self.filter(partnership__in=Partnership.objects.of(user))
        mine = Dialogue.organisers.through.objects.filter(party__in=Party.objects.of(user, *PARTY_ROLES))
        open_inside = Q(kind__in=Dialogue.WITH_RESIDENTS) | Q(shared_at__isnull=False)
        return inside.filter(open_inside | Q(pk__in=mine.values("dialogue")))

    def ever_public(self) -> "DialogueQuerySet":
        """Those whose questions residents can or once could see: the others are nobody's business."""
        return self.filter(kind__in=Dialogue.WITH_RESIDENTS, opens_at__isnull=False)

    def answerable(self, at: dt.datetime) -> "DialogueQuerySet":
        """Those whose questions residents may answer on the public form at this moment."""
        return self.filter(
            kind__in=Dialogue.WITH_RESIDENTS,
            status__in=(Dialogue.Status.PLANNED, Dialogue.Status.HELD),
            opens_at__lte=at,
            closes_at__gt=at,
        )


class Dialogue(Record):
    """A dialogue with residents or staff: who was asked about what, when and how, and who was not reached."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "Medborgardialog"
        WALK = "walk", "Trygghetsvandring"
        STAFF_WHAT = "staff_what", "Medarbetardialog: vilka problem finns?"
        STAFF_HOW = "staff_how", "Medarbetardialog: hur ska vi arbeta?"

    class Method(models.TextChoices):
        SAFETY_SURVEY = "safety_survey", "Trygghetsundersökning"
        DRUG_SURVEY = "drug_survey", "Drogvaneundersökning"
        SCHOOL_SURVEY = "school_survey", "Skolundersökning"
        HOUSING_SURVEY = "housing_survey", "Boendeundersökning"
        WEB_SURVEY = "web_survey", "Webbenkät"
        WALK = "walk", "Trygghetsvandring"
        INTERVIEW = "interview", "Intervju"
        IN_DEPTH = "in_depth", "Djupintervju"
        FOCUS_GROUP = "focus_group", "Fokusgrupp"
        COUNSEL = "counsel", "Rådslag"
        SQUARE = "square", "Torgmöte eller polisbuss"
        SPEED_DATING = "speed_dating", "Speed dating"
        DIGITAL = "digital", "Digital dialog"
        YOUTH = "youth", "Barn- och ungdomsdialog"
        E_SERVICE = "e_service", "E-tjänst för otrygga platser"
        STAFF_MEETING = "staff_meeting", "Samtal på arbetsplatsen"
        OTHER = "other", "Annan metod"

    class Group(models.TextChoices):
        RESIDENTS = "residents", "Invånare"
        YOUTH = "youth", "Unga"
        OLDER = "older", "Äldre"
        BUSINESS = "business", "Företagare"
        ASSOCIATIONS = "associations", "Föreningar"
        NEWCOMERS = "newcomers", "Nyanlända"
        NEIGHBOURHOOD = "neighbourhood", "Boende i ett område"
        STAFF = "staff", "Personalgrupp"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planerad"
        HELD = "held", "Genomförd"
        CLOSED = "closed", "Avslutad"
        CANCELLED = "cancelled", "Inställd"

    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("planned", "held")
    WITH_RESIDENTS: ClassVar[tuple[str, ...]] = ("citizen", "walk")

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+")
    # A dialogue with the police's own staff may concern all municipalities.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="+", null=True, blank=True
    )
    kind = models.CharField("typ", max_length=12, choices=Kind)
    method = models.CharField("metod", max_length=16, choices=Method)
    other_method = models.CharField("vilken annan metod", max_length=120, blank=True)
    title = models.CharField("rubrik", max_length=200)
    purpose = models.TextField("syfte", help_text="Vad ni vill veta, och vad svaren ska användas till.")
    organisers = models.ManyToManyField(Party, verbose_name="arrangörer", related_name="+")
    other_organiser = models.CharField("annan arrangör", max_length=150, blank=True)
    place = models.CharField("område och plats", max_length=200)
    starts = models.DateField("från och med")
    ends = models.DateField("till och med")
    groups = models.JSONField("målgrupper", default=list)
    problems = models.ManyToManyField(
        Problem, verbose_name="problem", related_name="+", blank=True, help_text="De problem som dialogen handlar om."
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name="källa i lägesbilden",
        related_name="+",
        null=True,
        blank=True,
        help_text="Den källa i lägesbilden som dialogen är.",
    )

    # How it went: aggregate numbers only, never names.
    participants = models.PositiveIntegerField("antal deltagare eller svar", null=True, blank=True)
    women = models.PositiveIntegerField("kvinnor", null=True, blank=True)
    men = models.PositiveIntegerField("män", null=True, blank=True)
    other_gender = models.PositiveIntegerField("annat eller vill inte svara", null=True, blank=True)
    under_18 = models.PositiveIntegerField("under 18 år", null=True, blank=True)
    aged_18_to_29 = models.PositiveIntegerField("18–29 år", null=True, blank=True)
    aged_30_to_64 = models.PositiveIntegerField("30–64 år", null=True, blank=True)
    aged_65_up = models.PositiveIntegerField("65 år och äldre", null=True, blank=True)
    response_rate = models.DecimalField(
        "svarsfrekvens i procent", max_digits=4, decimal_places=1, null=True, blank=True
    )
    not_reached = models.TextField("vilka nåddes inte", blank=True, help_text="Och vad det betyder för svaren.")

    # The public form: residents answer the dialogue's questions while it is open.
    opens_at = models.DateTimeField("frågorna öppnar", null=True, blank=True)
    closes_at = models.DateTimeField("frågorna stänger", null=True, blank=True)

    # Reporting back to those who took part: required to close.
    feedback = models.TextField("återkoppling: vad ni berättade", blank=True)
    feedback_how = models.CharField("hur ni återkopplade", max_length=200, blank=True)
    feedback_on = models.DateField("återkopplat den", null=True, blank=True)

    status = models.CharField("läge", max_length=12, choices=Status, default=Status.PLANNED, editable=False)
    status_reason = models.TextField("varför", blank=True, editable=False)
    # A dialogue with staff belongs to those who hold it until they let the partnership read it.
    shared_at = models.DateTimeField("delad", null=True, editable=False)
    shared_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "dialog"
        verbose_name_plural = "dialoger"
        ordering = ["partnership", "-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["staff_what", "staff_how"]) | Q(municipality__isnull=False),
                name="dialogue_with_residents_has_municipality",
                violation_error_message="Välj kommunen vars invånare dialogen är med.",
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="dialogue_ends_after_start",
                violation_error_message="Slutdatum får inte ligga före startdatum.",
            ),
            models.CheckConstraint(
                condition=~Q(method="other") | ~Q(other_method=""),
                name="dialogue_other_method_named",
                violation_error_message="Skriv vilken metod ni använder.",
            ),
            models.CheckConstraint(
                condition=Q(response_rate__isnull=True) | Q(response_rate__gte=0, response_rate__lte=100),
                name="dialogue_response_rate_is_percent",
                violation_error_message="Svarsfrekvensen är ett tal mellan 0 och 100 procent.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="dialogue_opens_before_it_closes",
                violation_error_message="Frågorna måste stänga efter att de har öppnat.",
            ),
            models.CheckConstraint(
                condition=Q(feedback="", feedback_on__isnull=True)
                | (~Q(feedback="") & Q(feedback_on__isnull=False) & ~Q(feedback_how="")),
                name="dialogue_feedback_has_day_and_way",
                violation_error_message="Återkopplingen behöver text, dag och hur ni berättade.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(kind__in=["citizen", "walk"]),
                name="dialogue_form_is_for_residents",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(feedback=""),
                name="dialogue_closed_is_reported_back",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(status_reason=""),
                name="dialogue_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="dialogue_shared_at_has_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dialogues:detail", args=[self.pk])

    @property
    def is_with_residents(self) -> bool:
        return self.kind in self.WITH_RESIDENTS

    @property
    def is_answerable(self) -> bool:
        """Whether residents may answer right now; the same question as `answerable` asks the database."""
        is_live = self.status in (self.Status.PLANNED, self.Status.HELD) and self.is_with_residents
        return bool(is_live and self.opens_at and self.closes_at and self.opens_at <= now() < self.closes_at)

    @property
    def is_coming(self) -> bool:
        """Whether the questions have been announced but have not opened yet."""
        return bool(self.opens_at and self.opens_at > now())

    @property
    def last_open_day(self) -> dt.date | None:
        """The last day on which residents can answer: what closes at midnight is open the day before."""
        return timezone.localdate(self.closes_at - dt.timedelta(seconds=1)) if self.closes_at else None

    def get_groups_display(self) -> str:
        """Whom it is for, in words."""
        words = dict(self.Group.choices)
        return listing([str(words.get(group, group)) for group in self.groups])

    @property
    def how(self) -> str:
        """The method in words; what "annan metod" is."""
        return self.other_method if self.method == self.Method.OTHER else self.get_method_display()


class DialogueHours(Record):
    """What a dialogue cost a party, in hours."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, verbose_name="dialog", related_name="hours")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name="part", related_name="+")
    hours = models.DecimalField("timmar", max_digits=6, decimal_places=1)

    class Meta:
        verbose_name = "nedlagd tid"
        verbose_name_plural = "nedlagd tid"
        ordering = ["dialogue", "party"]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "party"],
                name="dialogue_hours_once_per_party",
                violation_error_message="Partens tid finns redan.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0),
                name="dialogue_hours_not_negative",
                violation_error_message="Ange timmar som ett tal från 0 och uppåt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.hours}"
