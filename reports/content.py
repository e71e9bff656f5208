"""The whole content of a situation report, gathered once and frozen with the order."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from five_steps import status
from lib import situation_report as shape
from lib import swedish
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership
from partnerships.queries import concerning
from reports import figures, parts
from reports.conclusions import conclusions
from situation.models import Picture

MOST_FIGURES, LEAST_FIGURES = 12, 3  # a report's, and each municipality's: crimes, exposure, worry
LIMITS = [
    "Anmälda brott visar vad som anmäls. Anmälningsbenägenhet, polisens kontroller och nya lagar påverkar talen, "
    "utan att brottsligheten behöver ha ändrats.",
    "Undersökningar som NTU bygger på urval. I en liten kommun är osäkerheten stor: läs intervallet, inte bara talet.",
    "Från 2015 räknas anmälda brott på delvis nytt sätt. Jämför med försiktighet över det året.",
    "Uppgifter som saknas är just det. Ett tomt fält betyder inte noll.",
]


def build(
    partnership: Partnership,
    municipality: Municipality | None,
    picture: Picture | None,
    *,
    day: dt.date,
    number: int,
) -> shape.SituationReport:
    """Everything the report says, as plain JSON values. With an established picture that version is its ground."""
    cycle = _cycle(partnership, municipality)
    ground = picture or parts.latest_picture(partnership, municipality)
    agreement = parts.agreement_that_matters(partnership, municipality, day)
    found = _figures([municipality] if municipality else list(partnership.municipalities()))
    report: Any = {
        **_cover(partnership, municipality, picture, ground, cycle, day, number),
        **_steps(cycle, day),
        "indicators": [one.facts for one in found],
        "problems": parts.problems(cycle, municipality) if cycle else [],
        "agreement": parts.agreement(agreement, day),
        "measures": parts.measures(cycle, municipality) if cycle else [],
        "promises": parts.promises(cycle, municipality) if cycle else [],
        "follow_ups": parts.follow_ups(cycle, municipality) if cycle else [],
        "seats": parts.seats(partnership, municipality, day),
        "sources": parts.sources(ground),
        "limits": LIMITS,
        "making": _making(ground, day),
    }
    report["conclusions"] = conclusions(report, figures.that_moved(found, 2), day)
    frozen: shape.SituationReport = report
    return frozen


def _cycle(partnership: Partnership, municipality: Municipality | None) -> Cycle | None:
    """The municipality's own open cycle if it has one, else the common; the latest closed if none is open."""
    found = Cycle.objects.filter(concerning(municipality), partnership=partnership)
    if not municipality:
        found = found.filter(municipality=None)
    order = ("-municipality", "-starts") if municipality else ("-starts",)
    return found.open().order_by(*order).first() or found.order_by(*order).first()


def _cover(
    partnership: Partnership,
    municipality: Municipality | None,
    picture: Picture | None,
    ground: Picture | None,
    cycle: Cycle | None,
    day: dt.date,
    number: int,
) -> Any:
    established = picture.established_at if picture else None
    parties = partnership.parties.current(day).select_related("organisation")
    return {
        "kind": "municipality" if municipality else "partnership",
        "title": str(municipality or partnership),
        "subtitle": " · ".join(filter(None, [swedish.month_year(day).capitalize(), cycle.name if cycle else ""])),
        "period": parts.span(*((ground.period_from, ground.period_to) if ground else (dt.date(day.year, 1, 1), day))),
        "version": picture.version if picture else number,
        "status": "fastställd" if picture else "läget denna dag",
        "established_on": timezone.localdate(established).isoformat() if established else None,
        "made_on": day.isoformat(),
        "parties": parts.names(parties),
        "basis": _basis(ground),
        "information_class": picture.get_information_class_display() if picture else "Arbetsmaterial",
        "demo": settings.DEMO,
        "conclusions": [],
    }


def _figures(municipalities: list[Municipality]) -> list[figures.Figure]:
    """Figures against county and nation. Many municipalities share the room."""
    return figures.of(municipalities, max(LEAST_FIGURES, MOST_FIGURES // max(1, len(municipalities))))


def _steps(cycle: Cycle | None, day: dt.date) -> Any:
    """The ring, the track and every line of the five steps; all empty where no cycle has been opened."""
    if cycle is None:
        return {"ring": {"done": 0, "now": None}, "steps": [], "step_lines": []}
    board = status.boards([cycle], day)[cycle.pk]
    steps = [{**step} for step in board.track]
    now = next((step["number"] for step in steps if step["state"] == "now"), None)
    lines = [
        {
            "number": shown.step.number,
            "title": shown.step.title,
            "lines": [_line(line) for line in shown.lines],
        }
        for shown in board.steps
    ]
    return {"ring": {"done": board.completed, "now": now}, "steps": steps, "step_lines": lines}


def _line(shown: status.ShownLine) -> shape.StepLine:
    row = shown.row
    confirmed = f"{swedish.date(shown.settled_on)}, {row.confirmed_by}" if row and row.confirmed_by else ""
    return {
        "code": shown.line.code,
        "title": shown.line.title,
        "state_word": shown.word,
        "tone": shown.tone,
        "evidence": shown.told(member=True),  # the report stays among the parties
        "confirmed": confirmed,
    }


def _basis(picture: Picture | None) -> str:
    if picture is None:
        return "Ingen gemensam lägesbild ännu"
    count = swedish.plural(picture.sources.count(), "källa", "källor")
    return f"{picture.get_kind_display()} version {picture.version} ({picture.get_status_display().lower()}), {count}"


def _making(ground: Picture | None, day: dt.date) -> list[str]:
    return [
        f"Rapporten gjordes av systemet Samverkan och visar det som stod där {swedish.date(day)}.",
        "Stegen är bekräftade av personer; det som systemet självt kan se står som underlag vid varje rad.",
        "Innehållet frystes när rapporten beställdes. Samma innehåll ger samma fil, tecken för tecken.",
        f"Underlag: {_basis(ground)}.",
    ]
