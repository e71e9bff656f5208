"""Two plans of one place at the same moment, on a database where people really meet."""

import datetime as dt

import pytest

from agreements import actions, plan_content
from agreements.models import ActionPlan
from journal.steps import NotAllowed
from lib import canonical
from tests import factories
from tests.agreements.conftest import needs_row_locks

pytestmark = [needs_row_locks, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 3, 20)


@pytest.fixture
def adopting(bo, partnership):
    group = factories.GroupFactory(partnership=partnership)

    def of(plan):
        read = canonical.checksum(plan_content.of(plan))
        fields = {"read": read, "adopted_on": DAY, "reference": "§ 7", "group": group}
        return lambda: actions.adopt_plan(ActionPlan.objects.get(pk=plan.pk), by=bo, **fields)

    return of


def made(cycle, measure):
    plan = factories.ActionPlanFactory(cycle=cycle)
    plan.measures.add(measure)
    type(measure).objects.filter(pk=measure.pk).update(without_cause_reason="Kommunens eget uppdrag.")
    return plan


def test_of_two_plans_one_holds_and_the_other_is_replaced_or_told(at_once, adopting, cycle, measure):
    for _ in range(10):
        first, second = made(cycle, measure), made(cycle, measure)

        at_once(adopting(first), adopting(second))

        assert ActionPlan.objects.adopted().filter(cycle=cycle).count() == 1


def test_one_plan_is_adopted_once(at_once, adopting, cycle, measure):
    for _ in range(10):
        plan = made(cycle, measure)
        adopt = adopting(plan)

        answers = at_once(adopt, adopt)

        assert len([answer for answer in answers if isinstance(answer, NotAllowed)]) == 1
        plan.refresh_from_db()
        assert plan_content.is_intact(plan)
