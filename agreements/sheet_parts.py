"""What sheets are made of: kinds, columns, and how a cell is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from accounts.models import User
from partnerships.models import Partnership

SEPARATOR = "; "
Cell = object  # what a cell holds: text, number, date or None


@dataclass(frozen=True)
class Column:
    """A column: its header, the field that it is about, and what is written in it."""

    header: str
    name: str
    write: Callable[[Any], Cell]
    width: int = 16


@dataclass(frozen=True)
class SheetKind:
    """One kind of thing: its sheet, the letters of its ids, its columns, and its rows in a partnership."""

    title: str
    prefix: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    rows: Callable[[User, Partnership], QuerySet[Any]]
    ready: Callable[[list[Any]], list[Any]] = list  # fetches for many rows at once what their columns ask for

    def ident(self, pk: int | None) -> str:
        return f"{self.prefix}-{pk}" if pk else ""

    @property
    def headers(self) -> dict[str, str]:
        """Header by field."""
        return {column.name: column.header for column in self.columns}


def column_of(model: type[models.Model], name: str, header: str = "", width: int = 16) -> Column:
    """A column of the model under its own Swedish name; choices in words."""
    field = model._meta.get_field(name)
    label = str(field.verbose_name)  # type: ignore[union-attr]  # all are columns
    write: Callable[[Any], Cell] = lambda row: getattr(row, name)  # noqa: E731  one line says it
    if getattr(field, "choices", None):
        write = lambda row: getattr(row, f"get_{name}_display")()  # noqa: E731
    elif isinstance(field, models.ForeignKey):
        write = lambda row: str(getattr(row, name) or "")  # noqa: E731
    return Column(header or label[:1].upper() + label[1:], name, write, width)


def own(header: str, name: str, write: Callable[[Any], Cell], width: int = 16) -> Column:
    return Column(header, name, write, width)


def ident_column(prefix: str, header: str = "Id", name: str = "pk") -> Column:
    def write(row: Any) -> Cell:
        pk = getattr(row, name)
        return f"{prefix}-{pk}" if pk else ""

    return Column(header, "id" if name == "pk" else name, write, 10)


def joined(found: Iterator[object]) -> str:
    return SEPARATOR.join(str(one) for one in found)


def idents(prefix: str, rows: Any) -> str:
    return joined(f"{prefix}-{one.pk}" for one in rows.all())
