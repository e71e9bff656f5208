"""What proves S4.1 and S4.3: that each problem has a goal of effect, and that what is done aims at analysed causes."""

from agreements.models import Goal, Measure
from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength, share
from lib.swedish import plural

# Nothing is aimed at by what was called off.
_CALLED_OFF = (Measure.Status.CANCELLED, Measure.Status.NOT_DONE)


def goals_of_effect(facts: Facts) -> Evidence:
    """S4.1: each prioritised problem has at least one goal of effect that stands."""
    chosen = facts.prioritised
    if not chosen:
        return Evidence(Strength.NONE, "Inga problem är prioriterade.", "Prioritera problemen först.")
    of_effect = [goal for goal in facts.goals if goal.kind == Goal.Kind.EFFECT]
    aimed = {goal.problem_id for goal in of_effect}
    lacking = [problem for problem in chosen if problem.pk not in aimed]
    count = len(chosen) - len(lacking)
    strength = share(count, len(chosen))
    if strength == Strength.NONE and facts.goals:
        strength = Strength.PARTIAL
    summary = f"{count} av {plural(len(chosen), 'prioriterat problem', 'prioriterade problem')} har ett effektmål."
    missing = "Formulera ett effektmål för varje problem." if lacking else ""
    return Evidence(strength, summary, missing, of_effect, lacking)


def aimed_at_causes(facts: Facts) -> Evidence:
    """S4.3: each measure that is not called off aims at a cause, or says why it does not."""
    counted = [measure for measure in facts.measures if measure.status not in _CALLED_OFF]
    if not counted:
        return Evidence(Strength.NONE, "Inga åtgärder är upplagda.", "Lägg upp åtgärderna.")
    aimed = [measure for measure in counted if measure.has_cause]  # type: ignore[attr-defined]  # annotated
    told = [measure for measure in counted if measure not in aimed and measure.without_cause_reason]
    lacking = [measure for measure in counted if measure not in aimed and measure not in told]
    summary = f"{len(aimed)} av {plural(len(counted), 'åtgärd', 'åtgärder')} riktar sig mot en analyserad orsak."
    if told:
        summary += f" {len(told)} har skäl att inte göra det."
    missing = f"{len(lacking)} saknar både orsak och skäl." if lacking else ""
    return Evidence(share(len(counted) - len(lacking), len(counted)), summary, missing, [*aimed, *told], lacking)
