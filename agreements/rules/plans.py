"""The table of steps for action plans, who decides on which, and what a plan still lacks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from agreements.models import ActionPlan, Measure
from agreements.rules.measures import untold
from journal.steps import Step
from lib.swedish import listing, plural
from municipalities.models import Municipality
from partnerships.models import Group, GroupQuerySet, Partnership
from partnerships.queries import concerning
from partnerships.rules import parties_of, roles_about, roles_of, roles_through

_Plan = ActionPlan.Status
ADOPT_PLAN = Step(
    "plan_adopt",
    "Anta åtgärdsplanen",
    (_Plan.DRAFT,),
    _Plan.ADOPTED,
    COORDINATORS,
    warning="En antagen plan ändras aldrig. Vill ni ändra den gör ni en ny version.",
    told="Antagen",
)
REPLACE_PLAN = Step(
    "plan_replace", "Ersätt", (_Plan.ADOPTED,), _Plan.REPLACED, COORDINATORS, told="Ersatt av en ny plan"
)
# Not a step of the table: afterwards there is nothing that could stand anywhere.
THROW_AWAY_PLAN = Step("throw_away_plan", "Kasta utkastet", (_Plan.DRAFT,), _Plan.DRAFT, COORDINATORS)
PLAN_STEPS = [ADOPT_PLAN, REPLACE_PLAN]


@dataclass(frozen=True)
class Lack:
    """Something that a plan lacks, and the measures (as plan_content has them) that lack it."""

    text: str
    measures: Sequence[Mapping[str, Any]] = ()

    def __str__(self) -> str:
        return f"{self.text} i {listing([one['title'] for one in self.measures])}" if self.measures else self.text


def may_plan(user: User, plan: ActionPlan) -> bool:
    """The parties' plans are kept by their coordinators, the municipality's own by law only by the municipality's."""
    if plan.is_statutory:
        return plan.municipality_id in own_municipalities(user, plan.partnership)
    return Role.COORDINATOR in roles_about(user, plan.partnership, plan.municipality_id)


def may_create_plan(user: User, partnership: Partnership, kind: str) -> bool:
    """Coordinators; of a statutory plan those of a municipality."""
    if kind == ActionPlan.Kind.STATUTORY:
        return bool(own_municipalities(user, partnership))
    return Role.COORDINATOR in roles_of(user, partnership)


def own_municipalities(user: User, partnership: Partnership) -> set[int]:
    """The municipalities that the person coordinates for: only they decide what the law asks of a municipality."""
    return {
        party.organisation.municipality_id
        for party in parties_of(user, partnership)
        if party.organisation.municipality_id and Role.COORDINATOR in roles_through(user, {party.organisation_id})
    }


def steering_groups(partnership: Partnership, municipality: Municipality | None, day: dt.date) -> GroupQuerySet:
    """Those that may adopt a plan of the place: the common ones, and the municipality's own."""
    found = partnership.groups.existing(day).filter(kind=Group.Kind.STEERING)
    common = found.filter(municipality=None)
    return common | found.filter(municipality=municipality) if municipality else common


def steers(group: Group, plan: ActionPlan) -> bool:
    """Whether the group may adopt the plan: a steering group of its partnership, common or of its own place."""
    same = group.partnership_id == plan.partnership_id and group.kind == Group.Kind.STEERING
    return same and group.municipality_id in (None, plan.municipality_id)


def missing_for_adopt(plan: ActionPlan, content: Mapping[str, Any]) -> list[Lack]:
    """What must be there: something to adopt, what is asked of each measure that is decided with it, and the law's.

    Lag (2023:196): the municipality takes a stand on the needs (3 §) and decides with a lägesbild as its ground (5 §).
    """
    missing = [] if content["count"] else [Lack("minst en åtgärd")]
    if aimless := list(plan.measures.without_cause().order_by("starts", "pk").values("id", "title")):
        missing.append(Lack("en orsak, eller skälet till att ingen är vald,", aimless))
    proposed = plan.measures.filter(concerning(plan.municipality), status=Measure.Status.PROPOSED)
    for measure in proposed.prefetch_related("goals"):
        if words := untold(measure):
            missing.append(Lack(listing(words), [{"id": measure.pk, "title": measure.title}]))
    if plan.is_statutory:
        missing += [] if plan.picture_id else [Lack("lägesbilden som planen bygger på")]
        missing += [] if plan.needs.strip() else [Lack("ställningstagande till behoven")]
    return missing


def lacks(content: Mapping[str, Any]) -> list[Lack]:
    """What the handbook wants in the plan and is not there: told before it is adopted, never refused."""
    rows = [row for group in content["groups"] for row in group["rows"] if row["measure"]]
    without_cause = [row["measure"] for row in rows if not row["cause"]]
    measures = [row["measure"] for row in rows]
    asked = [
        ("riktar sig inte mot någon orsak", without_cause),
        ("saknar ansvarig funktion", [one for one in measures if not one["function"].strip()]),
        ("saknar mål eller antal", [one for one in measures if not (one["goals"] or one["planned"])]),
        ("saknar före-värde, eller skäl till att det inte går att mäta", [o for o in measures if not o["baseline"]]),
    ]
    found = [Lack(f"{plural(len(some), 'åtgärd', 'åtgärder')} {words}", some) for words, some in asked if some]
    goals = {goal["id"]: goal for one in measures for goal in one["goals"] if not goal["has_baseline"]}
    if goals:
        found.append(Lack(f"{plural(len(goals), 'mål', 'mål')} saknar utgångsvärde"))
    if content["uncovered"]:
        count = plural(len(content["uncovered"]), "vald orsak", "valda orsaker")
        found.append(Lack(f"{count} har ingen åtgärd i planen"))
    return found
