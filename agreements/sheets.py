"""The sheets by which agreements, goals, measures and plans travel to and from Excel: one row per thing.

The same table names the columns of the export, of the template and of what is read in. Ids are stable: "ÅTG-123" is
the same measure in every file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from accounts.models import User
from agreements.models import ActionPlan, Agreement, Goal, Measure, MeasureLog
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

    def ident(self, pk: int | None) -> str:
        return f"{self.prefix}-{pk}" if pk else ""

    @property
    def headers(self) -> dict[str, str]:
        """Header by field."""
        return {column.name: column.header for column in self.columns}


def _field(model: type[models.Model], name: str, header: str = "", width: int = 16) -> Column:
    """A column of the model under its own Swedish name; choices in words."""
    field = model._meta.get_field(name)
    label = str(field.verbose_name)  # type: ignore[union-attr]  # all are columns
    write: Callable[[Any], Cell] = lambda row: getattr(row, name)  # noqa: E731  one line says it
    if getattr(field, "choices", None):
        write = lambda row: getattr(row, f"get_{name}_display")()  # noqa: E731
    elif isinstance(field, models.ForeignKey):
        write = lambda row: str(getattr(row, name) or "")  # noqa: E731
    return Column(header or label[:1].upper() + label[1:], name, write, width)


def _own(header: str, name: str, write: Callable[[Any], Cell], width: int = 16) -> Column:
    return Column(header, name, write, width)


def _ident(prefix: str, header: str = "Id", name: str = "pk") -> Column:
    def write(row: Any) -> Cell:
        pk = getattr(row, name)
        return f"{prefix}-{pk}" if pk else ""

    return Column(header, "id" if name == "pk" else name, write, 10)


def _joined(found: Iterator[object]) -> str:
    return SEPARATOR.join(str(one) for one in found)


def _idents(prefix: str, rows: Any) -> str:
    return _joined(f"{prefix}-{one.pk}" for one in rows.all())


AGREEMENTS = SheetKind(
    "Överenskommelser",
    "ÖVK",
    Agreement,
    (
        _ident("ÖVK"),
        _field(Agreement, "title", width=36),
        _field(Agreement, "kind"),
        _field(Agreement, "municipality"),
        _own("Parter", "parties", lambda row: _joined(row.parties.all()), 36),
        _field(Agreement, "area"),
        _field(Agreement, "starts"),
        _field(Agreement, "ends"),
        _field(Agreement, "signed_on"),
        _field(Agreement, "diary_municipality"),
        _field(Agreement, "diary_police"),
        _own("Prioriterade problem", "problems", lambda row: _joined(one.title for one in row.problems.all()), 30),
        *(_field(Agreement, name, width=30) for name in Agreement.TEXTS),
        _field(Agreement, "status"),
        _own("Ersätter", "replaces_id", lambda row: f"ÖVK-{row.replaces_id}" if row.replaces_id else ""),
        _field(Agreement, "checksum"),
    ),
    lambda user, partnership: (
        Agreement.objects.visible_to(user)
        .filter(partnership=partnership)
        .defer("frozen")
        .select_related("municipality")
        .prefetch_related("parties__organisation", "problems")
        .order_by("pk")
    ),
)

GOALS = SheetKind(
    "Mål",
    "MÅL",
    Goal,
    (
        _ident("MÅL"),
        _field(Goal, "cycle", "Omgång"),
        _own("Problem", "problem", lambda row: row.problem.title, 30),
        _field(Goal, "municipality"),
        _ident("ÖVK", "Överenskommelse", "agreement_id"),
        _field(Goal, "level"),
        _field(Goal, "kind"),
        _field(Goal, "text", width=40),
        _field(Goal, "direction"),
        _own("Indikator", "own_indicator", lambda row: str(row.indicator or row.own_indicator), 30),
        _field(Goal, "unit"),
        _field(Goal, "source"),
        _field(Goal, "baseline"),
        _field(Goal, "baseline_period"),
        _field(Goal, "baseline_reason"),
        _field(Goal, "target"),
        _field(Goal, "starts"),
        _field(Goal, "ends"),
        _field(Goal, "responsible"),
        _field(Goal, "function"),
        _field(Goal, "status"),
    ),
    lambda user, partnership: (
        Goal.objects.visible_to(user)
        .filter(partnership=partnership)
        .select_related("cycle", "problem", "municipality", "indicator", "responsible__organisation")
        .order_by("pk")
    ),
)

MEASURES = SheetKind(
    "Åtgärder",
    "ÅTG",
    Measure,
    (
        _ident("ÅTG"),
        _field(Measure, "cycle", "Omgång"),
        _own("Problem", "problem", lambda row: row.problem.title, 30),
        _field(Measure, "municipality"),
        _ident("ÖVK", "Överenskommelse", "agreement_id"),
        _field(Measure, "title", width=40),
        _field(Measure, "description", width=40),
        _own("Orsaker", "causes", lambda row: _joined(row.causes.all()), 36),
        _field(Measure, "without_cause_reason"),
        _own("Mål", "goals", lambda row: _idents("MÅL", row.goals)),
        _field(Measure, "kind"),
        _field(Measure, "type"),
        _field(Measure, "prevention"),
        _field(Measure, "method"),
        _field(Measure, "evidence"),
        _field(Measure, "target_group"),
        _field(Measure, "place"),
        _field(Measure, "origin"),
        _field(Measure, "responsible"),
        _field(Measure, "function"),
        _field(Measure, "hours"),
        _field(Measure, "kronor"),
        _field(Measure, "funding"),
        _field(Measure, "starts"),
        _field(Measure, "ends"),
        _field(Measure, "planned_count"),
        _field(Measure, "unit"),
        _own("Gjort antal", "done", lambda row: row.done_count),
        _field(Measure, "baseline"),
        _field(Measure, "baseline_text"),
        _field(Measure, "baseline_reason"),
        _ident("ÅTG", "Upprepar", "repeats_id"),
        _field(Measure, "repeat_reason"),
        _field(Measure, "status"),
        _field(Measure, "assessment"),
        _field(Measure, "assessment_text"),
    ),
    lambda user, partnership: (
        Measure.objects.visible_to(user)
        .filter(partnership=partnership)
        .with_count()
        .select_related("cycle", "problem", "municipality", "type", "responsible__organisation")
        .prefetch_related("causes", "goals")
        .order_by("pk")
    ),
)

LOG = SheetKind(
    "Logg",
    "LOGG",
    MeasureLog,
    (
        _ident("LOGG"),
        _ident("ÅTG", "Åtgärd", "measure_id"),
        _own("Åtgärdens titel", "measure", lambda row: row.measure.title, 36),
        _field(MeasureLog, "day"),
        _field(MeasureLog, "text", width=50),
        _field(MeasureLog, "count"),
        _field(MeasureLog, "state"),
        _field(MeasureLog, "hours"),
        _field(MeasureLog, "kronor"),
    ),
    lambda user, partnership: (
        MeasureLog.objects.visible_to(user)
        .filter(measure__partnership=partnership)
        .select_related("measure")
        .order_by("pk")
    ),
)

PLANS = SheetKind(
    "Åtgärdsplaner",
    "PLAN",
    ActionPlan,
    (
        _ident("PLAN"),
        _field(ActionPlan, "cycle", "Omgång"),
        _field(ActionPlan, "kind"),
        _field(ActionPlan, "title", width=36),
        _field(ActionPlan, "municipality"),
        _ident("ÖVK", "Överenskommelse", "agreement_id"),
        _field(ActionPlan, "starts"),
        _field(ActionPlan, "ends"),
        _own("Åtgärder", "measures", lambda row: _idents("ÅTG", row.measures), 30),
        _field(ActionPlan, "needs", width=36),
        _field(ActionPlan, "documentation", width=36),
        _field(ActionPlan, "follow_up", width=36),
        _own("Antagen av", "adopted_by", lambda row: str(row.group or row.body)),
        _field(ActionPlan, "adopted_on"),
        _field(ActionPlan, "reference"),
        _field(ActionPlan, "status"),
    ),
    lambda user, partnership: (
        ActionPlan.objects.visible_to(user)
        .filter(partnership=partnership)
        .defer("frozen")
        .select_related("cycle", "municipality", "group")
        .prefetch_related("measures")
        .order_by("pk")
    ),
)

KINDS = (AGREEMENTS, GOALS, MEASURES, LOG, PLANS)
