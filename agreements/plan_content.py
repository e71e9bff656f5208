"""An action plan as plain values, in the handbook's columns: cause, measure, operative goals, when, who, follow-up.

What a plan's page, its PDF and its workbook show, and what is frozen when it is adopted. Cause and measure carry the
same number. A measure under several causes stands under the first of them, and the others point to it. Dates are ISO
strings, so that the same plan gives the same checksum on every machine.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from string import ascii_lowercase
from typing import Any

from django.db.models import Prefetch, QuerySet

from agreements.models import ActionPlan, Goal, Measure, MeasureQuerySet, Part, Participant
from lib import canonical
from lib.swedish import number
from situation.models import Cause, Problem

SCHEMA = 1
TEXTS = ("needs", "documentation", "follow_up")
TONES: dict[str, str] = {"green": "ok", "yellow": "warn", "red": "bad"}
ASSESSED: dict[str, str] = {"green": "Grön", "yellow": "Gul", "red": "Röd"}
NO_CAUSE = "Ingen orsak är angiven."
Row = dict[str, Any]
_Listed = defaultdict[int, list[Measure]]


def of(plan: ActionPlan, decision: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The plan as it stands now; seven queries however many measures it has."""
    measures = list(in_full(Measure.objects.filter(plans=plan)))
    groups, uncovered = _groups(measures)
    return {
        "schema": SCHEMA,
        "kind": plan.kind,
        "kind_label": plan.get_kind_display(),
        "title": plan.title,
        "partnership": str(plan.partnership),
        "municipality": str(plan.municipality or ""),
        "cycle": str(plan.cycle),
        "starts": _iso(plan.starts),
        "ends": _iso(plan.ends),
        "agreement": plan.agreement and {"id": plan.agreement.pk, "title": plan.agreement.title},
        "picture": plan.picture and {"id": plan.picture.pk, "title": str(plan.picture), "sum": plan.picture.checksum},
        "texts": [_text(plan, name) for name in TEXTS if getattr(plan, name).strip()],
        "groups": groups,
        "uncovered": uncovered,
        "count": len(measures),
        "decision": dict(decision) if decision else None,
    }


def shown(plan: ActionPlan) -> dict[str, Any]:
    """What a page shows: the frozen plan once it is adopted, never what the tables say then."""
    return plan.frozen if plan.frozen is not None else of(plan)


def is_intact(plan: ActionPlan) -> bool:
    """Whether the frozen plan still gives its checksum."""
    return plan.frozen is None or canonical.checksum(plan.frozen) == plan.checksum


def measures_in(content: Mapping[str, Any]) -> list[Row]:
    """Every measure of the plan, once each, in the order in which they stand."""
    rows = chain.from_iterable(group["rows"] for group in content["groups"])
    return [row["measure"] for row in rows if row["measure"]]


def with_today(content: Mapping[str, Any], measures: MeasureQuerySet) -> list[dict[str, Any]]:
    """The frozen groups, each row with `now`: how its measure stands today, among those that the reader may see."""
    found = measures.filter(pk__in=[one["id"] for one in measures_in(content)])
    today = {one.pk: {"measure": one, "follow_up": follow_up_of(one)} for one in found}
    return [
        group | {"rows": [row | {"now": row["measure"] and today.get(row["measure"]["id"])} for row in group["rows"]]}
        for group in content["groups"]
    ]


def in_full(measures: MeasureQuerySet) -> MeasureQuerySet:
    """With everything that a plan says of a measure, at a fixed number of queries."""
    participants = Participant.objects.filter(ended_on=None).select_related("seat__organisation", "organisation")
    whole = measures.with_count().select_related("problem", "responsible__organisation", "municipality", "type")
    return whole.prefetch_related(
        Prefetch("causes", Cause.objects.select_related("analysis__problem")),
        Prefetch("goals", Goal.objects.live()),
        Prefetch("parts", Part.objects.order_by("order", "pk")),
        Prefetch("participants", participants),
    ).order_by("starts", "pk")


def follow_up_of(measure: Measure) -> dict[str, str]:
    """The last column: how it went, as a colour's word, or where the measure stands until somebody has said."""
    if measure.assessment:
        word, tone = ASSESSED[measure.assessment], TONES[measure.assessment]
        return {"word": word, "tone": tone, "text": measure.assessment_text or measure.get_assessment_display()}
    counted = measure.progress_text if measure.planned_count or measure.done_count else ""
    return {"word": measure.get_status_display(), "tone": measure.tone, "text": counted}


