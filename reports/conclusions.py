"""What a chief must know, in half a page: sentences computed from the report's own parts, the most pressing first."""

import datetime as dt
from collections.abc import Sequence

from lib import situation_report as shape
from lib import swedish

MOST = 7


def conclusions(report: shape.SituationReport, moved: Sequence[str], day: dt.date) -> list[str]:
    """At most seven sentences; a report with nothing wrong says so. `moved` are those of the figures that changed."""
    found = [
        *_agreement(report, day),
        *_vacant(report),
        *_problems(report),
        *_measures(report),
        *_promises(report),
    ]
    return [*_steps(report), *found, *moved][:MOST]


def _steps(report: shape.SituationReport) -> list[str]:
    now = next((step for step in report["steps"] if step["state"] == "now"), None)
    done = report["ring"]["done"]
    if now is None and done == len(report["steps"]):
        return ["Alla fem steg i samverkansprocessen är klara."]
    where = f"Steg {now['number']}, {now['title']}, pågår: {now['note']}." if now else ""
    return [f"{swedish.in_words(done).capitalize()} av fem steg är klara. {where}".strip()]


def _agreement(report: shape.SituationReport, day: dt.date) -> list[str]:
    agreement = report["agreement"]
    if agreement is None:
        return ["Det finns ingen samverkansöverenskommelse registrerad."]
    last = agreement["valid"]["to"] and dt.date.fromisoformat(agreement["valid"]["to"])
    waiting = [one["organisation"] for one in agreement["signatures"] if not one["date"]]
    if agreement["state"] == "not_signed":
        who = f" Underskrift saknas från {swedish.listing(waiting)}." if waiting else ""
        return [f"Överenskommelsen är inte undertecknad.{who}"]
    if agreement["state"] == "expired":
        return [f"Överenskommelsen gällde till {swedish.date(last)}, och ingen ny gäller."]
    if agreement["state"] == "expiring" and last:
        left = swedish.plural((last - day).days, "dag", "dagar")
        return [f"Överenskommelsen löper ut {swedish.date(last)}, om {left}."]
    if agreement["state"] == "coming":
        return [f"Överenskommelsen börjar gälla {swedish.date(agreement['valid']['from'])}."]
    return []


def _vacant(report: shape.SituationReport) -> list[str]:
    vacant = [seat for seat in report["seats"] if seat["vacant_days"] is not None]
    return [
        f"{seat['function']} ({seat['organisation']}) är vakant sedan "
        f"{swedish.plural(seat['vacant_days'] or 0, 'dag', 'dagar')}."
        for seat in sorted(vacant, key=lambda seat: -(seat["vacant_days"] or 0))[:2]
    ]


def _problems(report: shape.SituationReport) -> list[str]:
    if not report["problems"]:
        return ["Inga problem är prioriterade ännu."]
    found = [f"{one['title']} ökar." for one in report["problems"] if one["trend"] == "Ökar"]
    bare = [one["title"] for one in report["problems"] if not one["measures"]]
    return found[:2] + ([f"Utan åtgärd: {swedish.listing(bare[:3])}."] if bare else [])


def _measures(report: shape.SituationReport) -> list[str]:
    ongoing = sum(one["status_word"] == "Pågår" for one in report["measures"])
    done = sum(one["tone"] == "ok" for one in report["measures"])
    if not report["measures"]:
        return []
    if len(report["measures"]) == 1:
        return [f"Den enda åtgärden: {report['measures'][0]['status_word'].lower()}."]
    carried_out = "genomförd" if done <= 1 else "genomförda"
    return [f"Av {len(report['measures'])} åtgärder är {_how_many(done)} {carried_out} och {_how_many(ongoing)} pågår."]


def _how_many(count: int) -> str:
    """Of measures, a word that is said with en: "ingen", "en", "två"."""
    return {0: "ingen", 1: "en"}.get(count) or swedish.in_words(count)


def _promises(report: shape.SituationReport) -> list[str]:
    over = [one for one in report["promises"] if (one["period"]["to"] or "9999") < report["made_on"]]
    silent = sum(not one["feedback"] for one in over)
    if not silent:
        return []
    what = "ett avslutat löfte" if silent == 1 else f"{swedish.in_words(silent)} avslutade löften"
    return [f"Invånarna har inte fått veta hur det gick med {what}."]
