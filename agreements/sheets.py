"""The sheets by which agreements, goals, measures and plans travel to and from Excel: one row per thing.

The same table names the columns of the export, of the template and of what is read in. Ids are stable: "ÅTG-123" is
the same measure in every file. What lies beside them (agreements.sheets_beside) goes out only.
"""

from typing import Any

from agreements.models import ActionPlan, Agreement, Goal, Measure, MeasureLog
from agreements.queries import with_common
from agreements.sheet_parts import Cell, Column, SheetKind, column_of, ident_column, idents, joined, own
from agreements.sheets_beside import BESIDE
from lib.dates import today

__all__ = ["AGREEMENTS", "BESIDE", "GOALS", "KINDS", "LOG", "MEASURES", "PLANS", "Cell", "Column", "SheetKind"]


def _problem(row: Any) -> str:
    return f"PRB-{row.problem_id}"


FOLLOWING = ("follow_up_rhythm", "follow_up_forum", "follow_up_function", "revision_on", "revision_rhythm")
_ROLES = ("parties__organisation", "contributing__organisation", "third_parties__organisation")

AGREEMENTS = SheetKind(
    "Överenskommelser",
    "ÖVK",
    Agreement,
    (
        ident_column("ÖVK"),
        column_of(Agreement, "title", width=36),
        column_of(Agreement, "kind"),
        column_of(Agreement, "municipality"),
        own("Parter", "parties", lambda row: joined(row.parties.all()), 36),
        own("Medverkande", "contributing", lambda row: joined(row.contributing.all()), 24),
        own("Tredje part", "third_parties", lambda row: joined(row.third_parties.all()), 24),
        column_of(Agreement, "area"),
        column_of(Agreement, "starts"),
        column_of(Agreement, "ends"),
        *(column_of(Agreement, name) for name in ("extension", "extension_months", "consultation_months")),
        *(column_of(Agreement, name) for name in ("prolonged_to", "signed_on", "terminated_on")),
        own("Sista dag som det står nu", "last_day", lambda row: row.last_day_on(today()) if row.is_signed else None),
        own("Giltighet", "state", lambda row: row.state(today())[0]),
        column_of(Agreement, "diary_municipality"),
        column_of(Agreement, "diary_police"),
        own("Problemens id", "problem_idents", lambda row: idents("PRB", row.problems)),
        own("Prioriterade problem", "problems", lambda row: joined(one.title for one in row.problems.all()), 30),
        *(column_of(Agreement, name, width=30) for name in Agreement.TEXTS),
        *(column_of(Agreement, name) for name in FOLLOWING),
        own("Lägesbild", "picture", lambda row: str(row.picture or ""), 30),
        column_of(Agreement, "information_class"),
        column_of(Agreement, "version"),
        column_of(Agreement, "status"),
        ident_column("ÖVK", "Överordnad", "parent_id"),
        own("Ersätter", "replaces_id", lambda row: f"ÖVK-{row.replaces_id}" if row.replaces_id else ""),
        column_of(Agreement, "checksum"),
    ),
    lambda user, partnership: (
        Agreement.objects.visible_to(user)
        .filter(partnership=partnership)
        .defer("frozen")
        .select_related("municipality", "picture")
        .prefetch_related(*_ROLES, "problems")
        .order_by("pk")
    ),
    with_common,
)

