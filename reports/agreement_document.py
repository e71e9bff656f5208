"""A samverkansöverenskommelse as a document to sign: its frozen content as plain JSON values, and what is drawn of it.

Stored with the order and never recomputed. The text is what the agreement's page shows: as it stands in a draft, frozen
once it has been sent for signing. A party that has not signed gets empty lines to write on.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from agreements import content as agreements
from agreements import wording
from agreements.models import Agreement, Signature
from lib import swedish
from reports.models import Report
from reports.picture_report import paragraphs

DRAFT = "UTKAST"
NOT_INTACT = "Texten stämmer inte med kontrollsumman. Kontakta systemförvaltningen innan ni använder dokumentet."
Content = dict[str, Any]


def build(agreement: Agreement, audience: Report.Audience, day: dt.date, number: int) -> Content:
    """Everything the document says, as plain JSON values, for those whom it may reach."""
    shown = agreements.shown(agreement)
    names = audience != Report.Audience.RELEASED
    told = " ".join(wording.by_common(agreement, day)) if agreement.is_signed else ""
    facts = [*_facts(shown, names=names), ("Giltighet", told)]
    return {
        "title": shown["title"],
        "kind": shown["kind_label"],
        "place": shown["municipality"] or shown["partnership"],
        "mark": "" if agreement.checksum else DRAFT,
        "status": agreement.get_status_display(),
        "warning": "" if agreements.is_intact(agreement) else NOT_INTACT,
        "facts": [{"label": label, "text": text} for label, text in facts if text],
        "common": _common(agreement, shown) if names else None,
        "sections": [one for one in shown["sections"] if one["texts"]],
        "problems": [{key: one[key] for key in ("title", "description", "place", "time")} for one in shown["problems"]],
        "goals": [_goal(one) for one in shown.get("goals", [])],
        "undertakings": [_undertaking(one) for one in shown.get("undertakings", [])],
        "adaptations": [dict(one) for one in shown.get("adaptations", [])],
        "annexes": [_annex(one) for one in shown.get("annexes", [])],
        "imported": shown.get("imported"),
        "signatures": [] if shown.get("imported") else _signatures(agreement, shown, names=names),
        "checksum": agreement.checksum,
        "information_class": shown["information_class"],
        "made_on": day.isoformat(),
        "number": number,
        "demo": settings.DEMO,
    }


def _facts(shown: Mapping[str, Any], *, names: bool) -> list[tuple[str, str]]:
    parties = [
        one["name"] + (f" ({one['kind_label'].lower()})" if one["kind"] != "main" else "") for one in shown["parties"]
    ]
    months, each = shown["consultation_months"], shown.get("extension_months")
    return [
        ("Version", str(shown["version"]) if shown.get("version", 1) > 1 else ""),
        ("Geografiskt område", shown.get("area", "")),
        ("Parter", swedish.listing(parties)),
        ("Gäller", swedish.period(shown["starts"], shown["ends"])),
        (
            "Förlängning",
            shown["extension_label"]
            + (f", {each} månader i taget" if each else "")
            + (f", samråd {months} månader före slutet" if months else ""),
        ),
        ("Följs upp", wording.following(shown)),
        ("Ses över", wording.revising(shown)),
        ("Diarienummer, kommunen", shown["diary_municipality"]),
        ("Diarienummer, polisen", shown["diary_police"]),
        ("Lägesbild", shown["picture"]["title"] if shown["picture"] else ""),
        ("Överordnad", shown["parent"]["title"] if shown["parent"] and names else ""),
        ("Ersätter", shown["replaces"]["title"] if shown["replaces"] and names else ""),
    ]


def _common(agreement: Agreement, shown: Mapping[str, Any]) -> Content | None:
    """The common text that a local part rests on, as it is frozen, and which sections the part takes its own way."""
    parent = agreement.parent
    if not agreement.is_local_part or parent is None:
        return None
    above = agreements.shown(parent)
    return {
        "title": above["title"],
        "checksum": parent.checksum,
        "texts": [text for section in above.get("sections", []) for text in section["texts"]],
        "adapted": [one["label"] for one in shown.get("adaptations", [])],
    }


def _undertaking(one: Mapping[str, Any]) -> dict[str, str]:
    """What a party takes on, and what it sets aside, in words."""
    hours, kronor = one.get("hours_per_month"), one.get("kronor_per_year")
    aside = [
        f"{swedish.number(hours)} timmar per månad" if hours is not None else "",
        f"{swedish.number(kronor)} kronor per år" if kronor is not None else "",
        one.get("resources", ""),
    ]
    return {"party": one["name"], "text": one.get("text", ""), "aside": ", ".join(filter(None, aside))}


def _goal(one: Mapping[str, Any]) -> dict[str, str]:
    kind = f"{one['level_label']}, {one['kind_label'].lower()}"
    measured = ". ".join(filter(None, (kind, one["indicator"], one["movement"])))
    return {"text": one["text"], "problem": one["problem"], "measured": measured, "responsible": one["responsible"]}


def _annex(one: Mapping[str, Any]) -> dict[str, str]:
    about = ", ".join(filter(None, (one.get("subject_label"), one.get("information_class"))))
    return {"title": one["title"], "about": about, "checksum": one["checksum"]}


def _signatures(agreement: Agreement, shown: Mapping[str, Any], *, names: bool) -> list[dict[str, Any]]:
    """A field for each party of the text, the main parties first, filled in where it has signed."""
    given = {one.party_id: one for one in agreement.signatures.all()}
    return [
        {
            "party": party["name"],
            "kind": party["kind_label"],
            "signed": _signed(given[party["id"]], names=names) if party["id"] in given else None,
        }
        for party in shown["parties"]
        if party.get("signs", True)
    ]


def _signed(signature: Signature, *, names: bool) -> dict[str, str]:
    acting = "t.f. " if signature.acting else ""
    return {
        "function": f"{acting}{signature.function}",
        "name": signature.name if names else "Namnet visas för parterna",
        "place": signature.place,
        "way": signature.get_way_display(),
        "day": signature.signed_on.isoformat(),
    }


def context(report: Content) -> dict[str, object]:
    """What templates/pdf/agreement.html needs: the content, its texts in paragraphs, and the words on every page."""
    state = report["status"].lower()
    common = report.get("common")
    return {
        "report": report,
        "sections": [
            {"heading": one["heading"], "texts": [(text["label"], paragraphs(text["text"])) for text in one["texts"]]}
            for one in report["sections"]
        ],
        "common": [
            (text["label"], text["label"] in common["adapted"], paragraphs(text["text"])) for text in common["texts"]
        ]
        if common
        else [],
        "undertakings": [(one, paragraphs(one["text"])) for one in report["undertakings"]],
        "adaptations": [(one, paragraphs(one["text"])) for one in report.get("adaptations", [])],
        "document_title": f"{report['title']} · {report['place']}",
        "running_title": _cut(report["title"]),
        "running_version": f"Dokument {report['number']} · {state}",
        "running_class": report["information_class"],
        "running_mark": report["mark"],
        "running_sum": f"Textens kontrollsumma {report['checksum']}" if report["checksum"] else "Utan kontrollsumma",
    }


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
