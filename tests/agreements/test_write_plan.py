"""Writing an action plan: what it begins with, who writes it, who reads it, and the workbook."""

import io

import openpyxl
import pytest

from agreements import plan_content
from agreements.models import ActionPlan, Measure
from tests import factories

NEW = "/overenskommelser/planer/ny/?samverkan={}&slag={}"


@pytest.fixture
def said():
    """What the browser sends for a new plan."""
    return {"title": "Åtgärdsplan 2026", "starts": "2026-04-01", "ends": "2027-12-31", "revision": 0}


@pytest.fixture
def plan(cycle, measure, bo):
    made = factories.ActionPlanFactory(cycle=cycle, created_by=bo)
    made.measures.add(measure)
    return made


@pytest.fixture
def statutory(cycle, lycksele, anna):
    return factories.ActionPlanFactory(
        cycle=cycle, kind="statutory", municipality=lycksele, created_by=anna, needs="Vi behöver ljus.", title="Lagens"
    )


@pytest.fixture
def nora(neighbour, eva):
    """A neighbour's coordinator in the same partnership."""
    return eva


def begin(client, who, partnership, said, kind="joint"):
    client.force_login(who)
    return client.post(NEW.format(partnership.pk, kind), said)


def test_a_new_plan_begins_with_the_measures_going_on_or_to_come(client, bo, partnership, problem, police, said):
    statuses = ["proposed", "decided", "ongoing", "done", "cancelled"]
    for status in statuses:
        factories.MeasureFactory(problem=problem, responsible=police, status=status, title=status)

    begin(client, bo, partnership, said)

    plan = ActionPlan.objects.get()
    assert {measure.title for measure in plan.measures.all()} == set(statuses[:3])
    assert (plan.kind, plan.cycle, plan.status) == ("joint", problem.cycle, "draft")


def test_a_municipality_s_plan_begins_with_its_own_and_the_common(
    client, bo, partnership, problem, police, said, lycksele, neighbour
):
    for place in (None, lycksele, neighbour.organisation.municipality):
        factories.MeasureFactory(problem=problem, responsible=police, municipality=place, title=str(place))

    begin(client, bo, partnership, said | {"municipality": lycksele.pk})

    assert {measure.title for measure in ActionPlan.objects.get().measures.all()} == {"None", "Lycksele"}


def test_the_plan_by_law_begins_with_what_the_municipality_answers_for(
    client, anna, partnership, problem, police, municipality_party, said, lycksele
):
    factories.MeasureFactory(problem=problem, responsible=police, title="Polisens")
    factories.MeasureFactory(problem=problem, responsible=municipality_party, title="Kommunens")

    begin(client, anna, partnership, said | {"municipality": lycksele.pk}, kind="statutory")

    plan = ActionPlan.objects.get()
    assert ([one.title for one in plan.measures.all()], plan.kind) == (["Kommunens"], "statutory")


def test_without_an_open_cycle_it_is_told(client, bo, partnership, said):
    response = begin(client, bo, partnership, said)

    assert "Ingen samverkansomgång är öppen." in response.text
    assert said["title"] in response.text


@pytest.mark.parametrize(("first", "status"), [("cecilia", 403), ("hans", 403), ("eva", 404), ("fia", 403)])
def test_others_begin_none(client, cast, partnership, cycle, said, first, status):
    assert begin(client, cast[first], partnership, said).status_code == status
    assert not ActionPlan.objects.exists()


def test_the_police_do_not_write_the_municipality_s_plan(client, bo, partnership, cycle, said, statutory):
    assert begin(client, bo, partnership, said, kind="statutory").status_code == 403
    for verb in ("andra", "anta"):
        assert client.post(f"/overenskommelser/planer/{statutory.pk}/{verb}/", {}).status_code == 403


def test_a_neighbour_reads_the_plan_by_law_only_when_it_is_decided(client, nora, bo, statutory, cycle, partnership):
    address = f"/overenskommelser/planer/{statutory.pk}/"
    client.force_login(bo)
    assert "Vi behöver ljus." in client.get(address).text
    client.force_login(nora)
    assert client.get(address).status_code == 404
    assert "Lagens" not in client.get(f"/overenskommelser/planer/?samverkan={partnership.pk}").text

    picture = factories.PictureFactory(partnership=partnership, cycle=cycle)
    decided = {"adopted_on": "2026-05-01", "body": "Kommunstyrelsen", "picture": picture, "checksum": "e" * 64}
    frozen = plan_content.of(statutory)
    ActionPlan.objects.filter(pk=statutory.pk).update(status="adopted", frozen=frozen, **decided)

    assert client.get(address).status_code == 200


