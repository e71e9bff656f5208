"""What a measure's page shows beside its own fields: causes, goals, parts, who takes part, and how its plan changed."""

from typing import Any

from agreements.actions import CHANGE_OF_PLAN
from agreements.models import Goal, Measure
from journal.models import Event
from lib.swedish import date, number
from situation.models import Cause


def shown(measure: Measure) -> dict[str, Any]:
    """For the page's template."""
    causes = Cause.objects.filter(pk__in=measure.causes.values("pk")).select_related("analysis").order_by("number")
    goals = Goal.objects.filter(pk__in=measure.goals.values("pk")).select_related("indicator").order_by("level", "pk")
    participants = measure.participants.select_related("seat__organisation", "organisation")
    return {
        "causes": causes,
        "goals": goals,
        "parts": measure.parts.all(),
        "participants": participants,
        "changes_of_plan": Event.objects.about(measure).filter(verb=CHANGE_OF_PLAN),
        "facts": facts(measure),
        "lacks_cause": measure.is_live and not causes and not measure.without_cause_reason,
    }


def facts(measure: Measure) -> list[tuple[str, str | None]]:
    """Pairs of term and value; what nobody has said is said to be lacking where it is asked for."""
    wanted = [
        ("Ansvarig", f"{measure.function}, {measure.responsible}"),
        ("Plats", measure.place or None),
        ("Målgrupp", measure.target_group or None),
        ("Åtgärdstyp", str(measure.type) if measure.type else measure.get_kind_display()),
        ("Prevention", measure.get_prevention_display()),
        ("Metod", measure.method or None),
        ("Evidens", measure.get_evidence_display()),
        ("Gäller", str(measure.municipality or "hela samverkan")),
        ("Resurser", _resources(measure)),
    ]
    more = {
        "Kontakt": measure.contact,
        "Varför uppgifter saknas": measure.untold_reason,
        "Beslutad": _decision(measure),
        "Utförs som": measure.get_manner_display(),
        "Effekt väntas": measure.get_term_display(),
        "Finansiering": measure.funding,
        "Ursprung": measure.origin_text or measure.get_origin_display(),
    }
    return [*wanted, *((term, value) for term, value in more.items() if value)]


def _decision(measure: Measure) -> str:
    """By whom, when, and where it is written; empty until somebody has decided."""
    if not measure.decided_on:
        return ""
    return ", ".join(filter(None, [measure.decided_by, date(measure.decided_on), measure.decision_reference]))


def _resources(measure: Measure) -> str | None:
    parts = [f"{number(measure.hours)} timmar"] if measure.hours is not None else []
    parts += [f"{number(measure.kronor)} kronor"] if measure.kronor is not None else []
    return ", ".join(parts) or None