GOALS = SheetKind(
    "Mål",
    "MÅL",
    Goal,
    (
        ident_column("MÅL"),
        column_of(Goal, "cycle", "Omgång"),
        own("Problemets id", "problem_ident", _problem, 10),
        own("Problem", "problem", lambda row: row.problem.title, 30),
        column_of(Goal, "municipality"),
        ident_column("ÖVK", "Överenskommelse", "agreement_id"),
        ident_column("MÅL", "Delmål till", "parent_id"),
        column_of(Goal, "level"),
        column_of(Goal, "kind"),
        column_of(Goal, "text", width=40),
        column_of(Goal, "direction"),
        own("Indikator", "own_indicator", lambda row: str(row.indicator or row.own_indicator), 30),
        column_of(Goal, "unit"),
        column_of(Goal, "source"),
        column_of(Goal, "baseline"),
        column_of(Goal, "baseline_period"),
        column_of(Goal, "baseline_reason"),
        column_of(Goal, "target"),
        column_of(Goal, "starts"),
        column_of(Goal, "ends"),
        column_of(Goal, "term"),
        column_of(Goal, "responsible"),
        column_of(Goal, "function"),
        *(column_of(Goal, part) for name in Goal.SMART for part in (name, f"{name}_comment")),
        column_of(Goal, "smart_comment"),
        column_of(Goal, "status"),
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
        ident_column("ÅTG"),
        column_of(Measure, "cycle", "Omgång"),
        own("Problemets id", "problem_ident", _problem, 10),
        own("Problem", "problem", lambda row: row.problem.title, 30),
        column_of(Measure, "municipality"),
        ident_column("ÖVK", "Överenskommelse", "agreement_id"),
        column_of(Measure, "title", width=40),
        column_of(Measure, "description", width=40),
        own("Orsakernas id", "cause_idents", lambda row: idents("ORS", row.causes)),
        own("Orsaker", "causes", lambda row: joined(row.causes.all()), 36),
        column_of(Measure, "without_cause_reason"),
        own("Mål", "goals", lambda row: idents("MÅL", row.goals)),
        column_of(Measure, "kind"),
        column_of(Measure, "type"),
        column_of(Measure, "prevention"),
        column_of(Measure, "method"),
        column_of(Measure, "evidence"),
        column_of(Measure, "evidence_link"),
        column_of(Measure, "target_group"),
        column_of(Measure, "place"),
        *(column_of(Measure, name) for name in ("manner", "term", "untold_reason", "origin", "origin_text")),
        column_of(Measure, "responsible"),
        column_of(Measure, "seat"),
        column_of(Measure, "function"),
        column_of(Measure, "contact"),
        column_of(Measure, "hours"),
        column_of(Measure, "kronor"),
        column_of(Measure, "funding"),
        column_of(Measure, "starts"),
        column_of(Measure, "ends"),
        column_of(Measure, "planned_count"),
        column_of(Measure, "unit"),
        column_of(Measure, "per"),
        own("Gjort antal", "done", lambda row: row.done_count),
        column_of(Measure, "baseline"),
        column_of(Measure, "baseline_text"),
        column_of(Measure, "baseline_reason"),
        ident_column("ÅTG", "Upprepar", "repeats_id"),
        column_of(Measure, "repeat_reason"),
        column_of(Measure, "decided_on"),
        column_of(Measure, "status"),
        column_of(Measure, "assessment"),
        column_of(Measure, "assessment_text"),
    ),
    lambda user, partnership: (
        Measure.objects.visible_to(user)
        .filter(partnership=partnership)
        .with_count()
        .select_related("cycle", "problem", "municipality", "type", "responsible__organisation", "seat__organisation")
        .prefetch_related("causes", "goals")
        .order_by("pk")
    ),
)

LOG = SheetKind(
    "Logg",
    "LOGG",
    MeasureLog,
    (
        ident_column("LOGG"),
        ident_column("ÅTG", "Åtgärd", "measure_id"),
        own("Åtgärdens titel", "measure", lambda row: row.measure.title, 36),
        column_of(MeasureLog, "day"),
        column_of(MeasureLog, "text", width=50),
        column_of(MeasureLog, "count"),
        column_of(MeasureLog, "state"),
        column_of(MeasureLog, "hours"),
        column_of(MeasureLog, "kronor"),
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
        ident_column("PLAN"),
        column_of(ActionPlan, "cycle", "Omgång"),
        column_of(ActionPlan, "kind"),
        column_of(ActionPlan, "title", width=36),
        column_of(ActionPlan, "municipality"),
        ident_column("ÖVK", "Överenskommelse", "agreement_id"),
        column_of(ActionPlan, "starts"),
        column_of(ActionPlan, "ends"),
        own("Lägesbild", "picture", lambda row: str(row.picture or ""), 30),
        ident_column("PLAN", "Ersätter", "replaces_id"),
        own("Åtgärder", "measures", lambda row: idents("ÅTG", row.measures), 30),
        column_of(ActionPlan, "needs", width=36),
        column_of(ActionPlan, "documentation", width=36),
        column_of(ActionPlan, "follow_up", width=36),
        own("Antagen av", "adopted_by", lambda row: str(row.group or row.body)),
        column_of(ActionPlan, "adopted_on"),
        column_of(ActionPlan, "reference"),
        column_of(ActionPlan, "status"),
        column_of(ActionPlan, "checksum"),
    ),
    lambda user, partnership: (
        ActionPlan.objects.visible_to(user)
        .filter(partnership=partnership)
        .defer("frozen")
        .select_related("cycle", "municipality", "group", "picture")
        .prefetch_related("measures")
        .order_by("pk")
    ),
)

KINDS = (AGREEMENTS, GOALS, MEASURES, LOG, PLANS, *BESIDE)
