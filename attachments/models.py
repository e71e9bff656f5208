"""Files that belong to records upstairs: what came in, what it really is, and whether it has been searched for viruses.

A file is kept once under its checksum. Who may open it is the question of the record that it belongs to, so there is
no list of attachments and no address to one here.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from journal.models import Record


class Attachment(Record):
    """One file that a person has attached to something. Its bytes never change."""

    class Scan(models.TextChoices):
        NOT_SET_UP = "not_set_up", "Virussökning är inte påslagen"
        CLEAN = "clean", "Virussökt utan anmärkning"
        INFECTED = "infected", "Innehåller skadlig kod"

    name = models.CharField("filnamn", max_length=200)
    content_type = models.CharField("slag av fil", max_length=100, editable=False)
    size = models.PositiveIntegerField("storlek i byte", editable=False)
    sha256 = models.CharField("kontrollsumma (SHA-256)", max_length=64, db_index=True, editable=False)
    file = models.FileField("fil", max_length=200, editable=False)
    scan = models.CharField("virussökning", max_length=12, choices=Scan, default=Scan.NOT_SET_UP, editable=False)

    # The one thing that may happen to it: its bytes are let go of. The row stays.
    erased_at = models.DateTimeField("raderad", null=True, editable=False)
    erased_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="raderad av", related_name="+", null=True, editable=False
    )

    # Attached files are never edited: another file is another attachment.
    EDITABLE_STATUSES: ClassVar[tuple[str, ...]] = ()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(scan="infected"),
                name="attachment_not_infected",
                violation_error_message="Filen innehåller skadlig kod och kan inte sparas.",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by__isnull=True)
                | Q(erased_at__isnull=False, erased_by__isnull=False),
                name="attachment_erased_at_has_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
