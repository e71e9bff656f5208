"""What happens to action plans: begun with the measures that concern them, adopted, and followed by a new version."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from accounts.models import User
from agreements import plan_content, rules
from agreements.models import ActionPlan, Goal, Measure, MeasureQuerySet
from journal.edits import RecordForm, save_new
from journal.steps import NotAllowed, Refused, lock, record, take
from lib import canonical
from lib.swedish import date, listing
from municipalities.models import Municipality
from partnerships.models import Cycle, Group
from partnerships.queries import concerning

PLAN_CHANGED = (
    "Planen eller någon av dess åtgärder har ändrats sedan du öppnade sidan, så beslutet är inte infört. "
    "Läs planen igen och för in beslutet om det gäller den."
)
NOT_STEERING = "En gemensam åtgärdsplan antas av en styrgrupp i samverkan. Välj en av dem."
# Carried over to the next version.
COPIED = ("kind", "title", "starts", "ends", "needs", "documentation", "follow_up")


def measures_for(cycle: Cycle, municipality: Municipality | None, kind: str) -> MeasureQuerySet:
    """The measures that a new plan begins with: those going on or to come that concern the place.

    In the municipality's own plan by law they are those that the municipality itself answers for.
    """
    live = Measure.objects.filter(concerning(municipality), cycle=cycle, status__in=Measure.LIVE_STATUSES)
    if kind == ActionPlan.Kind.STATUTORY:
        return live.filter(responsible__organisation__municipality=municipality)
    return live


@transaction.atomic
def begin_plan(form: RecordForm, cycle: Cycle, *, by: User, kind: str) -> ActionPlan:
    """A draft with the measures that concern it."""
    plan: ActionPlan = save_new(form, by=by, cycle=cycle, partnership=cycle.partnership, kind=kind)
    plan.measures.set(measures_for(cycle, plan.municipality, kind))
    return plan


@transaction.atomic
def adopt_plan(
    plan: ActionPlan,
    *,
    by: User,
    read: str,
    adopted_on: dt.date,
    reference: str,
    group: Group | None = None,
    body: str = "",
) -> None:
    """Write down the decision on the very plan that was read (`read` is its checksum): it is frozen, its proposed
    measures are decided and its goals adopted, and the plan that held before is replaced.

    The partnership's row is held, so that two plans of one place are not adopted past each other.
    """
    lock(plan.partnership)
    held = lock(plan)
    if not held.is_draft:
        raise NotAllowed(rules.ADOPT_PLAN, plan)
    if not held.is_statutory and not (group and rules.steers(group, held)):
        raise Refused(rules.ADOPT_PLAN, plan, NOT_STEERING)
    _hold_content(held)
    before = plan_content.of(held)
    missing = rules.missing_for_adopt(held, before)
    if missing:
        raise Refused(
            rules.ADOPT_PLAN, plan, f"Planen kan inte antas än. Det saknas: {listing([str(one) for one in missing])}."
        )
    if canonical.checksum(before) != read:
        raise Refused(rules.ADOPT_PLAN, plan, PLAN_CHANGED)
    decided_by = str(group) if group else body
    note = f"{decided_by}, {date(adopted_on)}{f', {reference}' if reference else ''}"
    _settle_content(held, by=by, note=note, decided_on=adopted_on, decided_by=decided_by, decision_reference=reference)
    earlier = _that_holds(held)
    if earlier:
        take(rules.REPLACE_PLAN, earlier, by=by, note=f"Ersatt av {held.title}")
    decision = {"by": decided_by, "day": adopted_on.isoformat(), "reference": reference, "registered_by": by.name}
    frozen = plan_content.of(held, decision)
    fields = {"frozen": frozen, "checksum": canonical.checksum(frozen), "replaces": earlier or held.replaces}
    decided = {"group": group, "body": body, "adopted_on": adopted_on, "reference": reference}
    take(rules.ADOPT_PLAN, plan, by=by, note=note, **fields, **decided)


def _hold_content(plan: ActionPlan) -> None:
    """What the plan holds is not changed by others between the reading and the freezing."""
    measures = Measure.objects.select_for_update().filter(pk__in=plan.measures.values("pk")).order_by("pk")
    goals = Goal.objects.filter(measures__in=plan.measures.values("pk")).values("pk")
    for held in (measures, Goal.objects.select_for_update().filter(pk__in=goals).order_by("pk")):
        list(held.values_list("pk"))


def _settle_content(plan: ActionPlan, *, by: User, note: str, **decision: Any) -> None:
    """What the plan holds is decided with it."""
    for measure in plan.measures.filter(concerning(plan.municipality), status=Measure.Status.PROPOSED):
        take(rules.DECIDE, measure, by=by, note=f"Med åtgärdsplanen. {note}", **decision)
    goals = Goal.objects.filter(
        concerning(plan.municipality), measures__plans=plan, status=Goal.Status.PROPOSED
    ).distinct()
    for goal in goals:
        take(rules.ADOPT, goal, by=by, note=note)


def _that_holds(plan: ActionPlan) -> ActionPlan | None:
    """The adopted plan that this one takes over from: of the same kind and place, and for the parties' same cycle."""
    same = ActionPlan.objects.adopted().filter(kind=plan.kind, municipality=plan.municipality)
    if plan.is_statutory:
        return same.filter(partnership=plan.partnership).first()
    return same.filter(cycle=plan.cycle).first()


@transaction.atomic
def new_plan_version(plan: ActionPlan, *, by: User) -> tuple[ActionPlan, bool]:
    """A draft that copies an adopted plan, and whether it is new: one that is already begun is given back."""
    held = lock(plan)
    if held.status != ActionPlan.Status.ADOPTED:
        raise NotAllowed(rules.ADOPT_PLAN, plan)
    begun = ActionPlan.objects.filter(replaces=held, status=ActionPlan.Status.DRAFT).first()
    if begun:
        return begun, False
    owned: dict[str, Any] = {name: getattr(held, name) for name in COPIED}
    links = model_to_dict(held, fields=["partnership", "cycle", "municipality", "agreement", "picture"])
    owned |= {f"{name}_id": pk for name, pk in links.items()}
    made = ActionPlan.objects.create(created_by=by, replaces=held, **owned)
    made.measures.set(held.measures.exclude(status__in=[Measure.Status.CANCELLED, Measure.Status.NOT_DONE]))
    record(made, "created", "Ny version av en antagen plan", by=by, note=str(held))
    return made, True
