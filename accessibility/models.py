"""How accessible the site is, in the operator's words, and the flaws that people report."""

from django.db import models
from django.db.models import Q

from journal.models import Record
from lib.dates import now


class Statement(Record):
    """A version of the tillgänglighetsredogörelse (DOS-lagen 13 §). Versions are added, never changed."""

    class Conformance(models.TextChoices):
        FULL = "full", "helt förenlig"
        PARTIAL = "partial", "delvis förenlig"
        NONE = "none", "inte förenlig"

    operator = models.CharField("vem som står bakom webbplatsen", max_length=200)
    email = models.EmailField(
        "e-post", blank=True, help_text="Visas på sidan. Hit går också brev om brister som rapporteras."
    )
    phone = models.CharField("telefon", max_length=40, blank=True)
    address = models.CharField("postadress", max_length=200, blank=True)
    conformance = models.CharField(
        "webbplatsen är … med lagen", max_length=10, choices=Conformance, default=Conformance.PARTIAL
    )
    how = models.TextField("hur tillgänglig är webbplatsen?")
    alternatives = models.TextField("vad kan du göra om du inte kan använda delar av webbplatsen?")
    flaws = models.TextField("kända brister", blank=True, help_text="En per rad, gärna med när den ska vara åtgärdad.")
    burden = models.TextField("oskäligt betungande anpassning (12 §)", blank=True)
    exempt = models.TextField("innehåll som inte omfattas av lagen", blank=True)
    improving = models.TextField("vad vi gör för att förbättra")
    tested = models.TextField("hur vi har testat webbplatsen")
    tested_on = models.DateField("senast testad", null=True, blank=True)
    published_on = models.DateField("webbplatsen publicerades", null=True, blank=True)
    supervisor = models.CharField("tillsynsmyndighet", max_length=200)
    supervisor_url = models.URLField("tillsynsmyndighetens sida för anmälan", blank=True)
    privacy_contact = models.TextField(
        "mer om personuppgifter",
        blank=True,
        help_text="Till exempel dataskyddsombud. Visas på sidan Kakor och personuppgifter.",
    )

    class Meta:
        verbose_name = "version av tillgänglighetsredogörelsen"
        verbose_name_plural = "tillgänglighetsredogörelsen, versioner"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Version {self.pk}" if self.pk else "Den som följer med"

    def get_absolute_url(self) -> str:
        return "/tillganglighet/"


class FlawReportQuerySet(models.QuerySet["FlawReport"]):
    def untold(self) -> "FlawReportQuerySet":
        """Those that the operator has not been written to about."""
        return self.filter(told_at=None)

    def unthanked(self) -> "FlawReportQuerySet":
        """Those whose sender has left an address and has not been answered that it has come in."""
        return self.filter(thanked_at=None, status=FlawReport.Status.RECEIVED).exclude(email="")

    def unanswered(self) -> "FlawReportQuerySet":
        """Those that are done with, while the sender's address is still there."""
        return self.filter(status=FlawReport.Status.HANDLED).exclude(email="")


class FlawReport(models.Model):
    """A flaw that somebody has met. The sender's address is there until it has been handled, and no longer."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Inkommen"
        HANDLED = "handled", "Hanterad"

    page = models.CharField("sidan", max_length=300, blank=True)
    what = models.TextField("vad som inte fungerar")
    tools = models.CharField("hjälpmedel eller webbläsare", max_length=200, blank=True)
    email = models.EmailField("avsändarens e-post", blank=True, editable=False)
    received_at = models.DateTimeField("inkom", default=now, editable=False)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.RECEIVED, editable=False)
    answer = models.TextField("svar", blank=True)
    handled_at = models.DateTimeField("hanterad", null=True, editable=False)
    told_at = models.DateTimeField("förvaltningen underrättad", null=True, editable=False)
    thanked_at = models.DateTimeField("mottagande bekräftat", null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = FlawReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapporterad brist"
        verbose_name_plural = "rapporterade brister"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="received", handled_at__isnull=True) | Q(status="handled", handled_at__isnull=False),
                name="flaw_report_handled_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Brist {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/admin/accessibility/flawreport/{self.pk}/change/"
