"""Where a goal stands is said on a day with a reason, again and again; the five questions are answered one by one."""

import pytest
from django.db import DatabaseError, transaction

from agreements.models import Goal, GoalOutcome
from journal.models import Event
from tests import factories


@pytest.fixture
def goal(problem, police, bo):
    return factories.GoalFactory(problem=problem, responsible=police, status="adopted", created_by=bo)


def judge(go, who, goal, **changes):
    told = {"outcome": "on_way", "day": "2026-10-01", "reason": "35 anmälda brott första halvåret."}
    return go(who, f"/overenskommelser/mal/{goal.pk}/utfall/", told | changes)


def test_each_judgement_is_added_and_the_latest_stands_first(go, anna, bo, goal):
    judge(go, bo, goal)
    judge(go, anna, goal, outcome="not_assessable", day="2026-11-01", reason="Statistiken har lagts om.")

    page = go(anna, goal.get_absolute_url()).content.decode()
    assert page.index("Kan inte bedömas") < page.index("På väg")
    assert "Statistiken har lagts om." in page
    assert [one.outcome for one in goal.outcomes.all()] == ["not_assessable", "on_way"]
    assert Event.objects.about(goal).filter(verb="judged").count() == 2


@pytest.mark.parametrize("changes", [{"outcome": ""}, {"reason": ""}, {"day": "2099-01-01"}])
def test_without_outcome_reason_or_a_day_that_has_been_it_is_refused(go, bo, goal, changes):
    page = judge(go, bo, goal, **{"reason": "Mitt skrivna"} | changes).content.decode()

    assert ("Mitt skrivna" in page) == ("reason" not in changes)
    assert not goal.outcomes.exists()


def test_a_goal_that_is_not_adopted_is_not_judged(go, bo, goal):
    Goal.objects.filter(pk=goal.pk).update(status="dropped")

    page = judge(go, bo, goal).content.decode()

    assert "Målet är inte längre antaget" in page
    assert not goal.outcomes.exists()


def test_who_may(go, anna, bo, cecilia, hans, eva, fia, goal):
    codes = [judge(go, who, goal).status_code for who in (anna, bo, cecilia, hans, eva, fia)]

    assert codes == [302, 302, 403, 403, 404, 404]


def test_a_judgement_stays(go, bo, goal):
    judge(go, bo, goal)

    for change in (lambda: GoalOutcome.objects.update(outcome="reached"), GoalOutcome.objects.get().delete):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_a_question_is_answered_yes_no_or_not_tried_each_with_a_comment(go, bo, goal):
    Goal.objects.filter(pk=goal.pk).update(specific="yes", realistic="no", realistic_comment="För kort tid.")

    page = go(bo, goal.get_absolute_url()).content.decode()

    answers = page[page.index('class="smart"') : page.index("</ul>", page.index('class="smart"'))]
    assert [answers.count(word) for word in (">ja<", ">nej<", ">ej bedömt<")] == [1, 1, 3]
    assert "För kort tid." in answers
