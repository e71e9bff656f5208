"""What has been done with a picture's problems: which were chosen, which were put aside and why, and what causes them.

Causes and what was decided after the version was frozen stay among the parties.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from journal.models import Event, key
from lib import swedish
from reports import picture_report
from reports.models import Report
from reports.parts import iso
from situation.causes import Branch, chosen_in_order, sources_told, tree
from situation.models import CauseAnalysis, Prioritisation, Problem
from situation.rules import PROBLEM_STEPS

DEEPEST = 6  # generations of causes that the page has room for; deeper ones stand in a row under the last
MOST_ACROSS = 4  # problems that fit beside each other in the matrix
WEIGHED_AGAIN = "weighed_again"  # a later decision that left the problem where it stood: situation.prioritising
NOT_OUTSIDE = (
    "Orsaksanalyserna stannar hos parterna och finns inte med i det här dokumentet, som också länsstyrelsen och Brå "
    "får öppna."
)


def told(shown: Sequence[dict[str, Any]], *, audience: Report.Audience, day: dt.date) -> dict[str, Any]:
    """The parts on prioritisation and causes, of the problems that the picture shows."""
    if audience == Report.Audience.RELEASED:
        choices = [{**one, "day": None} for one in shown]
        return {
            "prioritisation": _prioritisation(
                choices, "Prioriteringen visas som den var när versionen fastställdes.", []
            ),
            "analyses": [],
            "analyses_told": NOT_OUTSIDE,
        }
    live = _live(shown, audience)
    said = f"Prioriteringen visas som den stod {swedish.date(day)}. Den beslutas av parterna gemensamt."
    return {
        "prioritisation": _prioritisation(_as_choices(live), said, _decisions(live)),
        "analyses": _analyses([problem for problem in live if problem.status == Problem.Status.PRIORITISED]),
        "analyses_told": "",
    }


def _live(shown: Sequence[dict[str, Any]], audience: Report.Audience) -> list[Problem]:
    """The same problems as they stand now: a new version of a joint picture may have taken them over."""
    found = Problem.objects.filter(pk__in=[one["id"] for one in shown])
    if audience == Report.Audience.PARTIES:
        found = found.common()
    return list(found.in_order())


def _as_choices(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    days = _days(problems)
    return [
        {
            "title": problem.title,
            "place": problem.place,
            "status": problem.status,
            "status_label": problem.get_status_display(),
            "reason": problem.reason,
            "rank": problem.rank,
            "day": iso(days.get(key(problem))),
        }
        for problem in problems
    ]


def _days(problems: Sequence[Problem]) -> dict[str, dt.date]:
    """The day of the latest decision about each problem, from the book."""
    verbs = [*(step.verb for step in PROBLEM_STEPS), WEIGHED_AGAIN]
    events = Event.objects.about(*problems).filter(verb__in=verbs)
    return {event.subject: event.day for event in reversed(events)}


def _decisions(problems: Sequence[Problem]) -> list[picture_report.Weighing]:
    """The decisions that the problems were last weighed in, the newest first, each as it was frozen then. Two queries.

    Different problems may have been decided about at different times, or by different municipalities' bodies.
    """
    decided = Prioritisation.objects.decided().filter(choices__problem__in=problems).distinct()
    newest_first = list(decided.order_by("-decided_on", "-pk").prefetch_related("choices"))
    left, found = {problem.pk: problem for problem in problems}, []
    for one in newest_first:
        settled = [left.pop(choice.problem_id) for choice in one.choices.all() if choice.problem_id in left]
        if settled:
            found.append(_weighing(one.frozen or {}, settled))
    return found


def _weighing(frozen: dict[str, Any], settled: Sequence[Problem]) -> picture_report.Weighing:
    picture = frozen.get("picture") or {}
    about = {problem.pk for problem in settled}
    rows = [row for row in frozen.get("rows", []) if row["problem"] in about]
    record = [
        ("Beslutad av", frozen.get("body", "")),
        ("Beslutad", swedish.date(frozen["decided_on"]) if frozen.get("decided_on") else ""),
        ("Underlag", picture.get("title", "")),
        ("Anteckning", frozen.get("remark", "")),
    ]
    return {
        "record": _texts(record),
        "problems": [problem.title for problem in settled],
        "matrices": [
            _matrix(frozen["columns"], rows[start : start + MOST_ACROSS]) for start in range(0, len(rows), MOST_ACROSS)
        ],
    }


def _matrix(columns: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> picture_report.Matrix:
    """The matrix turned on its side: the grounds under each other, so that their names can be read on a page."""
    return {
        "problems": [row["title"] for row in rows],
        "rows": [
            {
                "ground": column["label"],
                "weight": column["weight"],
                "answers": [
                    {"word": row["squares"][place]["word"], "tone": row["squares"][place]["tone"]} for row in rows
                ],
            }
            for place, column in enumerate(columns)
        ],
        "sums": [f"{row['points']} av {row['most']}" for row in rows],
    }


def _prioritisation(
    found: Sequence[dict[str, Any]], said: str, kept: list[picture_report.Weighing]
) -> picture_report.Prioritisation:
    chosen = [one for one in found if one["status"] == Problem.Status.PRIORITISED]
    waiting = [one for one in found if one["status"] == Problem.Status.IDENTIFIED]
    put_aside = [one for one in found if one not in chosen and one not in waiting]
    return {
        "told": said,
        "decisions": kept,
        "chosen": [_choice(one) for one in sorted(chosen, key=lambda one: one["rank"] or len(found))],
        "put_aside": [_choice(one) for one in put_aside],
        "waiting": len(waiting),
    }


def _choice(one: dict[str, Any]) -> picture_report.Choice:
    return {
        "title": one["title"],
        "place": one["place"],
        "state_word": one["status_label"],
        "tone": Problem.TONES[one["status"]],
        "reason": one["reason"],
        "day": one["day"],
    }


def _analyses(problems: Sequence[Problem]) -> list[picture_report.Analysis]:
    """One per prioritised problem, in the parties' order. Four queries."""
    done = (
        CauseAnalysis.objects.filter(problem__in=problems)
        .select_related("problem")
        .prefetch_related("causes__picture_source", "sources")
    )
    by_problem = {one.problem_id: one for one in done}
    return [_analysis(problem, by_problem.get(problem.pk)) for problem in problems]


