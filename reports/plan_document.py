"""An action plan as a document: its frozen content as plain JSON values, and what is drawn of it.

Stored with the order and never recomputed: the handbook's columns on lying A4. An adopted plan is what was adopted; how
its measures stood on the day is told beside it.
"""

import datetime as dt
from typing import Any

from django.conf import settings

from agreements import plan_content
from agreements.models import ActionPlan, Measure
from lib import swedish
from reports.models import Report
from reports.picture_report import paragraphs

DRAFT = "UTKAST"
NOT_INTACT = "Planen stämmer inte med kontrollsumman. Kontakta systemförvaltningen innan ni använder dokumentet."
Content = dict[str, Any]


def build(plan: ActionPlan, audience: Report.Audience, day: dt.date, number: int) -> Content:
    """Everything the document says, as plain JSON values."""
    shown = plan_content.shown(plan)
    return {
        "title": shown["title"],
        "kind": shown["kind_label"],
        "place": shown["municipality"] or shown["partnership"],
        "mark": DRAFT if plan.is_draft else "",
        "status": plan.state_word,
        "warning": "" if plan_content.is_intact(plan) else NOT_INTACT,
        "facts": [{"label": label, "text": text} for label, text in _facts(shown) if text],
        "texts": shown["texts"],
        "groups": shown["groups"],
        "uncovered": shown["uncovered"],
        "today": {} if plan.is_draft else _today(shown),
        "checksum": plan.checksum,
        "information_class": "Arbetsmaterial" if plan.is_draft else "Beslutad handling",
        "reach": audience.value,
        "made_on": day.isoformat(),
        "number": number,
        "demo": settings.DEMO,
    }


def _facts(shown: dict[str, Any]) -> list[tuple[str, str]]:
    decision = shown["decision"]
    decided = ""
    if decision:
        reference = f", {decision['reference']}" if decision["reference"] else ""
        decided = f"{decision['by']}, {swedish.date(decision['day'])}{reference}"
    return [
        ("Samverkan", shown["partnership"]),
        ("Omgång", shown["cycle"]),
        ("Gäller", swedish.period(shown["starts"], shown["ends"])),
        ("Beslut", decided or "Inte antagen"),
        ("Lägesbild", shown["picture"]["title"] if shown["picture"] else ""),
        ("Överenskommelse", shown["agreement"]["title"] if shown["agreement"] else ""),
    ]


def _today(shown: dict[str, Any]) -> dict[str, dict[str, str]]:
    """How the measures of an adopted plan stand on the day of the order, by their number as JSON has it."""
    found = Measure.objects.filter(pk__in=[one["id"] for one in plan_content.measures_in(shown)]).with_count()
    return {str(one.pk): plan_content.follow_up_of(one) for one in found}


def context(report: Content) -> dict[str, object]:
    """What templates/pdf/action_plan.html needs: rows with their follow-up, texts, and the words on every page."""
    return {
        "report": report,
        "groups": [
            group | {"rows": [_row(row, report["today"]) for row in group["rows"]]} for group in report["groups"]
        ],
        "texts": [(one["label"], paragraphs(one["text"])) for one in report["texts"]],
        "document_title": f"{report['title']} · {report['place']}",
        "running_title": f"{report['title']} · {report['place']}"[:110],
        "running_version": f"Dokument {report['number']} · {report['status'].lower()}",
        "running_class": report["information_class"],
        "running_mark": report["mark"],
        "running_sum": f"Planens kontrollsumma {report['checksum']}" if report["checksum"] else "Utan kontrollsumma",
    }


def _row(row: dict[str, Any], today: dict[str, dict[str, str]]) -> dict[str, Any]:
    measure = row["measure"]
    return row | {"stands": measure and (today.get(str(measure["id"])) or measure["follow_up"])}
