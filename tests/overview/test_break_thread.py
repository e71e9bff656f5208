"""Every rule of the red thread breaks where it should, alone, and nowhere else."""

import datetime as dt

import pytest

from agreements.models import Measure
from citizen_promises.models import Promise
from overview.thread_page import thread_page
from overview.thread_rules import RULES
from situation.models import CauseAnalysis, Problem
from tests import factories
from tests.overview.threads import DAY, put, whole
from tests.promising import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cycle, police, lycksele, bo):
    return whole(cycle, police, lycksele, bo)


def found(bo, cycle, day=DAY):
    """What is shown as broken and as next: ids with what they stand by."""
    page = thread_page(bo, cycle, day, {})
    marks = {True: [], False: []}
    for one in page.drawings:
        for node in one.nodes:
            for mark in node.marks:
                marks[mark.is_break].append((mark.rule.id, node.title))
    return sorted(marks[True]), sorted(marks[False])


def no_analysis(told):
    told.done.causes.clear(), told.measure.causes.clear()
    put(told.done, without_cause_reason="Bråttom."), put(told.measure, without_cause_reason="Bråttom.")
    put(told.analysis, status="ongoing")


def nothing_chosen(told):
    for one in (told.done, told.measure):
        one.causes.clear()
        put(one, without_cause_reason="Bråttom.")
    put(told.cause, chosen=False)


def no_effect_goal(told):
    put(told.goal, kind="process")


def never_followed_up(told):
    put(told.cycle, status="closed", closed_on=DAY)


def cause_alone(told):
    put(told.aside, chosen=True)


def goal_alone(told):
    factories.GoalFactory(problem=told.problem, responsible=told.police, text="Fler vågar gå ut.")


def goal_without_baseline(told):
    put(told.goal, baseline=None, baseline_period="")


def measure_without_cause(told):
    told.measure.causes.clear()


def measure_against_unchosen(told):
    told.measure.causes.add(told.aside)


def measure_against_other_problem(told):
    other = factories.ProblemFactory(cycle=told.cycle, title="Ett annat")
    told.measure.causes.add(factories.CauseFactory(analysis__problem=other))


def measure_without_goal(told):
    told.measure.goals.clear()


def started_without_baseline(told):
    measure = factories.MeasureFactory(
        problem=told.problem, responsible=told.police, title="Mer", status="ongoing", baseline_reason=" "
    )
    measure.causes.add(told.cause), measure.goals.add(told.goal)


def before(told):
    """The cycle before this one."""
    days = {"starts": dt.date(2022, 1, 1), "ends": None, "closed_on": dt.date(2025, 12, 31)}
    return factories.CycleFactory(partnership=told.cycle.partnership, status="closed", **days)


def repeated_without_reason(told):
    earlier = factories.MeasureFactory(problem__cycle=before(told), assessment="red", assessment_text="Inget.")
    put(told.measure, repeats=earlier, repeat_reason=" ")


def repeats_unassessed(told):
    earlier = factories.MeasureFactory(problem__cycle=before(told))
    put(told.measure, repeats=earlier, repeat_reason="Den är billig.")


def finished_unassessed(told):
    factories.FollowUpFactory(measure=told.measure, status="finished", decision_why="Går bra.")
    measure = factories.MeasureFactory(
        problem=told.problem, responsible=told.police, title="Mer", status="partly", baseline_reason="Går inte."
    )
    measure.causes.add(told.cause), measure.goals.add(told.goal)


def promise_from_nothing(told):
    document = factories.PromiseDocumentFactory(cycle=told.cycle, municipality=told.municipality)
    factories.PromiseFactory(document=document, text="Vi syns mer")

    publish(document, by=told.cycle.created_by)


def promise_untold(told):
    put(told.promise, status="kept", settled_on=DAY)


BROKEN = {
    no_analysis: ["Otrygghet vid torget"],
    nothing_chosen: ["Otrygghet vid torget"],
    no_effect_goal: ["Otrygghet vid torget"],
    never_followed_up: ["Otrygghet vid torget"],
    cause_alone: ["2. Det är mörkt"],
    goal_alone: ["Fler vågar gå ut."],
    goal_without_baseline: ["Anmälda våldsbrott på torget ska minska."],
    measure_without_cause: ["Fotpatruller på torget"],
    measure_against_unchosen: ["Fotpatruller på torget"],
    measure_against_other_problem: ["Fotpatruller på torget"],
    measure_without_goal: ["Fotpatruller på torget"],
    started_without_baseline: ["Mer"],
    repeated_without_reason: ["Fotpatruller på torget"],
    repeats_unassessed: ["Fotpatruller på torget"],
    finished_unassessed: ["Mer"],
    promise_from_nothing: ["Vi syns mer"],
    promise_untold: ["Synlig polis i centrum"],
}


