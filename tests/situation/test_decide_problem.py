"""Problems: described, weighed, chosen or put aside with a reason."""

import pytest

from journal.models import Event
from journal.steps import NotAllowed
from situation import actions, rules
from situation.models import Picture, Problem
from tests import factories
from tests.approving import establish

NEW = {"title": "Cykelstölder vid stationen", "trend": "increasing", "place": "Stationen"}
ADDRESS = {
    "prioritise": "prioritera",
    "watch": "bevaka",
    "dismiss": "avskriv",
    "solve": "lost",
    "reconsider": "ta-upp-igen",
}
FROM = {
    "prioritise": {"identified", "watched", "dismissed"},
    "watch": {"identified", "prioritised"},
    "dismiss": {"identified", "prioritised", "watched"},
    "solve": {"prioritised", "watched"},
    "reconsider": {"dismissed", "solved"},
}
STEP = {step.verb: step for step in rules.PROBLEM_STEPS}


def put(problem, status):
    """Stand it in the status, as history would have."""
    Problem.objects.filter(pk=problem.pk).update(status=status, reason="Beslut i styrgruppen.")
    problem.refresh_from_db()
    return problem


def ranked(cycle):
    return [problem.title for problem in Problem.objects.filter(cycle=cycle).prioritised()]


def test_a_problem_is_described_in_a_picture(go, bo, joint):
    answer = go(bo, f"/lagesbilder/problem/ny/?lagesbild={joint.pk}", NEW)

    problem = joint.problems.get(title=NEW["title"])
    assert answer.url == joint.get_absolute_url()
    assert (problem.cycle, problem.partnership, problem.status) == (joint.cycle, joint.partnership, "identified")


def test_a_problem_may_be_known_without_a_picture(go, anna, partnership, cycle):
    answer = go(anna, f"/lagesbilder/problem/ny/?samverkan={partnership.pk}", NEW)

    problem = Problem.objects.get()
    assert (problem.picture, problem.cycle) == (None, cycle)
    assert answer.url == problem.get_absolute_url()


def test_a_problem_is_about_the_municipality_of_its_picture(go, anna, own_municipality, lycksele):
    go(anna, f"/lagesbilder/problem/ny/?lagesbild={own_municipality.pk}", NEW)

    assert own_municipality.problems.get(title=NEW["title"]).municipality == lycksele


def test_without_an_open_cycle_one_is_told_to_open_one(go, bo, partnership):
    answer = go(bo, f"/lagesbilder/problem/ny/?samverkan={partnership.pk}", NEW)

    assert answer.status_code == 302
    assert not Problem.objects.exists()
    assert "Öppna en omgång först" in str([str(m) for m in go(bo, "/lagesbilder/").context["messages"]])


@pytest.mark.parametrize("status", Problem.Status.values)
def test_each_step_begins_where_the_table_says(problem, status):
    put(problem, status)

    open_ones = {verb for verb, step in STEP.items() if rules.is_open_problem(step, problem)}

    assert open_ones == {verb for verb, statuses in FROM.items() if status in statuses}


@pytest.mark.parametrize("verb", STEP)
def test_each_step_leads_where_it_says_and_keeps_its_reason(go, bo, problem, verb):
    put(problem, min(FROM[verb]))

    go(bo, f"/lagesbilder/problem/{problem.pk}/{ADDRESS[verb]}/", {"reason": "Styrgruppen 12 mars."})

    problem.refresh_from_db()
    assert (problem.status, problem.reason) == (STEP[verb].new, "Styrgruppen 12 mars.")
    assert Event.objects.about(problem).first().note == "Styrgruppen 12 mars."


@pytest.mark.parametrize("verb", ["watch", "dismiss"])
def test_choosing_away_demands_a_reason(go, bo, problem, verb):
    answer = go(bo, f"/lagesbilder/problem/{problem.pk}/{ADDRESS[verb]}/", {"reason": "  "})

    problem.refresh_from_db()
    assert problem.status == "identified"
    assert "reason" in answer.context["form"].errors


