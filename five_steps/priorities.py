"""What proves S3.2: the steering group's decision on problems that were weighed, and that every prioritised problem
rests on one."""

from itertools import chain

from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength
from lib.swedish import date, plural
from partnerships.models import Group
from situation.models import Choice, Prioritisation, Problem


def prioritised_by_decision(facts: Facts) -> Evidence:
    """S3.2: proven only by the steering group's decision that chose among problems judged in the matrix.

    A problem prioritised beside it, one that nobody judged on any ground, and another body's decision are lacking.
    """
    decisions = [one for one in facts.prioritisations if one.is_decided]
    latest: dict[int, Choice] = {}
    for choice in chain.from_iterable(one.choices.all() for one in decisions):
        latest.setdefault(choice.problem_id, choice)  # the latest decision comes first
    chosen = [pk for pk, choice in latest.items() if choice.outcome == Choice.Outcome.CHOSEN]
    if not chosen:
        return _not_decided(facts)
    loose = [one for one in facts.prioritised if one.status == Problem.Status.PRIORITISED and one.pk not in chosen]
    holding = {choice.prioritisation_id for choice in latest.values()}
    others = [one for one in decisions if one.pk in holding and _is_anothers(one)]
    unweighed = [one for one in latest.values() if not one.is_weighed]  # type: ignore[attr-defined]  # annotated
    who = "En annan instans än styrgruppen" if others else "Styrgruppen"
    day = f"{', senast' if len(decisions) > 1 else ''} den {date(decisions[0].decided_on)}"
    summary = f"{who} prioriterade {len(chosen)} av {len(latest)} problem{day}."
    missing = [*_loose(len(loose)), *_of_another(len(others)), *_unweighed(len(unweighed))]
    if not missing:
        return Evidence(Strength.PROVEN, summary, proof=decisions)
    ongoing = [one for one in facts.prioritisations if not one.is_decided]
    return Evidence(Strength.PARTIAL, summary, " ".join(missing), decisions, ongoing or loose or decisions)


def _is_anothers(decision: Prioritisation) -> bool:
    return decision.body is None or decision.body.kind != Group.Kind.STEERING


def _loose(count: int) -> list[str]:
    counted = plural(count, "prioriterat problem", "prioriterade problem")
    return [f"{counted} saknar styrgruppens beslut."] if count else []


def _of_another(count: int) -> list[str]:
    counted = plural(count, "beslut är infört", "beslut är införda")
    return [f"{counted} utan att styrgruppen är vald som beslutsorgan."] if count else []


def _unweighed(count: int) -> list[str]:
    counted = plural(count, "problem är inte bedömt", "problem är inte bedömda")
    return [f"{counted} på någon grund i matrisen."] if count else []


def _not_decided(facts: Facts) -> Evidence:
    """How far the weighing has come when no decision has chosen anything."""
    chosen, total = facts.prioritised, len(facts.problems)
    ongoing = [one for one in facts.prioritisations if not one.is_decided]
    if not total:
        return Evidence(Strength.NONE, "Inga problem är upplagda.", "Lägg upp problemen ur lägesbilden.")
    if chosen:
        summary = f"{len(chosen)} av {total} problem är prioriterade, utan styrgruppens beslut."
        return Evidence(Strength.PARTIAL, summary, "För in styrgruppens beslut.", chosen, ongoing)
    summary = f"{plural(total, 'problem är funnet', 'problem är funna')}, inget prioriterat än."
    missing = "För in styrgruppens beslut." if ongoing else "Väg problemen och prioritera."
    return Evidence(Strength.PARTIAL, summary, missing, lacking=ongoing or facts.problems)
