"""The whole content of a lägesbild as a document, gathered once and frozen with the order.

What the version itself says comes from the picture: frozen once it is established. What the parties have done with it
(prioritisation, causes) is told as it stands on the day, and only among those who may read it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from lib import swedish
from lib.dates import add_months
from municipalities.models import Municipality
from reports import figures, picture_report, picture_work
from reports.content import LIMITS
from reports.models import Report
from reports.parts import iso
from reports.picture_conclusions import conclusions
from situation import content as pictures
from situation.models import LegalDecision, Picture, Problem
from situation.models.merging import RENEWED_WITHIN
from situation.rules import law_parts

MOST_FIGURES = 20
# Under which headings something is to be written, and what it is good for: said where nothing is.
MISSING = {
    "Sammanfattning": "Ingen sammanfattning är skriven ännu. Den säger på några rader hur läget är och vad som har "
    "ändrats.",
    "Brott och trygghet": "Inget är skrivet ännu om brottsligheten och tryggheten. Här beskrivs vad som händer, var, "
    "när och vilka följder det får.",
    "Annat som har betydelse": "Inget är skrivet ännu om annat som har betydelse, till exempel byggplaner, "
    "evenemang eller förändringar i befolkningen.",
    "Analys": "Ingen analys är skriven ännu. Den väger samman det som är känt och säger vad det betyder.",
}
APART = {"differences", "knowledge_gaps"}  # texts that have a part of their own in the document
NOT_INTACT = "Innehållet stämmer inte med kontrollsumman. Kontakta systemförvaltningen innan ni använder dokumentet."
MARKS: dict[str, str] = {
    Picture.Status.DRAFT: "Utkast",
    Picture.Status.READY: "Inte fastställd",
    Picture.Status.REPLACED: "Ersatt version",
}

WHOSE = ("kommunens", "kommunernas")  # of one municipality, of several


def build(picture: Picture, *, audience: Report.Audience, day: dt.date, number: int) -> picture_report.PictureReport:
    """Everything the document says, as plain JSON values, for those whom it may reach."""
    shown = pictures.shown(picture)
    places = _places(picture)
    found = figures.of(places, max(1, MOST_FIGURES // max(1, len(places))))[:MOST_FIGURES]
    texts = {one["name"]: one["text"] for section in shown["sections"] for one in section["texts"]}
    report: Any = {
        **_cover(picture, shown, audience, day),
        "sections": _sections(shown),
        "problems": [_problem(one) for one in shown["problems"]],
        "indicators": [{**one.facts, "preliminary": one.made_of.preliminary} for one in found],
        **picture_work.told(shown["problems"], audience=audience, day=day),
        "joint": picture.is_joint,
        "differences": texts.get("differences", ""),
        "differing": [_difference(one) for one in shown.get("differing", [])],
        "knowledge_gaps": texts.get("knowledge_gaps", ""),
        "findings": [_finding(one, shown["sources"]) for one in shown["findings"]],
        "sources": [_source(one) for one in shown["sources"]],
        "limits": LIMITS if found else LIMITS[-1:],
        "law": None if picture.kind == Picture.Kind.OWN_POLICE else _law(picture),
        "making": _making(picture, shown, audience, day, number),
        "origins": figures.origins(found),
    }
    report["conclusions"] = conclusions(report, figures.that_moved(found, 3), day)
    frozen: picture_report.PictureReport = report
    return frozen


def _places(picture: Picture) -> list[Municipality]:
    """The municipalities whose figures are shown: the picture's, its owner's, or all that are parties."""
    owned = picture.owner.organisation.municipality if picture.owner else None
    one = picture.municipality or owned
    return [one] if one else list(picture.partnership.municipalities())


def _cover(picture: Picture, shown: dict[str, Any], audience: Report.Audience, day: dt.date) -> Any:
    place = shown["municipality"] or shown["partnership"]
    return {
        "place": place,
        "title": shown["title"],
        "kind": _kind(picture, shown),
        "owner": shown["owner"] or "parterna gemensamt",
        "cover": [{"label": label, "text": text} for label, text in _facts(picture, shown, audience, day) if text],
        "period": {"from": shown["period_from"], "to": shown["period_to"]},
        "version": shown["version"],
        "status": _status(picture),
        "mark": MARKS.get(picture.status, ""),
        "warning": "" if pictures.is_intact(picture) else NOT_INTACT,
        "made_on": day.isoformat(),
        "information_class": shown["information_class"],
        "demo": settings.DEMO,
        "conclusions": [],
    }


def _facts(picture: Picture, shown: dict[str, Any], audience: Report.Audience, day: dt.date) -> list[tuple[str, str]]:
    period, span = swedish.period(shown["period_from"], shown["period_to"]), shown.get("span", "").lower()
    parties = [str(one) for one in picture.partnership.parties.current(day).select_related("organisation")]
    return [
        ("Ägare", shown["owner"]),
        ("Parter", "" if shown["owner"] else swedish.listing(parties)),
        ("Område", shown["area"]),
        ("Period", ", ".join(one for one in (period, span) if one)),
        *_by_law(picture),
        ("Version", f"{shown['version']}, {_status(picture).lower()}"),
        ("Framtagen av", _who_and_when(shown["prepared_by"], shown.get("prepared_on"))),
        ("Ledningen tog del", _who_and_when(picture.leadership_read_by, iso(picture.leadership_read_on))),
        ("Diarienummer", shown.get("diary_number", "")),
        ("Information", shown["information_class"]),
        ("Får öppnas av", audience.label),
        ("Dokumentet gjort", swedish.date(day)),
        ("Kontrollsumma", picture.checksum),
    ]


def _kind(picture: Picture, shown: dict[str, Any]) -> str:
    """What the document is: the law's lägesbild, where a municipality has decided that it is (lag 2023:196, 4 §)."""
    places = [str(one.municipality) for one in _decisions(picture)]
    if not places:
        kind: str = shown["kind_label"]
        return kind
    if picture.is_joint:
        return f"{shown['kind_label']}, och lägesbild enligt lag (2023:196) för {swedish.listing(places)}"
    return "Kommunens lägesbild enligt lag (2023:196)"


