"""The verb of this room: read the project's register files into the tables, again and again.

An administrator's word outranks the files: what a person has typed, changed or removed since the last reading
stays as it is, field by field; everything else follows the files. A second reading writes nothing.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from lib.swedish import sort_key
from municipalities.models import (
    County,
    Coverage,
    LocalPoliceArea,
    Municipality,
    PoliceArea,
    PoliceRegion,
    RegisterRow,
)

DATA = Path(__file__).parent / "data"
Values = dict[str, Any]


@dataclass(frozen=True)
class Register:
    """One file and the table it fills. Columns are named as the fields; a linked row by its own key."""

    kind: str
    model: type[models.Model]
    key: tuple[str, ...]
    links: Mapping[str, tuple[type[models.Model], str]]


REGISTERS = (
    Register("police_regions", PoliceRegion, ("slug",), {}),
    Register("counties", County, ("code",), {"police_region": (PoliceRegion, "slug")}),
    Register("municipalities", Municipality, ("code",), {"county": (County, "code")}),
    Register("police_areas", PoliceArea, ("slug",), {"police_region": (PoliceRegion, "slug")}),
    Register("local_police_areas", LocalPoliceArea, ("slug",), {"police_area": (PoliceArea, "slug")}),
    Register(
        "coverage",
        Coverage,
        ("local_police_area", "municipality"),
        {"local_police_area": (LocalPoliceArea, "slug"), "municipality": (Municipality, "code")},
    ),
)


@dataclass
class Outcome:
    """How many rows of a file were new, changed, and left as an administrator has them."""

    created: int = 0
    updated: int = 0
    kept: int = 0


@transaction.atomic
def load_registers(folder: Path = DATA) -> dict[str, Outcome]:
    """Read every register file in the folder; returns the outcome by file name (without ".csv")."""
    return {register.kind: load_register(register, folder) for register in REGISTERS}


def _read(register: Register, folder: Path) -> dict[str, Values]:
    with (folder / f"{register.kind}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [{name: _typed(register, name, text) for name, text in row.items()} for row in csv.DictReader(lines)]
    if register.model is Municipality:
        for place, row in enumerate(sorted(rows, key=lambda row: sort_key(row["name"])), start=1):
            row["sort_order"] = place
    return {_key(register, row): row for row in rows}


def _typed(register: Register, name: str, text: str) -> Any:
    """A cell as its column's type, in the shape that JSON keeps unchanged."""
    field = register.model._meta.get_field(name)
    if name in register.links or not isinstance(field, models.Field):
        return text
    if isinstance(field, models.BooleanField):
        return text == "ja"
    if not text and field.null:
        return None
    return _plain(field.to_python(text))


def _plain(value: Any) -> Any:
    return f"{value:.4f}" if isinstance(value, Decimal) else value


def _key(register: Register, row: Values) -> str:
    return "/".join(row[name] for name in register.key)


def _describe(register: Register, obj: models.Model, names: list[str]) -> Values:
    """The row as the file would have written it."""
    found = {}
    for name in names:
        value = getattr(obj, name)
        found[name] = getattr(value, register.links[name][1]) if name in register.links else _plain(value)
    return found


@transaction.atomic(savepoint=False)
def load_register(register: Register, folder: Path) -> Outcome:
    """Read one register file; rooms above bring registers of their own."""
    outcome = Outcome()
    rows = _read(register, folder)
    names = list(next(iter(rows.values())))
    stored: dict[str, models.Model] = {}
    for obj in register.model._default_manager.select_related(*register.links).order_by("-pk"):
        # Of several rows with one key (an administrator may have split a coverage in time) the first counts.
        stored[_key(register, _describe(register, obj, list(register.key)))] = obj
    linked = {
        name: {getattr(obj, key): obj for obj in model._default_manager.all()}
        for name, (model, key) in register.links.items()
    }
    known = {row.key: row.values for row in RegisterRow.objects.filter(kind=register.kind)}
    new: list[models.Model] = []
    changed: list[models.Model] = []
    fields: set[str] = set()
    for key, values in rows.items():
        if key not in stored:
            resolved = _resolve(values, linked)
            if key not in known and resolved:
                new.append(register.model(**resolved))
            continue
        obj = stored[key]
        if news := _resolve(_news(values, known.get(key), _describe(register, obj, names)), linked):
            changed.append(obj)
            fields.update(news)
            for name, value in news.items():
                setattr(obj, name, value)
        outcome.kept += _describe(register, obj, names) != values
    outcome.created, outcome.updated = _create(register.model, new), len(changed)
    outcome.kept += len(new) - outcome.created
    if changed:
        register.model._default_manager.bulk_update(changed, fields)
    _remember(register.kind, rows, known)
    return outcome


def _create(model: type[models.Model], new: list[models.Model]) -> int:
    """Add the rows, but for those that an administrator has under another key. Returns how many came in."""
    if not new:
        return 0
    before = model._default_manager.count()
    model._default_manager.bulk_create(new, ignore_conflicts=True)
    return model._default_manager.count() - before


def _news(values: Values, known: Values | None, current: Values) -> Values:
    """What the file says anew, where nobody has changed the field since the file was last read."""
    if known is None:
        return {}
    return {
        name: value for name, value in values.items() if current[name] != value and current[name] == known.get(name)
    }


def _resolve(values: Values, linked: dict[str, dict[str, models.Model]]) -> Values | None:
    """The values with keys turned into the rows they name; None if such a row has been removed."""
    resolved = {name: linked[name].get(value) if name in linked else value for name, value in values.items()}
    return None if any(resolved[name] is None for name in linked if name in resolved) else resolved


def remember(register: Register, objs: Iterable[models.Model]) -> None:
    """Treat rows that no person has typed as read from the file, so that its later words come in."""
    names = [field.name for field in register.model._meta.concrete_fields if not field.primary_key]
    rows = [_describe(register, obj, names) for obj in objs]
    _remember(register.kind, {_key(register, row): row for row in rows}, {})


def _remember(kind: str, rows: dict[str, Values], known: dict[str, Values]) -> None:
    news = [RegisterRow(kind=kind, key=key, values=row) for key, row in rows.items() if known.get(key) != row]
    RegisterRow.objects.bulk_create(
        news, update_conflicts=True, unique_fields=["kind", "key"], update_fields=["values"]
    )