def _analysis(problem: Problem, found: CauseAnalysis | None) -> picture_report.Analysis:
    if found is None:
        none: picture_report.Analysis = {
            "problem": problem.title,
            "state_word": "Analys saknas",
            "tone": "warn",
            "meeting": [],
            "answers": [],
            "chain": [],
            "conclusion": [],
            "causes": [],
        }
        return none
    answers = [(f"{question[:1].upper()}{question[1:]}?", answer) for question, answer in found.answers()]
    return {
        "problem": problem.title,
        "state_word": f"Analysen {found.get_status_display().lower()}",
        "tone": found.tone,
        "meeting": _texts(_meeting(found)),
        "answers": _texts(answers),
        "chain": found.links,
        "conclusion": [f"{one.text} (orsak {one.number})" for one in chosen_in_order(found.causes.all())],
        "causes": [_cause(branch) for branch in tree(found.causes.all())],
    }


def _meeting(found: CauseAnalysis) -> list[tuple[str, str]]:
    took_part = {"polisen": found.police_took_part, "kommunen": found.municipality_took_part}
    return [
        ("Hölls", swedish.date(found.held_on) if found.held_on else ""),
        ("Arbetssätt", found.get_method_display()),
        ("Med var", swedish.listing([name for name, was_there in took_part.items() if was_there])),
        ("Funktioner", found.participants),
        ("Underlag", swedish.listing(sources_told(found).splitlines())),
    ]


def _texts(found: Sequence[tuple[str, str]]) -> list[picture_report.Text]:
    return [{"label": label, "text": text} for label, text in found if text]


def _cause(branch: Branch, depth: int = 1) -> picture_report.Cause:
    behind = branch.children if depth < DEEPEST else _in_a_row(branch)
    return {
        "text": str(branch.cause),
        "facts": _facts(branch, told_parent=depth > DEEPEST),
        "chosen": branch.cause.chosen,
        "behind": [] if depth > DEEPEST else [_cause(child, depth + 1) for child in behind],
    }


def _in_a_row(branch: Branch) -> list[Branch]:
    return [one for child in branch.children for one in (child, *_in_a_row(child))]


def _facts(branch: Branch, *, told_parent: bool) -> list[str]:
    cause = branch.cause
    support = cause.get_support_display()
    influence = cause.get_influence_display()
    behind = [f"Ligger bakom orsak {cause.parent.number}"] if told_parent and cause.parent else []
    return [
        *behind,
        *([f"Prioritet {cause.priority}"] if cause.priority else []),
        cause.level.label,
        cause.get_category_display(),
        cause.get_nature_display(),
        f"{support}: {cause.sources_told}" if cause.sources_told else support,
        f"Kan påverkas av: {influence[:1].lower()}{influence[1:]}",
    ]
