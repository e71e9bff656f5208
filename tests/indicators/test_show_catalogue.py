import pytest

from indicators import actions
from indicators.models import Indicator
from tests import factories
from tests.indicators.workbooks import SURVEY, areas_down, lycksele_workbook, sent, workbook

RATE = "totalt-anmalda-per-100000"
PEOPLE = ["anna", "bo", "cecilia", "david", "eva", "fia", "greta", "hans", "lisa", "ove"]


@pytest.fixture
def page(client, hans):
    client.force_login(hans)
    return lambda address="": client.get(f"/indikatorer/{address}").content.decode()


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_signed_in_sees_the_figures(client, cast, imported, person):
    client.force_login(cast[person])
    for address in ("", f"{RATE}/"):
        assert client.get(f"/indikatorer/{address}").status_code == 200


def test_an_unknown_indicator_is_not_found(client, hans):
    client.force_login(hans)
    assert client.get("/indikatorer/finns-inte/").status_code == 404


def test_an_empty_catalogue_teaches(page):
    assert "Katalogen är tom" in page()


def test_the_catalogue_says_how_far_the_figures_reach(page, imported):
    actions.load_catalogue()
    listed = page()
    assert "2023–2024" in listed
    assert "inget inläst" in listed


def test_only_importers_see_the_button(client, page, anna, imported):
    assert "Läs in siffror" not in page()
    client.force_login(anna)
    assert "Läs in siffror" in client.get("/indikatorer/").content.decode()


def test_only_importers_see_the_latest_imports(client, page, anna, ove, imported):
    assert "Lycksele.xlsx" not in page()
    client.force_login(ove)
    assert "Lycksele.xlsx" in client.get("/indikatorer/").content.decode()


def test_an_indicator_shows_the_chosen_municipality(page, imported):
    shown = page(f"{RATE}/?kommun=lycksele")
    assert "Lycksele bredvid länet och riket" in shown
    assert "<svg" in shown
    assert "Visa som tabell" in shown


def test_an_indicator_shows_the_nation_when_none_is_chosen(page, imported):
    assert "<h2>Riket</h2>" in page(f"{RATE}/")


def test_a_municipality_without_figures_says_what_is_missing(page, imported):
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    assert "Uppgift saknas för Åsele" in page(f"{RATE}/?kommun=asele")


def test_municipalities_without_figures_are_shown_when_asked_for(page, imported):
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    assert "kommun=asele" not in page(f"{RATE}/")
    everyone = page(f"{RATE}/?alla=1")
    assert "kommun=asele" in everyone
    assert "uppgift saknas" in everyone


def test_a_count_stands_alone(page, imported):
    shown = page("totalt-anmalda-antal/?kommun=lycksele")
    assert "<h2>Lycksele</h2>" in shown
    assert "Riket" not in shown


def test_shares_stand_in_line_with_one_decimal(client, page, importer, lycksele):
    content = workbook({SURVEY: areas_down(["Lycksele", 24, 23])})
    actions.confirm(actions.preview(sent(content), by=importer), by=importer)
    assert '<td data-label="Värde" class="num">23,0</td>' in page("otrygghet-utomhus-ntu-andel/")


def test_units_of_one_thing_share_a_line(page, imported):
    actions.load_catalogue()
    assert page().count("Anmälda brott totalt</th>") == 1


def test_the_caution_stands_at_the_figures(page, imported):
    Indicator.objects.update(caution="Tänk på detta.")
    assert "Tänk på detta." in page(f"{RATE}/")


def test_municipalities_are_searched_without_rings_and_dots(page, imported):
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    shown = page(f"{RATE}/?sok=asele&alla=1")
    assert "kommun=asele" in shown
    assert "kommun=lycksele" not in shown


def test_a_search_without_finds_says_so(page, imported):
    assert "Ingen kommun hittades" in page(f"{RATE}/?sok=zzz")


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_asks_as_often_for_one_import_as_for_three(
    client, anna, lycksele, count, django_assert_num_queries
):
    for number in range(count):
        batch = actions.preview(sent(lycksele_workbook(count=1500 + number)), by=anna)
        actions.confirm(batch, by=anna)
    client.force_login(anna)
    with django_assert_num_queries(6):
        client.get("/indikatorer/")


@pytest.mark.parametrize("count", [1, 3])
def test_an_indicator_asks_as_often_for_one_municipality_as_for_three(
    client, hans, imported, count, django_assert_num_queries
):
    for number in range(count):
        factories.MunicipalityFactory(code=f"999{number}")
    client.force_login(hans)
    with django_assert_num_queries(13):
        client.get(f"/indikatorer/{RATE}/?kommun=lycksele&alla=1")
