"""What proves S4.4: plans that the steering group has adopted, and that no measure is carried out beside them."""

from agreements.models import ActionPlan, Measure
from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength
from lib.swedish import date, plural

DECIDED = (Measure.Status.DECIDED, Measure.Status.ONGOING, Measure.Status.DONE, Measure.Status.PARTLY)


def adopted_by_steering_group(facts: Facts) -> Evidence:
    """S4.4: proven when a plan is adopted and every measure that was decided stands in one that was."""
    adopted = [plan for plan in facts.plans if plan.status == ActionPlan.Status.ADOPTED]
    drafts = [plan for plan in facts.plans if plan.is_draft]
    if not adopted:
        return _not_adopted(facts, drafts)
    beside = [one for one in facts.measures if one.status in DECIDED and not one.in_plan]  # type: ignore[attr-defined]  # annotated
    count = plural(len(adopted), "åtgärdsplan är antagen", "åtgärdsplaner är antagna")
    latest = max(plan.adopted_on for plan in adopted if plan.adopted_on)
    summary = f"{count} av styrgruppen, senast den {date(latest)}."
    if beside:
        missing = f"{plural(len(beside), 'beslutad åtgärd', 'beslutade åtgärder')} står i ingen antagen plan."
        return Evidence(Strength.PARTIAL, summary, missing, adopted, [*drafts, *beside])
    return Evidence(Strength.PROVEN, summary, proof=adopted)


def _not_adopted(facts: Facts, drafts: list[ActionPlan]) -> Evidence:
    if drafts:
        summary = f"{plural(len(drafts), 'utkast till åtgärdsplan', 'utkast till åtgärdsplaner')} finns."
        return Evidence(Strength.PARTIAL, summary, "För in styrgruppens beslut.", lacking=drafts)
    missing = "Samla åtgärderna i en plan." if facts.measures else "Lägg upp åtgärderna och samla dem i en plan."
    return Evidence(Strength.NONE, "Ingen åtgärdsplan är skriven.", missing)