def test_every_rule_is_tried():
    assert sorted(one.__name__ for one in BROKEN) == sorted(rule.id for rule in RULES)


def test_a_whole_thread_is_not_broken(bo, cycle, told):
    assert found(bo, cycle) == ([], [])


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda one: one.__name__)
def test_a_break_is_found_where_it_is_and_nowhere_else(bo, cycle, told, breaks):
    breaks(told)
    cycle.refresh_from_db()

    assert found(bo, cycle)[0] == [(breaks.__name__, where) for where in BROKEN[breaks]]


def test_what_is_merely_next_is_no_break(bo, cycle, police):
    problem = factories.ProblemFactory(cycle=cycle, status="prioritised", title="Nytt")

    assert found(bo, cycle) == ([], [("no_analysis", "Nytt"), ("no_effect_goal", "Nytt")])

    analysis = factories.CauseAnalysisFactory(problem=problem)
    cause = factories.CauseFactory(analysis=analysis, number=1, text="Mörkt", chosen=True)
    CauseAnalysis.objects.update(status="done")
    assert found(bo, cycle) == ([], [("cause_alone", "1. Mörkt"), ("no_effect_goal", "Nytt")])

    measure = factories.MeasureFactory(problem=problem, responsible=police, title="Lampor", baseline_reason="")
    measure.causes.add(cause)
    assert found(bo, cycle) == ([], [("measure_without_goal", "Lampor"), ("no_effect_goal", "Nytt")])

    put(measure, status="decided")
    assert found(bo, cycle) == (
        [("measure_without_goal", "Lampor"), ("no_effect_goal", "Nytt")],
        [("started_without_baseline", "Lampor")],
    )


def test_a_measure_that_has_not_begun_needs_no_follow_up(bo, cycle, told):
    put(told.measure, status="decided")

    assert found(bo, cycle) == ([], [])


def test_what_is_called_off_owes_nothing(bo, cycle, told, police):
    factories.MeasureFactory(problem=told.problem, responsible=police, status="cancelled")

    assert found(bo, cycle) == ([], [])


def test_a_cancelled_measure_leaves_its_cause_alone(bo, cycle, told):
    Measure.objects.update(status="cancelled")

    assert found(bo, cycle)[0] == []
    put(told.cycle, ends=dt.date(2026, 10, 1))
    cycle.refresh_from_db()
    assert {one for one, _ in found(bo, cycle)[0]} == {"cause_alone", "goal_alone", "never_followed_up"}


def test_a_goal_is_served_by_the_measures_of_its_parts(bo, cycle, told, police):
    overall = factories.GoalFactory(problem=told.problem, responsible=police, text="Tryggt torg", level="overall")
    put(told.goal, parent=overall)

    assert found(bo, cycle) == ([], [])


def test_a_reason_is_as_good_as_a_value(bo, cycle, told):
    put(told.goal, baseline=None, baseline_period="", baseline_reason="Ingen har mätt.")
    put(told.measure, without_cause_reason="Akut.")
    told.measure.causes.clear()

    assert found(bo, cycle) == ([], [])


def test_a_promise_that_runs_needs_no_feedback_until_its_time_is_out(bo, cycle, told, lycksele):
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele, ends=dt.date(2026, 12, 31))
    factories.PromiseFactory(document=document, measures=[told.measure], text="Hela året")

    publish(document, by=bo)

    assert found(bo, cycle) == ([], [])
    assert found(bo, cycle, dt.date(2027, 1, 1))[0] == [("promise_untold", "Hela året")]


def test_a_problem_that_was_put_aside_owes_no_analysis(bo, cycle, told, police):
    put(told.problem, status="watched", reason="Det minskar.")
    put(told.analysis, status="ongoing")

    assert found(bo, cycle) == ([], [])
    assert Promise.objects.count() == 1
    assert Problem.objects.count() == 1
