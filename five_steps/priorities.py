"""What proves S3.2: the steering group's decision on a weighing, and that every prioritised problem rests on one."""

from itertools import chain

from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength
from lib.swedish import date, plural
from situation.models import Choice, Problem


def prioritised_by_decision(facts: Facts) -> Evidence:
    """S3.2: proven only by a decision that chose something; a problem prioritised beside it is lacking."""
    decisions = [one for one in facts.prioritisations if one.is_decided]
    outcomes: dict[int, str] = {}
    for choice in chain.from_iterable(one.choices.all() for one in decisions):
        outcomes.setdefault(choice.problem_id, choice.outcome)  # the latest decision comes first
    chosen = [pk for pk, outcome in outcomes.items() if outcome == Choice.Outcome.CHOSEN]
    if not chosen:
        return _not_decided(facts)
    loose = [one for one in facts.prioritised if one.status == Problem.Status.PRIORITISED and one.pk not in chosen]
    latest = ", senast" if len(decisions) > 1 else ""
    day = date(decisions[0].decided_on)
    summary = f"Styrgruppen prioriterade {len(chosen)} av {len(outcomes)} problem{latest} den {day}."
    if loose:
        count = plural(len(loose), "prioriterat problem", "prioriterade problem")
        lacking = [one for one in facts.prioritisations if not one.is_decided] or loose
        return Evidence(Strength.PARTIAL, summary, f"{count} saknar styrgruppens beslut.", decisions, lacking)
    return Evidence(Strength.PROVEN, summary, proof=decisions)


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
