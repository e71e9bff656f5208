"""The parts of a situation report, each read from its room as it stands on the day.

Only what every party may read goes in: never an own picture that has not been shared, never a problem from one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from agreements.models import Agreement, Validity
from agreements.queries import agreements_of, measures_of, that_counts, with_common
from citizen_promises.queries import promises_of
from citizen_promises.rules import TONE as PROMISE_TONE
from followup.models import FollowUp
from followup.queries import follow_ups_of
from lib import situation_report as shape
from lib.swedish import number
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership
from partnerships.queries import seats_with_holders
from situation.models import Picture
from situation.queries import analysed_causes, latest_pictures, prioritised_problems

CHANGE_TONES = {"decreased": "ok", "unchanged": "idle", "increased": "bad", "unknown": "idle"}
CARRIED_OUT_TONES = {"yes": "ok", "partly": "warn", "no": "bad"}


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def span(first: dt.date | None, last: dt.date | None) -> shape.Period:
    return {"from": iso(first), "to": iso(last)}


def latest_picture(partnership: Partnership, municipality: Municipality | None) -> Picture | None:
    """The joint picture that holds: the latest established, else the latest at all."""
    return latest_pictures(partnership, municipality).get(Picture.Kind.JOINT)


def problems(cycle: Cycle, municipality: Municipality | None) -> list[shape.Problem]:
    """The prioritised problems with how many analysed causes and measures each has."""
    measures = Counter(measures_of(cycle, municipality).values_list("problem", flat=True))
    causes = analysed_causes(cycle)
    return [
        {
            "title": problem.title,
            "place": problem.place,
            "status_word": problem.get_status_display(),
            "tone": "brand",
            "causes": causes.get(problem.pk),
            "measures": measures[problem.pk],
            "trend": problem.get_trend_display(),
        }
        for problem in prioritised_problems(cycle, municipality)
    ]


def agreement_that_matters(
    partnership: Partnership, municipality: Municipality | None, day: dt.date
) -> Agreement | None:
    """The one in force, else the one on its way, else the latest that was."""
    found = with_common(
        a for a in agreements_of(partnership, municipality, day) if municipality or a.municipality_id is None
    )
    counts = that_counts(found, day)
    if counts and counts.validity(day) in (Validity.IN_FORCE, Validity.EXPIRING):
        return counts
    unsigned = [agreement for agreement in found if not agreement.is_signed]
    return max(unsigned, key=lambda agreement: agreement.created_at, default=counts)


def agreement(found: Agreement | None, day: dt.date) -> shape.Agreement | None:
    """The agreement in short, with who has signed and who has not."""
    if found is None:
        return None
    signed = {signature.party_id: signature for signature in found.signatures.all()}
    word, tone = found.state(day)
    signatures: list[shape.Signature] = []
    for party in found.parties.select_related("organisation"):
        signature = signed.get(party.pk)
        signatures.append(
            {
                "role": signature.function if signature else "",
                "organisation": party.organisation.name,
                "date": iso(signature.signed_on) if signature else None,
            }
        )
    return {
        "title": found.title,
        "valid": span(found.starts, found.last_day_on(day)),
        "state": "replaced" if found.is_replaced(day) else found.validity(day).value,
        "state_word": word,
        "tone": tone,
        "purpose": found.purpose,
        "areas": [line.strip() for line in found.areas.splitlines() if line.strip()],
        "signatures": signatures,
    }


def measures(cycle: Cycle, municipality: Municipality | None) -> list[shape.Measure]:
    return [
        {
            "title": measure.title,
            "problem": measure.problem.title,
            "party": measure.responsible.organisation.name,
            "function": measure.function,
            "period": span(measure.starts, measure.ends),
            "status_word": measure.get_status_display(),
            "tone": measure.tone,
            "progress": measure.progress,
        }
        for measure in measures_of(cycle, municipality).order_by("starts", "pk")
    ]


def promises(cycle: Cycle, municipality: Municipality | None) -> list[shape.Promise]:
    """Published promises only: a draft promise is not a promise."""
    return [
        {
            "text": promise.text,
            "promiser": promise.get_promiser_display(),
            "period": span(promise.document.starts, promise.document.ends),
            "count": _count(promise),
            "status_word": promise.get_status_display(),
            "tone": PROMISE_TONE[promise.status],
            "feedback": promise.feedback,
        }
        for promise in promises_of(cycle, municipality)
    ]


def _count(promise: Any) -> str:
    """As "16 av 25 fotpatruller". What is promised per term or month has no sum to reach: both are told."""
    if promise.planned_count is None:
        return ""
    planned = f"{number(promise.planned_count)} {promise.unit}".strip()
    if promise.is_counted:
        return f"{number(promise.done)} av {planned}"
    return f"{planned} {promise.per}, {number(promise.done)} hittills"


def follow_ups(cycle: Cycle, municipality: Municipality | None) -> list[shape.FollowUp]:
    """Finished follow-ups; a draft is not a result."""
    found = follow_ups_of(cycle, municipality).finished()
    return [
        {
            "subject": str(one.subject),
            "kind": one.get_kind_display().split(":")[0],
            "planned": one.planned or None,
            "date": iso(one.period_to),
            "outcome": one.outcome,
            "assessment": _assessment(one),
            "tone": CHANGE_TONES.get(one.change) or CARRIED_OUT_TONES.get(one.carried_out, "idle"),
            "decision": one.get_decision_display(),
        }
        for one in found.order_by("period_to", "pk")
    ]


def _assessment(one: FollowUp) -> str:
    if one.kind == FollowUp.Kind.EFFECT:
        return f"{one.get_change_display()}. Kan arbetet ha bidragit? {one.get_contribution_display()}."
    if one.kind == FollowUp.Kind.PRODUCTION:
        return f"Fullföljt enligt plan: {one.get_carried_out_display().lower()}."
    return one.lessons


def seats(partnership: Partnership, municipality: Municipality | None, day: dt.date) -> list[shape.Seat]:
    """Who holds which function on the day. The report stays inside the partnership, so names may stand in it."""
    return [
        {
            "function": str(view.seat),
            "organisation": view.seat.organisation.name,
            "holder": view.holder,
            "since": iso(view.since),
            "vacant_days": view.vacant_days,
        }
        for view in seats_with_holders(partnership, day, municipality)
    ]


def sources(picture: Picture | None) -> list[shape.Source]:
    """The picture's sources; those of an established one no longer change."""
    if picture is None:
        return []
    return [
        {
            "name": source.name,
            "owner": source.owner,
            "period": source.period,
            "coverage": source.coverage,
            "uncertainty": source.uncertainty,
        }
        for source in picture.sources.all()
    ]


def names(parties: Iterable[object]) -> list[str]:
    return [str(party) for party in parties]
