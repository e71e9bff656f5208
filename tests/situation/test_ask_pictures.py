"""What other rooms ask, and lists that cost the same however long they are."""

import pytest

from partnerships.queries import open_cycle
from situation import actions, rules
from situation.models import Picture
from situation.queries import latest_pictures, prioritised_problems
from tests import factories


def test_the_established_picture_holds_while_the_next_is_written(established, bo):
    actions.new_version(established, by=bo)

    assert latest_pictures(established.partnership)["joint"] == established


def test_there_is_one_picture_of_each_kind(joint, own_police, own_municipality):
    found = latest_pictures(joint.partnership)

    assert found == {"joint": joint, "own_police": own_police, "own_municipality": own_municipality}


def test_a_municipality_gets_its_own_and_the_common_ones(joint, own_municipality, organisations):
    neighbour = organisations["landskrona"].municipality

    assert set(latest_pictures(joint.partnership, neighbour)) == {"joint"}
    assert set(latest_pictures(joint.partnership, own_municipality.municipality)) == {"joint", "own_municipality"}


def test_the_latest_pictures_cost_one_query_and_leave_the_texts(joint, own_police, django_assert_num_queries):
    partnership = joint.partnership
    with django_assert_num_queries(1):
        found = latest_pictures(partnership)
        assert [picture.status for picture in found.values()] == ["draft", "draft"]
    assert "summary" in found["joint"].get_deferred_fields()


def test_prioritised_problems_are_those_that_every_party_may_read(cycle, problem, own_police, bo, lycksele):
    secret = factories.ProblemFactory(
        picture=own_police, cycle=cycle, partnership=cycle.partnership, status="prioritised", created_by=bo
    )
    actions.decide(rules.PRIORITISE, problem, by=bo, reason="")

    assert list(prioritised_problems(cycle)) == list(prioritised_problems(cycle, lycksele)) == [problem]
    assert secret not in prioritised_problems(cycle)


def test_a_municipalitys_own_cycle_comes_before_the_common_one(partnership, cycle, lycksele, organisations):
    own = factories.CycleFactory(partnership=partnership, municipality=lycksele)

    assert open_cycle(partnership) == cycle
    assert open_cycle(partnership, lycksele) == own
    assert open_cycle(partnership, organisations["landskrona"].municipality) == cycle


def test_without_an_open_cycle_there_is_none(partnership):
    factories.CycleFactory(partnership=partnership, status="closed", closed_on="2030-01-01")

    assert open_cycle(partnership) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_pictures_costs_the_same(go, client, bo, partnership, cycle, django_assert_num_queries, rows):
    for number in range(rows):
        factories.PictureFactory(partnership=partnership, title=f"Bild {number}", created_by=bo)
        factories.ProblemFactory(cycle=cycle, partnership=partnership, status="prioritised", created_by=bo)
    go(bo, f"/lagesbilder/?samverkan={partnership.pk}")

    with django_assert_num_queries(LIST):
        client.get(f"/lagesbilder/?samverkan={partnership.pk}")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_problems_costs_the_same(
    go, client, bo, partnership, cycle, joint, django_assert_num_queries, rows
):
    for _ in range(rows):
        factories.ProblemFactory(cycle=cycle, partnership=partnership, picture=joint, created_by=bo)
    go(bo, f"/lagesbilder/problem/?samverkan={partnership.pk}")

    with django_assert_num_queries(PROBLEMS):
        client.get(f"/lagesbilder/problem/?samverkan={partnership.pk}")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pictures_page_costs_the_same(go, client, bo, joint, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.FindingFactory(picture=joint, created_by=bo).sources.set(joint.sources.all())
        factories.ProblemFactory(cycle=joint.cycle, partnership=joint.partnership, picture=joint, created_by=bo)
    go(bo, joint.get_absolute_url())

    with django_assert_num_queries(PAGE):
        client.get(joint.get_absolute_url())


def test_long_lists_have_pages(go, bo, partnership):
    for number in range(27):
        factories.PictureFactory(partnership=partnership, title=f"Bild {number}", created_by=bo)

    page = go(bo, f"/lagesbilder/?samverkan={partnership.pk}&sida=2").content.decode()

    assert "Visar 26–27 av 27 lägesbilder" in page
    assert Picture.objects.count() == 27


def test_problems_are_filtered_by_status(go, bo, partnership, cycle):
    for status, title in (("identified", "Klotter"), ("solved", "Buskörning")):
        factories.ProblemFactory(cycle=cycle, partnership=partnership, title=title, status=status, created_by=bo)

    page = go(bo, f"/lagesbilder/problem/?samverkan={partnership.pk}&lage=solved").content.decode()

    assert "Buskörning" in page
    assert "Klotter" not in page


# Queries of a page, sign-in, session and the reader's rights included.
LIST, PROBLEMS, PAGE = 8, 7, 22
