"""What is written beside the Swedish text: the self-check of each promise, and the document in other languages."""

from django.db import models

from citizen_promises.models.document import PromiseDocument
from citizen_promises.models.promise import Promise
from journal.models import Record


class Answer(Record):
    """The parties' own answer to one point of the self-check of a promise (process.md 11.2)."""

    class Point(models.TextChoices):
        GROUNDED = "grounded", "Bygger på lägesbild och dialog"
        PRIORITISED = "prioritised", "Gäller ett prioriterat problem"
        CAUSE = "cause", "Påverkar en analyserad orsak"
        CONCRETE = "concrete", "Är konkret: vad, var, hur ofta, till när"
        RESPONSIBLE = "responsible", "Har ansvarig part"
        WITHIN = "within", "Ligger inom parternas befogenhet och resurser"
        MEASURABLE = "measurable", "Går att följa upp: tal eller tydlig bedömningsgrund"
        PLAIN = "plain", "Är begripligt utan fackord"
        PERIOD = "period", "Har giltighetstid"
        FEEDBACK = "feedback", "Säger hur och när återkoppling ges"
        EQUALITY = "equality", "Är granskat ur jämställdhetsperspektiv"
        NOT_SECRET = "not_secret", "Är fritt från sekretess- och personuppgifter"

    class Value(models.TextChoices):
        YES = "yes", "Ja"
        NO = "no", "Nej"
        NOT_RELEVANT = "not_relevant", "Ej aktuellt"

    promise = models.ForeignKey(Promise, models.CASCADE, verbose_name="löftespunkt", related_name="answers")
    point = models.CharField("punkt", max_length=12, choices=Point)
    value = models.CharField("svar", max_length=12, choices=Value)
    comment = models.TextField("kommentar", blank=True)

    class Meta:
        verbose_name = "svar i egenkontroll"
        verbose_name_plural = "svar i egenkontroll"
        ordering = ["promise", "pk"]
        constraints = [models.UniqueConstraint(fields=["promise", "point"], name="self_check_once_per_point")]

    def __str__(self) -> str:
        return f"{self.get_point_display()}: {self.get_value_display()}"


class LanguageVersion(Record):
    """A document in another language, or in easy Swedish: one text for each part of the Swedish one.

    `texts` holds them by the part's name ("title", "promise-12-text"): what is lacking is simply not there. It is
    frozen and approved with the document.
    """

    class Language(models.TextChoices):
        EASY = "sv-lattlast", "Lättläst svenska"
        FINNISH = "fi", "Finska"
        MEANKIELI = "fit", "Meänkieli"
        NORTHERN_SAMI = "se", "Nordsamiska"
        SOUTHERN_SAMI = "sma", "Sydsamiska"
        LULE_SAMI = "smj", "Lulesamiska"
        ROMANI = "rmy", "Romska"
        YIDDISH = "yi", "Jiddisch"
        ENGLISH = "en", "Engelska"
        ARABIC = "ar", "Arabiska"
        SOMALI = "so", "Somaliska"
        PERSIAN = "fa", "Persiska"
        TIGRINYA = "ti", "Tigrinska"
        UKRAINIAN = "uk", "Ukrainska"
        POLISH = "pl", "Polska"
        GERMAN = "de", "Tyska"
        SPANISH = "es", "Spanska"
        TURKISH = "tr", "Turkiska"
        BOSNIAN = "bs", "Bosniska"

    RIGHT_TO_LEFT = ("ar", "fa", "yi")

    document = models.ForeignKey(
        PromiseDocument, models.PROTECT, verbose_name="löftesdokument", related_name="language_versions"
    )
    language = models.CharField("språk", max_length=12, choices=Language)
    texts = models.JSONField("texter", default=dict, blank=True)

    class Meta:
        verbose_name = "språkversion"
        verbose_name_plural = "språkversioner"
        ordering = ["document", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"],
                name="language_version_once",
                violation_error_message="Språket finns redan.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_language_display()

    @property
    def tag(self) -> str:
        """What `lang` says in a page: easy Swedish is Swedish to whoever reads aloud."""
        return "sv" if self.language == self.Language.EASY else self.language

    @property
    def direction(self) -> str:
        return "rtl" if self.language in self.RIGHT_TO_LEFT else "ltr"
