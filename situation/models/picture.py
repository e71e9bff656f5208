"""Pictures in versions, and both sides' yes to a joint one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import PARTY_ROLES
from journal.models import Record
from lib.dates import now
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: User) -> "PictureQuerySet":
        """Own pictures stay inside their party until shared; shared ones inside the partnership; established ones also
        with county board and Brå once somebody has let them (allmän handling: three separate acts)."""
        own = Q(owner__in=Party.objects.of(user, *PARTY_ROLES))
        inside = Q(partnership__in=Partnership.objects.of(user)) & (
            Q(kind=Picture.Kind.JOINT) | Q(shared_at__isnull=False)
        )
        overseen = Q(partnership__in=Partnership.objects.overseen_by(user)) & Q(released_at__isnull=False)
        return self.filter(own | inside | overseen)

    def established(self) -> "PictureQuerySet":
        return self.filter(status=Picture.Status.ESTABLISHED)

    def common(self) -> "PictureQuerySet":
        """What every party may read: joint pictures, and own ones that have been shared."""
        return self.filter(Q(kind=Picture.Kind.JOINT) | Q(shared_at__isnull=False))

    def with_sides(self) -> "PictureQuerySet":
        """Annotated with whether they are made of an own picture of the police's, and of a municipality's."""
        behind = Picture.own_pictures.through.objects.filter(from_picture=OuterRef("pk"))
        return self.annotate(
            has_police_side=Exists(behind.filter(to_picture__kind=Picture.Kind.OWN_POLICE)),
            has_municipal_side=Exists(behind.filter(to_picture__kind=Picture.Kind.OWN_MUNICIPALITY)),
        )

    def police_first(self) -> "PictureQuerySet":
        """Own pictures in the order in which they are laid side by side: the police's, then by municipality."""
        return self.select_related("municipality", "owner__organisation").order_by(
            "-kind", "municipality__sort_order", "municipality__name", "pk"
        )

    def without_content(self) -> "PictureQuerySet":
        """For lists: the long texts and the frozen copy stay in the database."""
        return self.defer("frozen", *Picture.TEXTS)


