"""What carries the parts of a picture: each free text with the sources that it rests on."""

from typing import ClassVar

from django.db import models

from situation.models.picture import Picture
from situation.models.source import Source


class PartSource(models.Model):
    """That a part of a picture, one of its free texts, rests on one of the picture's sources."""

    # What the parties see differently and what nobody knows rest on no source of their own.
    SECTIONS: ClassVar[tuple[str, ...]] = tuple(
        name for name in Picture.TEXTS if name not in ("differences", "knowledge_gaps")
    )

    picture = models.ForeignKey(Picture, models.CASCADE, verbose_name="lägesbild", related_name="part_sources")
    section = models.CharField("del", max_length=20, choices=[(name, name) for name in SECTIONS])
    source = models.ForeignKey(Source, models.CASCADE, verbose_name="källa", related_name="+")

    class Meta:
        verbose_name = "källa till en del"
        verbose_name_plural = "källor till delar"
        ordering = ["picture", "section", "source"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "section", "source"], name="part_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.source}"