def test_a_reason_with_a_personal_number_is_refused(go, bo, problem):
    answer = go(bo, f"/lagesbilder/problem/{problem.pk}/avskriv/", {"reason": "811228-9874 har flyttat."})

    assert "personnummer" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "code"),
    [("anna", 200), ("bo", 200), ("cecilia", 403), ("hans", 403), ("eva", 404), ("fia", 404), ("greta", 404)],
)
@pytest.mark.parametrize("verb", ["prioritise", "watch", "dismiss"])
def test_the_coordinators_decide(go, cast, problem, who, code, verb):
    assert go(cast[who], f"/lagesbilder/problem/{problem.pk}/{ADDRESS[verb]}/").status_code == code


def test_a_neighbour_does_not_decide_about_another_municipalitys_problem(go, eva, neighbour, problem, lycksele):
    Problem.objects.filter(pk=problem.pk).update(municipality=lycksele)

    assert go(eva, f"/lagesbilder/problem/{problem.pk}/").status_code == 200
    assert go(eva, f"/lagesbilder/problem/{problem.pk}/prioritera/").status_code == 403


def test_a_problem_nobody_else_may_read_cannot_be_prioritised(bo, own_police):
    problem = factories.ProblemFactory(
        picture=own_police, cycle=own_police.cycle, partnership=own_police.partnership, created_by=bo
    )

    with pytest.raises(NotAllowed):
        actions.decide(rules.PRIORITISE, problem, by=bo, reason="")


def test_the_prioritised_stand_in_the_order_they_were_chosen_and_can_be_moved(go, bo, partnership, cycle):
    made = [factories.ProblemFactory(cycle=cycle, partnership=partnership, title=t, created_by=bo) for t in "ABC"]
    for problem in made:
        actions.decide(rules.PRIORITISE, problem, by=bo, reason="")
    assert ranked(cycle) == ["A", "B", "C"]

    go(bo, f"/lagesbilder/problem/{made[2].pk}/uppat/", {})
    assert ranked(cycle) == ["A", "C", "B"]

    go(bo, f"/lagesbilder/problem/{made[0].pk}/uppat/", {})
    assert ranked(cycle) == ["A", "C", "B"]


def test_those_without_a_place_stand_last_on_every_database(bo, partnership, cycle, problem):
    chosen = factories.ProblemFactory(cycle=cycle, partnership=partnership, title="Vald", created_by=bo)
    actions.decide(rules.PRIORITISE, chosen, by=bo, reason="")

    assert list(Problem.objects.in_order()) == [chosen, problem]


def test_what_is_no_longer_prioritised_has_no_place_in_the_order(bo, problem):
    actions.decide(rules.PRIORITISE, problem, by=bo, reason="")
    actions.decide(rules.WATCH, problem, by=bo, reason="Avvaktar.")

    assert problem.rank is None


def test_more_than_five_priorities_are_told_of_and_allowed(go, bo, partnership, cycle):
    for number in range(6):
        problem = factories.ProblemFactory(cycle=cycle, partnership=partnership, title=number, created_by=bo)
        answer = go(bo, f"/lagesbilder/problem/{problem.pk}/prioritera/", {"reason": ""})

    assert len(ranked(cycle)) == 6
    assert "sex problem prioriterade" in go(bo, answer.url).content.decode()


def test_the_text_is_open_while_the_picture_is_a_draft(go, bo, joint):
    problem = factories.ProblemFactory(picture=joint, cycle=joint.cycle, partnership=joint.partnership, created_by=bo)
    address = f"/lagesbilder/problem/{problem.pk}/andra/"
    go(bo, address, NEW | {"revision": 0})
    actions.mark_ready(joint, by=bo)
    late = go(bo, address, NEW | {"title": "För sent", "revision": 1})

    problem.refresh_from_db()
    assert problem.title == NEW["title"]
    assert "För sent" in late.content.decode()


def test_problems_left_behind_in_a_replaced_picture_are_not_listed(go, bo, shared):
    establish(shared, bo)
    newer = actions.new_version(shared, by=bo)
    actions.mark_ready(newer, by=bo)
    establish(newer, bo)

    assert Picture.objects.get(pk=shared.pk).status == "replaced"
    assert [problem.picture for problem in Problem.objects.live()] == [newer]