class Picture(Record):
    """A lägesbild: compiled and weighed knowledge of one area and period. An established version never changes."""

    class Kind(models.TextChoices):
        OWN_POLICE = "own_police", "Egen lägesbild, polisen"
        OWN_MUNICIPALITY = "own_municipality", "Egen lägesbild, kommunen"
        JOINT = "joint", "Gemensam lägesbild"

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        READY = "ready", "Klar"
        ESTABLISHED = "established", "Fastställd"
        REPLACED = "replaced", "Ersatt"

    class Span(models.TextChoices):
        """How often one of its sort is made (process.md 6.3, beside whose it is)."""

        WEEK = "week", "EST, vecka för vecka"
        TERM = "term", "Tertial eller kvartal"
        YEAR = "year", "Helår"

    class InformationClass(models.TextChoices):
        WORKING = "working", "Arbetsmaterial"
        OPEN = "open", "Öppen handling"
        PARTLY_SECRET = "partly_secret", "Delvis sekretess"

    partnership = models.ForeignKey(Partnership, models.PROTECT, verbose_name="samverkan", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="samverkansomgång", related_name="+", null=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        verbose_name="kommun",
        related_name="+",
        null=True,
        blank=True,
        help_text="Lämna tomt om lägesbilden gäller hela samverkan.",
    )
    kind = models.CharField("slag", max_length=20, choices=Kind)
    owner = models.ForeignKey(
        Party, models.PROTECT, verbose_name="ägs av", related_name="+", null=True, blank=True, editable=False
    )
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="ersätter", related_name="replaced_by", null=True, editable=False
    )
    # Of a joint one: the shared pictures that it is made of, the police's and one of each municipality.
    own_pictures = models.ManyToManyField(
        "self", verbose_name="egna lägesbilder", symmetrical=False, related_name="+", blank=True
    )
    made_without = models.TextField(
        "varför den inte bygger på egna lägesbilder",
        blank=True,
        help_text="Bara om polisen och kommunen inte har gjort var sin först.",
    )
    span = models.CharField("slag av period", max_length=10, choices=Span, blank=True)
    title = models.CharField("rubrik", max_length=200)
    period_from = models.DateField("period från")
    period_to = models.DateField("period till", help_text="Perioden som bilden beskriver, inte när den skrivs.")
    area = models.CharField("område", max_length=200, blank=True, help_text="Om bilden gäller en del av kommunen.")
    summary = models.TextField("sammanfattning", blank=True)
    crime = models.TextField("brottsutveckling", blank=True, help_text="Vad som ökar, minskar eller avviker.")
    safety = models.TextField("trygghet och utsatthet", blank=True)
    places = models.TextField("platser", blank=True, help_text="Platser och tider, aldrig personer eller hem.")
    times = models.TextField("tider och mönster", blank=True, help_text="Månad, veckodag och tid på dygnet.")
    groups = models.TextField("grupper", blank=True, help_text="Grupper av minst fem personer, aldrig enskilda.")
    consequences = models.TextField("konsekvenser", blank=True, help_text="Krävs av lagen i kommunens lägesbild.")
    deviations = models.TextField("avvikelser mot jämförbara områden", blank=True)
    outlook = models.TextField("omvärld och prognos", blank=True)
    other_information = models.TextField(
        "annan betydelsefull information", blank=True, help_text="Lagens andra del: annat som spelar roll."
    )
    analysis = models.TextField("analys och samlad bedömning", blank=True, help_text="Lagens tredje del.")
    differences = models.TextField(
        "skillnader mellan parternas bilder", blank=True, help_text="Olikheter är värdefulla: skriv vad som skiljer."
    )
    knowledge_gaps = models.TextField("kunskapsluckor", blank=True, help_text="Det ni inte vet styr nästa dialog.")
    equality = models.TextField("jämställdhet och likabehandling", blank=True)
    prepared_by = models.CharField("framtagen av (funktion)", max_length=150, blank=True)
    prepared_on = models.DateField("framtagen den", null=True, blank=True)
    diary_number = models.CharField("diarienummer", max_length=100, blank=True)
    information_class = models.CharField(
        "informationsklass", max_length=20, choices=InformationClass, default=InformationClass.WORKING
    )
    status = models.CharField("läge", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    leadership_read_on = models.DateField("ledningen tog del av den", null=True, blank=True, editable=False)
    leadership_read_by = models.CharField("ledning som tog del av den", max_length=150, blank=True, editable=False)
    shared_at = models.DateTimeField("delad med övriga parter", null=True, editable=False)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False)
    released_at = models.DateTimeField("visas för länsstyrelse och Brå", null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    established_at = models.DateTimeField("fastställd", null=True, editable=False)
    established_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    frozen = models.JSONField("fryst innehåll", null=True, editable=False)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)

    objects = PictureQuerySet.as_manager()

    TONES: ClassVar[dict[str, str]] = {"draft": "idle", "ready": "brand", "established": "ok", "replaced": "idle"}
    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ("draft",)
    # The free texts in the order of the law's three parts (2023:196, 4 §), under the headings they stand under.
    SECTIONS: ClassVar[dict[str, tuple[str, ...]]] = {
        "Sammanfattning": ("summary",),
        "Brott och trygghet": ("crime", "safety", "places", "times", "groups", "consequences", "deviations"),
        "Annat som har betydelse": ("outlook", "other_information"),
        "Analys": ("analysis", "differences", "knowledge_gaps", "equality"),
    }
    TEXTS: ClassVar[tuple[str, ...]] = tuple(name for names in SECTIONS.values() for name in names)

    class Meta:
        verbose_name = "lägesbild"
        verbose_name_plural = "lägesbilder"
        ordering = ["partnership", "kind", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="picture_period_in_order",
                violation_error_message="Periodens slut får inte ligga före dess början.",
            ),
            models.CheckConstraint(
                condition=Q(kind="joint", owner__isnull=True) | (~Q(kind="joint") & Q(owner__isnull=False)),
                name="picture_own_has_owner",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=["draft", "ready"], established_at__isnull=True, established_by__isnull=True)
                    | Q(
                        status__in=["established", "replaced"],
                        established_at__isnull=False,
                        established_by__isnull=False,
                        checksum__gt="",
                        frozen__isnull=False,
                    )
                ),
                name="picture_established_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="picture_shared_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False, status__in=["established", "replaced"]),
                name="picture_released_is_established",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("situation:picture", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def is_joint(self) -> bool:
        return self.kind == self.Kind.JOINT

    @property
    def is_common(self) -> bool:
        """Whether every party may read it."""
        return self.is_joint or self.shared_at is not None

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_partly_secret(self) -> bool:
        return self.information_class == self.InformationClass.PARTLY_SECRET


class Approval(models.Model):
    """One side's yes to exactly what a joint picture says (the checksum of its content). A row is never changed.

    What is changed afterwards gives another checksum: earlier approvals then no longer count.
    """

    class Side(models.TextChoices):
        POLICE = "police", "Polisen"
        MUNICIPALITY = "municipality", "Kommunen"

    picture = models.ForeignKey(Picture, models.CASCADE, verbose_name="lägesbild", related_name="approvals")
    side = models.CharField("för", max_length=12, choices=Side)
    checksum = models.CharField("kontrollsumma", max_length=64)
    approved_at = models.DateTimeField("godkänd", default=now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="+")

    class Meta:
        verbose_name = "godkännande"
        verbose_name_plural = "godkännanden"
        ordering = ["picture", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "checksum", "side"], name="approval_once_per_side"),
            models.UniqueConstraint(fields=["picture", "checksum", "approved_by"], name="approval_by_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.picture}"