def _decisions(picture: Picture) -> list[LegalDecision]:
    """That municipalities have made the picture the law's: who, when and by what. None asks the database of drafts."""
    if picture.established_at is None:
        return []
    return list(picture.legal_decisions.select_related("municipality").order_by("municipality__sort_order", "pk"))


def _by_law(picture: Picture) -> list[tuple[str, str]]:
    """A municipality's decision and the day by which the law wants the next, in a row each for the cover."""
    found = []
    for one in _decisions(picture):
        reference = f", {one.reference}" if one.reference else ""
        found.append((f"Beslutad, {one.municipality}", f"{one.body} {swedish.date(one.decided_on)}{reference}"))
        found.append(("Nästa senast", f"{swedish.date(one.renewed_by)} (minst vartannat år, 6 §)"))
    return found


def _who_and_when(function: str, day: str | None) -> str:
    return ", ".join(one for one in (function, swedish.date(day) if day else "") if one)


def _status(picture: Picture) -> str:
    if picture.established_at is None:
        return picture.get_status_display()
    replaced = ", ersatt av en nyare version" if picture.status == Picture.Status.REPLACED else ""
    return f"Fastställd {swedish.date(picture.established_at)}{replaced}"


def _sections(shown: dict[str, Any]) -> list[picture_report.Section]:
    return [
        {
            "heading": section["heading"],
            "texts": [_written(one, shown["sources"]) for one in section["texts"] if one["name"] not in APART],
            "missing": MISSING.get(section["heading"], "Inget är skrivet ännu."),
        }
        for section in shown["sections"]
    ]


def _written(one: dict[str, Any], sources: Sequence[dict[str, Any]]) -> picture_report.Written:
    carried = [_carrier(number, sources[number - 1]) for number in one.get("sources", [])]
    return {"label": one["label"], "text": one["text"], "sources": carried, "mark": one.get("mark", "")}


def _problem(one: dict[str, Any]) -> picture_report.Problem:
    return {
        "title": one["title"],
        "description": one["description"],
        "place": one["place"],
        "time": one["time"],
        "extent": one["extent"],
        # What was frozen by an earlier version of the system lacks some of these.
        "crime_types": one.get("crime_types", ""),
        "groups": one.get("groups", ""),
        "insecurity": one.get("insecurity", ""),
        "sources": one.get("sources", []),
        "trend_word": one["trend_label"],
        "tone": Problem.TREND_TONES[one["trend"]],
    }


def _difference(one: dict[str, Any]) -> picture_report.Difference:
    return {
        "section": one["section"],
        "text": one["text"],
        "state_word": one["status_label"],
        "tone": one["tone"],
        "outcome": one["outcome"],
    }


