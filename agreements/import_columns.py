"""A row on its way in: its cells as values of the model's columns, and what the model's own rules say of them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from agreements.import_reading import RawRow
from agreements.import_values import READERS, Kind, choice, text
from agreements.sheets import GOALS
from lib import canonical

GOOD, REFUSED, KNOWN = "good", "refused", "known"
LAST_DAYS = {"ends"}  # a year alone means its last day
# Cells that name something else, or many things: read as text, and looked up by agreements.import_rows.
POINTED = {
    "id",
    "cycle",
    "problem",
    "problems",
    "municipality",
    "agreement_id",
    "parties",
    "responsible",
    "causes",
    "goals",
    "measures",
    "type",
    "repeats_id",
    "replaces_id",
    "adopted_by",
}
# What is said here and not by a file: who stands for what, what has happened since, and ids of what lies elsewhere.
UNREAD = {
    *("checksum", "done", "measure", "version", "prolonged_to", "terminated_on", "decided_on", "picture", "seat"),
    *("contributing", "third_parties", "parent_id", "problem_ident", "problem_idents", "cause_idents"),
    *("extension", "extension_months", "consultation_months", "last_day", "state"),
}


@dataclass
class Judged:
    """A row with its verdict: what it would become, or what is wrong and in which column."""

    raw: RawRow
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: str = ""

    @property
    def state(self) -> str:
        return KNOWN if self.known else REFUSED if self.faults else GOOD

    @property
    def title(self) -> str:
        name = "text" if self.raw.kind is GOALS else "title"
        return str(self.values.get(name) or self.raw.cells.get(name, ""))[:200]

    @cached_property
    def checksum(self) -> str:
        """The content of the row, whatever order its columns stand in."""
        cells = {name: str(cell) for name, cell in self.raw.cells.items() if name not in UNREAD | {"id"}}
        return canonical.checksum([self.raw.kind.title, cells])


def value_of(model: type[models.Model], name: str, cell: Any) -> Any:
    """The cell as the field's kind of value."""
    if name in POINTED:
        return text(cell)
    column = model._meta.get_field(name)
    if getattr(column, "choices", None):
        return choice(cell, column.flatchoices)  # type: ignore[union-attr]  # a column with choices has them
    kind = Kind.TEXT
    if isinstance(column, models.DateField):
        kind = Kind.LAST_DAY if name in LAST_DAYS else Kind.FIRST_DAY
    elif isinstance(column, models.DecimalField):
        kind = Kind.NUMBER
    elif isinstance(column, models.IntegerField):
        kind = Kind.WHOLE
    return READERS[kind](cell)


def number_of(said: Any, prefix: str) -> int | None:
    """12 of "ÅTG-12"."""
    head, _, digits = str(said or "").strip().upper().partition("-")
    return int(digits) if head == prefix and digits.isdecimal() and len(digits) <= 18 else None


def numbers(said: Any, prefix: str) -> list[int]:
    found = [number_of(one, prefix) for one in str(said or "").replace(",", ";").split(";")]
    return [one for one in found if one]


# What the model itself must hold, beside what is set when it is written.
SET_LATER = ("created_by", "partnership", "cycle", "problem", "responsible", "signed_on", "status")


def columns_of(row: Judged) -> dict[str, Any]:
    """What the row says of the model's own columns."""
    return {name: value for name, value in row.values.items() if name in _own_columns(row.raw.kind.model)}


def _own_columns(model: type[models.Model]) -> set[str]:
    mine = {column.name for column in model._meta.concrete_fields if not column.is_relation}
    return mine - {"id", "status", "signed_on", "adopted_on", "reference"}


def clean(row: Judged) -> None:
    """What the model's own rules say: lengths, order of dates, pairs."""
    made: Any = row.raw.kind.model(municipality=row.values.get("owner"), **columns_of(row))
    exclude = [name for name in SET_LATER if name in {column.name for column in made._meta.fields}]
    try:
        made.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            header = "Raden" if name == NON_FIELD_ERRORS else row.raw.kind.headers.get(name, name)
            row.faults += [(header, sentence) for sentence in sentences]
