"""The one door for every change of status: it checks where from, guards against haste, and writes the book."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction
from django.db.models import F

from journal.models import Event, key

if TYPE_CHECKING:
    from accounts.models import User

AnyModel = TypeVar("AnyModel", bound=models.Model)


@dataclass(frozen=True)
class Step:
    """A move in a workflow: the verb (also the address' last word), the button's text, from, to, and who may."""

    verb: str
    label: str
    old: tuple[str, ...]
    new: str
    roles: frozenset[str]
    asks_reason: bool = False
    # Said on a page of its own before the move, where it cannot be undone.
    warning: str = ""
    # What the book says when it has been taken ("Påbörjad"); the button's text where that reads as well.
    told: str = ""

    @property
    def in_the_book(self) -> str:
        return self.told or self.label


class NotAllowed(Exception):
    """The record no longer stands where the step begins: somebody was faster, or the page was old."""

    def __init__(self, step: Step, obj: models.Model) -> None:
        self.step, self.obj = step, obj
        super().__init__(f"{step.label}: läget har ändrats sedan sidan öppnades. Så här ser det ut nu.")


class Refused(NotAllowed):
    """The step is open, but something it demands is lacking; the sentence says what to do."""

    def __init__(self, step: Step, obj: models.Model, sentence: str) -> None:
        super().__init__(step, obj)
        self.args = (sentence,)


def record(
    obj: models.Model,
    verb: str,
    label: str,
    /,
    *,
    by: "User | None",
    note: str = "",
    changes: dict[str, Any] | None = None,
    **change: Any,
) -> Event:
    """Write one line in the book. What changed, as field={"label", "from", "to"}, or all fields in `changes`."""
    subject, changes = key(obj), (changes or {}) | change
    return Event.objects.create(subject=subject, verb=verb, label=label, by=by, note=note, changes=changes)


def lock(obj: AnyModel) -> AnyModel:
    """Hold the row until the transaction ends and return it fresh: for actions that decide by counting siblings."""
    return type(obj)._default_manager.select_for_update().get(pk=obj.pk)


@transaction.atomic
def take(step: Step, obj: models.Model, *, by: "User", note: str = "", **fields: Any) -> None:
    """Move the record along the step, if it still stands where the step begins.

    Compare-and-set on `status`; `fields` are written in the same statement. Raises NotAllowed, and ValueError where
    the step asks a reason and the note is empty.
    """
    if step.asks_reason and not note.strip():
        raise ValueError(f"{step.verb} asks a reason")
    before = type(obj)._default_manager.filter(pk=obj.pk).values_list("status", flat=True).first()
    rows = type(obj)._default_manager.filter(pk=obj.pk, status=before, status__in=step.old)
    if not rows.update(status=step.new, revision=F("revision") + 1, **fields):
        raise NotAllowed(step, obj)
    words = dict(obj._meta.get_field("status").flatchoices)  # type: ignore[union-attr]
    change = {"label": "Läge", "from": str(words.get(before, before)), "to": str(words[step.new])}
    record(obj, step.verb, step.in_the_book, by=by, note=note, status=change)
    obj.refresh_from_db()