def _groups(measures: Sequence[Measure]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The problems in their order with the rows under each, and the chosen causes that no measure is aimed at."""
    problems = {problem.pk: problem for problem in _problems(measures)}
    order = {pk: place for place, pk in enumerate(problems)}

    def place(cause: Cause) -> tuple[int, int]:
        return order[cause.analysis.problem_id], cause.number

    causes: dict[int, Cause] = {}
    under, pointing, loose = _Listed(list), _Listed(list), _Listed(list)  # the first two by cause, the third by problem
    firsts: dict[int, Cause] = {}
    for measure in measures:
        aimed_at = sorted(measure.causes.all(), key=place)
        if not aimed_at:
            loose[measure.problem_id].append(measure)
            continue
        first, *others = aimed_at
        firsts[measure.pk] = first
        under[first.pk].append(measure)
        for other in others:
            pointing[other.pk].append(measure)
        causes |= {cause.pk: cause for cause in aimed_at}
    numbers = _numbers(causes, under, loose)
    rows: dict[int, list[Row]] = defaultdict(list)
    for cause in sorted(causes.values(), key=place):
        stands = [_row(cause, one, numbers[one.pk]) for one in under[cause.pk]]
        points = [_pointer(cause, one, numbers[one.pk], firsts[one.pk], problems) for one in pointing[cause.pk]]
        rows[cause.analysis.problem_id] += stands + points
    for problem_id, without in loose.items():
        rows[problem_id] += [_row(None, one, numbers[one.pk]) for one in without]
    groups = [{"problem": _problem(problem), "rows": rows[pk]} for pk, problem in problems.items() if rows[pk]]
    return groups, _uncovered(problems, causes)


def _problems(measures: Iterable[Measure]) -> QuerySet[Problem]:
    """Those that the measures and their causes are about, in the order that was decided."""
    found = {measure.problem_id for measure in measures}
    found |= {cause.analysis.problem_id for measure in measures for cause in measure.causes.all()}
    return Problem.objects.filter(pk__in=found).in_order()


def _numbers(
    causes: Mapping[int, Cause], under: Mapping[int, Sequence[Measure]], loose: Mapping[int, Sequence[Measure]]
) -> dict[int, str]:
    """A measure carries its cause's number, with a letter where the cause has several; the causeless have a U."""
    numbers: dict[int, str] = {}
    for pk, cause in causes.items():
        stands = under[pk]
        letters = [""] if len(stands) == 1 else [_letter(place) for place in range(len(stands))]
        numbers |= {one.pk: f"{cause.number}{letter}" for one, letter in zip(stands, letters, strict=True)}
    for without in loose.values():
        numbers |= {one.pk: f"U{place}" for place, one in enumerate(without, start=1)}
    return numbers


def _letter(place: int) -> str:
    """a–z, then aa, ab …"""
    head, tail = divmod(place, len(ascii_lowercase))
    return (_letter(head - 1) if head else "") + ascii_lowercase[tail]


def _row(cause: Cause | None, measure: Measure, place: str) -> Row:
    reason = "" if cause else measure.without_cause_reason.strip() or NO_CAUSE
    return {"cause": _cause(cause), "reason": reason, "number": place, "measure": _measure(measure), "see": None}


def _pointer(cause: Cause, measure: Measure, place: str, first: Cause, problems: Mapping[int, Problem]) -> Row:
    """A cause whose measure stands under another one."""
    elsewhere = first.analysis.problem_id != cause.analysis.problem_id
    see = {
        "id": measure.pk,
        "number": place,
        "title": measure.title,
        "problem": problems[first.analysis.problem_id].title if elsewhere else "",
    }
    return {"cause": _cause(cause), "reason": "", "number": place, "measure": None, "see": see}


def _cause(cause: Cause | None) -> dict[str, Any] | None:
    return {"id": cause.pk, "number": cause.number, "text": cause.text} if cause else None


def _uncovered(problems: Mapping[int, Problem], causes: Mapping[int, Cause]) -> list[dict[str, Any]]:
    """Causes that the parties went for and that the plan does nothing about."""
    chosen = Cause.objects.filter(analysis__problem__in=problems, chosen=True).exclude(pk__in=causes)
    found = chosen.select_related("analysis").order_by("analysis", "number")
    return [
        {"id": one.pk, "number": one.number, "text": one.text, "problem": problems[one.analysis.problem_id].title}
        for one in found
    ]


def _problem(problem: Problem) -> dict[str, Any]:
    return {"id": problem.pk, "title": problem.title, "place": problem.place}


def _measure(measure: Measure) -> Row:
    return {
        "id": measure.pk,
        "title": measure.title,
        "description": measure.description,
        "municipality": str(measure.municipality or ""),
        "kind": measure.get_kind_display(),
        "type": str(measure.type or ""),
        "prevention": measure.get_prevention_display(),
        "manner": measure.get_manner_display(),
        "term": measure.get_term_display(),
        "method": measure.method,
        "evidence": measure.get_evidence_display(),
        "place": measure.place,
        "target_group": measure.target_group,
        "goals": [_goal(goal) for goal in measure.goals.all()],
        "planned": measure.planned_in_words,
        "baseline": _baseline(measure),
        "starts": _iso(measure.starts),
        "ends": _iso(measure.ends),
        "parts": [{"text": p.text, "day": _iso(p.day), "function": p.function} for p in measure.parts.all()],
        "party": str(measure.responsible),
        "function": measure.function,
        "participants": [_participant(one) for one in measure.participants.all()],
        "hours": measure.hours,
        "kronor": measure.kronor,
        "funding": measure.funding,
        "follow_up": follow_up_of(measure),
    }


def _goal(goal: Goal) -> dict[str, Any]:
    known = goal.baseline is not None or goal.baseline_reason.strip()
    return {"id": goal.pk, "text": goal.text, "kind": goal.get_kind_display(), "has_baseline": bool(known)}


def _baseline(measure: Measure) -> str:
    """The value from before in words, or why there is none; empty where nobody has thought of it."""
    if measure.baseline is not None:
        return f"{number(measure.baseline)}, {measure.baseline_text}"
    return f"Kan inte mätas, därför att {measure.baseline_reason}" if measure.baseline_reason.strip() else ""


def _participant(one: Participant) -> str:
    """The function and whose it is, or the organisation; never a name."""
    return f"{one.seat}, {one.seat.organisation}" if one.seat else str(one.organisation)


def _text(plan: ActionPlan, name: str) -> dict[str, str]:
    label = str(ActionPlan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # all are columns
    return {"name": name, "label": label[:1].upper() + label[1:], "text": getattr(plan, name)}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