def test_a_neighbour_does_not_decide_on_another_s_plan(client, nora, statutory, partnership, cycle, said, lycksele):
    begin(client, nora, partnership, said | {"municipality": lycksele.pk}, kind="statutory")

    assert ActionPlan.objects.get() == statutory


def test_measures_and_texts_are_chosen(client, bo, plan, problem, police):
    other = factories.MeasureFactory(problem=problem, responsible=police, title="Belysning")
    client.force_login(bo)
    sent = {"title": plan.title, "starts": plan.starts, "revision": plan.revision, "measures": [other.pk]}

    client.post(f"/overenskommelser/planer/{plan.pk}/andra/", sent | {"follow_up": "Varje tertial."})

    plan.refresh_from_db()
    assert (list(plan.measures.all()), plan.follow_up) == ([other], "Varje tertial.")


def test_two_who_write_at_once_do_not_overwrite_each_other(client, bo, plan):
    client.force_login(bo)
    sent = {"title": "Första", "starts": plan.starts, "revision": plan.revision}
    client.post(f"/overenskommelser/planer/{plan.pk}/andra/", sent)

    response = client.post(f"/overenskommelser/planer/{plan.pk}/andra/", sent | {"title": "Andra"})

    plan.refresh_from_db()
    assert plan.title == "Första"
    assert "Inget har skrivits över." in response.text
    assert 'value="Andra"' in response.text


def test_another_cycle_s_measure_is_no_choice(client, bo, plan, police):
    elsewhere = factories.MeasureFactory()
    client.force_login(bo)
    sent = {"title": plan.title, "starts": plan.starts, "revision": 0, "measures": [elsewhere.pk, 10**30]}

    response = client.post(f"/overenskommelser/planer/{plan.pk}/andra/", sent)

    assert "measures" in response.context["form"].errors
    assert elsewhere not in plan.measures.all()


def test_what_is_lacking_is_told(client, bo, plan, measure):
    Measure.objects.filter(pk=measure.pk).update(planned_count=None, function="", baseline_reason="")
    client.force_login(bo)

    page = client.get(f"/overenskommelser/planer/{plan.pk}/").text

    assert "1 åtgärd riktar sig inte mot någon orsak" in page
    assert "1 åtgärd saknar ansvarig funktion" in page
    assert "1 åtgärd saknar mål eller antal" in page
    assert "1 åtgärd saknar före-värde, eller skäl till att det inte går att mäta" in page


def test_a_plan_with_everything_lacks_nothing(client, bo, plan, measure, problem):
    cause = factories.CauseFactory(analysis=factories.CauseAnalysisFactory(problem=problem), chosen=True)
    measure.causes.add(cause)
    measure.goals.add(factories.GoalFactory(problem=problem))
    Measure.objects.filter(pk=measure.pk).update(baseline=40, baseline_text="anmälda brott 2025, Brå")
    client.force_login(bo)

    response = client.get(f"/overenskommelser/planer/{plan.pk}/")

    assert response.context["lacks"] == []
    assert "Innan planen antas" not in response.text


def test_the_workbook_has_a_row_for_each_measure_and_its_number(client, hans, plan, measure):
    Measure.objects.filter(pk=measure.pk).update(title="=1+1", hours=120)
    client.force_login(hans)

    response = client.get(f"/overenskommelser/planer/{plan.pk}/excel/")

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    head, row = ([cell.value for cell in cells] for cells in book["Åtgärdsplan"].iter_rows())
    found = dict(zip(head, row, strict=True))
    assert (found["Åtgärd, id"], found["Åtgärd"], found["Timmar"]) == (measure.pk, "=1+1", 120)
    assert found["Start"].date() == measure.starts
    assert book["Åtgärdsplan"]["G2"].data_type == "s"


def test_the_workbook_is_the_same_each_time(client, hans, plan):
    client.force_login(hans)
    address = f"/overenskommelser/planer/{plan.pk}/excel/"

    once, again = (b"".join(client.get(address).streaming_content) for _ in range(2))

    assert once == again


@pytest.mark.parametrize("count", [1, 8])
def test_a_plan_s_page_costs_the_same(client, bo, plan, problem, police, django_assert_num_queries, count):
    plan.measures.add(*(factories.MeasureFactory(problem=problem, responsible=police) for _ in range(count)))
    client.force_login(bo)
    client.get(f"/overenskommelser/planer/{plan.pk}/")

    with django_assert_num_queries(18):
        client.get(f"/overenskommelser/planer/{plan.pk}/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(client, bo, cycle, partnership, django_assert_num_queries, count):
    for _ in range(count):
        factories.ActionPlanFactory(cycle=cycle)
    client.force_login(bo)

    with django_assert_num_queries(7):
        client.get(f"/overenskommelser/planer/?samverkan={partnership.pk}")