def _finding(one: dict[str, Any], sources: Sequence[dict[str, Any]]) -> picture_report.Finding:
    """The statement with what carries it, and the mark that the page has: the one rule is the picture's."""
    carried = [_carrier(number, sources[number - 1]) for number in one["sources"]]
    return {"text": one["text"], "sources": carried, "mark": one.get("mark", "" if carried else "utan källa")}


def _carrier(number: int, source: dict[str, Any]) -> str:
    """A source by number and name, with its period, its coverage and what it cannot tell."""
    told = {name: source[name] or "uppgift saknas" for name in ("period", "coverage", "uncertainty")}
    said = "Period: {period}. Täckning: {coverage}. Kan inte säga: {uncertainty}".format(**told)
    return f"{number}. {source['name']}. {said}"


def _source(one: dict[str, Any]) -> picture_report.Source:
    names = ("name", "kind", "owner", "period", "coverage", "uncertainty", "fetched_on")
    later = ("area", "response_rate", "openness", "link", "informant")  # not in what was frozen before there were such
    found: Any = {name: one[name] for name in names} | {name: one.get(name, "") for name in later}
    found["files"] = [f"{file['name']} ({file['checksum']})" for file in one.get("files", [])]
    source: picture_report.Source = found
    return source


def _law(picture: Picture) -> picture_report.Law:
    """The three parts, which municipalities it is the lägesbild of, and the 24 months (lag 2023:196, 4 and 6 §§)."""
    established = timezone.localdate(picture.established_at) if picture.established_at else None
    return {
        "parts": [{"title": title, "met": met} for title, met in law_parts(picture)],
        "decisions": [
            {
                "municipality": str(one.municipality),
                "decided_on": one.decided_on.isoformat(),
                "body": one.body,
                "reference": one.reference,
                "renewed_by": one.renewed_by.isoformat(),
            }
            for one in _decisions(picture)
        ],
        "established_on": iso(established),
        "renewed_by": iso(add_months(established, RENEWED_WITHIN)) if established else None,
    }


def _merged(picture: Picture, shown: dict[str, Any], audience: Report.Audience) -> str:
    """The own pictures behind a joint one. They were not released with it: outside the parties only whose they are."""
    if audience != Report.Audience.RELEASED:
        return swedish.listing([f"{one['title']} ({one['kind_label'].lower()})" for one in shown["merged_from"]])
    kinds = Counter(own.kind for own in pictures.merged_from(picture))
    names = {Picture.Kind.OWN_POLICE: ("polisens", "polisens"), Picture.Kind.OWN_MUNICIPALITY: WHOSE}
    whose = [names[kind][kinds[kind] > 1] for kind in names if kinds[kind]]
    if not whose:
        return ""
    return f"{swedish.listing(whose)} {'egen lägesbild' if kinds.total() == 1 else 'egna lägesbilder'}"


def _approved(shown: dict[str, Any]) -> str:
    """Both sides and their days; who they were stands in the history, not in the document."""
    return swedish.listing([f"{one['side'].lower()} {swedish.date(one['on'])}" for one in shown["approvals"]])


def _making(picture: Picture, shown: dict[str, Any], audience: Report.Audience, day: dt.date, number: int) -> list[str]:
    merged, without = _merged(picture, shown, audience), shown.get("made_without", "")
    count = swedish.plural(len(shown["sources"]), "källa", "källor")
    frozen = (
        "Texterna, problemen, iakttagelserna och källorna är den fastställda versionens och ändras aldrig. "
        f"Kontrollsumma: {picture.checksum}."
        if picture.established_at
        else f"Lägesbilden är inte fastställd. Dokumentet visar den som den var {swedish.date(day)}."
    )
    return [
        *([f"Lägesbilden är sammanförd ur {merged}."] if merged else []),
        *([f"Den bygger inte på egna lägesbilder: {without}"] if without and not merged else []),
        *([f"Den är godkänd för {_approved(shown)}."] if shown.get("approvals") else []),
        f"Den bygger på {count} och beskriver perioden {swedish.period(shown['period_from'], shown['period_to'])}.",
        frozen,
        f"Siffrorna är de som var inlästa i systemet Samverkan {swedish.date(day)}, också när de är nyare än perioden.",
        f"Det här är dokument nummer {number} av versionen. Innehållet frystes när det beställdes: samma innehåll ger "
        "samma fil, tecken för tecken.",
        "Inga uppgifter om enskilda ska finnas i dokumentet. Finns det ändå sådana, säg till den som äger lägesbilden.",
    ]
