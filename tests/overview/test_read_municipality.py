"""The page of a municipality: its part of a partnership, a choice, or what is public."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def page(client, who, slug="lycksele", query=""):
    client.force_login(who)
    return client.get(f"/kommuner/{slug}/{query}")


def test_a_municipality_shows_its_partnership(client, anna, full, joint):
    text = page(client, anna).text

    assert "<h1>Lycksele</h1>" in text
    assert "gemensam med Landskrona." in text


def test_other_municipalities_own_matters_are_left_out(client, anna, full, joint, cycle, eva):
    landskrona = joint.municipalities().get(slug="landskrona")
    factories.ProblemFactory(cycle=cycle, status="prioritised", title="Landskronas eget", municipality=landskrona)

    assert "Landskronas eget" not in page(client, anna).text
    assert "Landskronas eget" in page(client, eva, "landskrona").text
    assert "Otrygghet vid torget" in page(client, eva, "landskrona").text


def test_a_municipalitys_own_open_cycle_goes_first(client, anna, full, lycksele):
    factories.CycleFactory(partnership=full, municipality=lycksele, name="Lycksele provar 2026")

    assert "Lycksele provar 2026, kommunens egen omgång." in page(client, anna).text


def test_a_neighbours_own_cycle_changes_nothing(client, anna, full, joint):
    landskrona = joint.municipalities().get(slug="landskrona")
    factories.CycleFactory(partnership=joint, municipality=landskrona, name="Landskrona provar 2026")

    assert "Landskrona provar" not in page(client, anna).text


@pytest.fixture
def second(organisations, full):
    made = factories.PartnershipFactory(name="Samverkan Inlandet")
    factories.PartyFactory(partnership=made, organisation=organisations["lycksele"])
    return made


def test_a_municipality_in_several_partnerships_asks_which(client, anna, full, second):
    text = page(client, anna).text

    assert f'<a href="?samverkan={full.pk}">Samverkan Södra Lappland</a>' in text
    assert f'<a href="?samverkan={second.pk}">Samverkan Inlandet</a>' in text


def test_the_choice_is_held_in_the_address(client, anna, second):
    assert "Ingen samverkansomgång är öppnad." in page(client, anna, query=f"?samverkan={second.pk}").text


def test_a_partnership_that_is_not_mine_cannot_be_chosen(client, anna, full):
    other = factories.PartnershipFactory()

    assert "Kommunen ingår i flera samverkan" in page(client, anna, query=f"?samverkan={other.pk}").text


@pytest.mark.parametrize("first", ["eva", "lisa"])
def test_a_stranger_sees_what_is_public_and_nothing_else(client, cast, full, first):
    text = page(client, cast[first]).text

    assert "Västerbottens län" in text
    assert 'href="/medborgarloften/lycksele/"' in text
    assert [word for word in ("Södra Lappland", "Otrygghet", "Steg 1", "tillsatt") if word in text] == []


@pytest.mark.parametrize(("first", "invited"), [("anna", True), ("hans", False), ("eva", False)])
def test_a_coordinator_of_the_place_is_shown_how_to_start(client, cast, lycksele, first, invited):
    assert ('href="/samverkan/ny/"' in page(client, cast[first]).text) == invited


def test_overseers_see_counts_but_no_titles(client, greta, full):
    text = page(client, greta).text

    assert "Problem och åtgärder beskrivs bara för parterna." in text
    assert "Otrygghet vid torget" not in text


def test_an_unknown_municipality_is_not_found(client, anna):
    assert page(client, anna, "ingenstans").status_code == 404


def test_a_report_is_ordered_for_the_place(client, anna, full):
    assert f'href="/lagesrapporter/ny/?samverkan={full.pk}&amp;kommun=lycksele"' in page(client, anna).text


def test_no_figures_says_how_to_get_them(client, anna, full):
    assert "Inga siffror är inlästa för Lycksele." in page(client, anna).text


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_in_a_small_and_a_large_partnership(
    client, anna, full, cycle, count, django_assert_num_queries
):
    for _ in range(count):
        factories.PartyFactory(partnership=full)
        factories.PromiseFactory(document__cycle=cycle)
        factories.ProblemFactory(cycle=cycle, status="prioritised")
    client.force_login(anna)

    with django_assert_num_queries(27):
        client.get("/kommuner/lycksele/")
