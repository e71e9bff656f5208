"""A municipality's figures beside its county, the nation and similar municipalities."""

import re

import pytest

from tests import factories
from tests.figures import batch, indicator, put

pytestmark = pytest.mark.django_db
PAGE = "/kommuner/lycksele/siffror/"
RATE = "skadegorelsebrott-anmalda-per-100000"
COUNT = "skadegorelsebrott-anmalda-antal"
CHANGED = re.compile(r"har (ökat|minskat) från")


@pytest.fixture
def read_in(lycksele, ove):
    """Ove's file, read in."""
    return batch(ove)


@pytest.fixture
def figures(read_in):
    """Two years of reported crime for Lycksele, its county and the nation."""
    rate = indicator("totalt-anmalda-per-100000", title="Anmälda brott totalt", source="Brå")
    for area, values in (("2481", (9100, 8400)), ("24", (9900, 9800)), ("00", (13000, None))):
        put(rate, area, values, read_in)
    return rate


@pytest.fixture
def alike(lycksele):
    """Five municipalities of Lycksele's kind, far from any larger town."""
    place = {"seat_lat": "64.6", "seat_lon": "18.7"}
    type(lycksele).objects.filter(pk=lycksele.pk).update(**place)
    return [
        factories.MunicipalityFactory(name=name, population=11_000 + n, **place)
        for n, name in enumerate(("Alby", "Boby", "Ceby", "Deby", "Örby"))
    ]


def page(client, who, address=PAGE):
    client.force_login(who)
    return client.get(address).text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize("first", ["anna", "eva", "fia", "lisa"])
def test_the_figures_are_for_everybody(client, cast, figures, first):
    text = page(client, cast[first])

    assert "<p>Anmälda brott totalt i Lycksele har minskat från 9 100 till 8 400 per 100 000 invånare" in text
    assert "länet låg på 9 800." in text
    assert '<th scope="col" class="num">Länet</th>' in text


def test_a_missing_figure_is_said_in_the_table(client, anna, figures):
    assert '<td class="num">uppgift saknas</td>' in page(client, anna)


def test_the_municipalitys_page_shows_a_few(client, anna, figures, full):
    text = page(client, anna, "/kommuner/lycksele/")

    assert "Siffror för Lycksele" in text
    assert 'href="/kommuner/lycksele/siffror/"' in text


def test_without_figures_the_page_says_where_they_come_from(client, anna, lycksele):
    text = page(client, anna)

    assert "Inga siffror är inlästa" in text
    assert 'href="/indikatorer/"' in text


def test_an_unknown_municipality_has_no_figures(client, anna):
    client.force_login(anna)

    assert client.get("/kommuner/ingenstans/siffror/").status_code == 404


# --- Similar municipalities


def test_similar_municipalities_are_a_line_of_their_own(client, anna, figures, alike, read_in):
    for municipality, value in zip(alike, (1000, 2000, 3000, 4000, 9000), strict=True):
        put(figures, municipality.code, [value], read_in)

    text = page(client, anna)

    assert "länet på 9 800 och liknande kommuner på 3 000" in text.replace("länet låg på", "länet på")
    assert ">Liknande</text>" in text
    assert '<th scope="col" class="num">Liknande kommuner</th>' in text


def test_fewer_than_four_give_no_line(client, anna, figures, alike, read_in):
    for municipality in alike[:3]:
        put(figures, municipality.code, [5000], read_in)

    text = page(client, anna)

    assert ">Liknande</text>" not in text
    assert "färre än fyra av dem har siffror" in text


def test_the_compared_are_named_with_the_rule(client, anna, figures, alike):
    text = page(client, anna)

    assert "Lycksele räknas som landsbygdskommun" in text
    assert re.findall(r'siffror/">(\w+)</a>', text) == ["Alby", "Boby", "Ceby", "Deby", "Örby"]
    assert "Den är inte SKR:s kommungruppsindelning." in text


def test_an_unknown_size_is_said(client, anna, figures, lycksele):
    type(lycksele).objects.filter(pk=lycksele.pk).update(population=None, population_year=None)

    assert "saknas i registret för Lycksele" in page(client, anna)


# --- Small numbers


@pytest.fixture
def few(read_in):
    """Twice the rate of a year ago, but of seven cases instead of four."""
    rate = indicator(RATE)
    put(rate, "2481", (33, 58), read_in)
    put(indicator(COUNT, sort_order=2000), "2481", (4, 7), read_in)
    return rate


def test_few_cases_are_said(client, anna, few):
    text = page(client, anna)

    assert text.count("Bygger på få fall: 7 år 2025. Läs utvecklingen över flera år, inte ett enskilt år.") == 1


def test_few_cases_make_no_increase(client, anna, few):
    text = page(client, anna)

    assert "låg på 33 (2024) och 58 per 100 000 invånare (2025)" in text
    assert "Talen är för små för att säga om det har skett en förändring." in text
    assert not CHANGED.search(text)


def test_twenty_cases_are_enough(client, anna, read_in):
    put(indicator(RATE), "2481", (200, 300), read_in)
    put(indicator(COUNT), "2481", (20, 30), read_in)

    text = page(client, anna)

    assert CHANGED.search(text)
    assert "få fall" not in text


def test_a_few_figures_on_the_municipalitys_page_are_as_careful(client, anna, few, full):
    text = page(client, anna, "/kommuner/lycksele/")

    assert "Bygger på få fall: 7 år 2025." in text
    assert "Skadegörelsebrott i Lycksele har ökat" not in text


def test_counts_stand_in_the_table_of_their_rate(client, anna, few):
    text = page(client, anna)

    assert text.count('<figure class="figure"') == 1
    assert '<th scope="col" class="num">Lycksele, antal</th>' in text
    assert '<td class="num">58</td><td class="num">7</td>' in text


def test_inhabitants_have_a_chart_of_their_own(client, anna, read_in):
    people = indicator("folkmangd-antal", title="Folkmängd", topic="ovrigt", source="SCB")
    put(people, "2481", (12200, 12118), read_in)
    put(people, "24", (280000, 281000), read_in)

    text = page(client, anna)

    assert "Folkmängd i Lycksele har minskat från 12 200 till 12 118" in text
    assert "Länet</th>" not in text


# --- What one must know


def test_an_interval_is_a_band_that_is_explained(client, anna, read_in):
    put(indicator("oro-andel", topic="otrygghet"), "2481", (25, 27), read_in, ci_low=20, ci_high=32)

    text = page(client, anna)

    assert 'class="chart-band"' in text
    assert "Det skuggade fältet runt en linje är osäkerheten" in text
    assert '<td class="num">27 (20–32)</td>' in text
    assert not CHANGED.search(text)


def test_a_break_is_marked_and_nothing_is_compared_over_it(client, anna, read_in):
    put(indicator(RATE, break_year=2015), "2481", (5000, 4000, 1000, 1500), read_in, last=2016)

    text = page(client, anna)

    assert 'class="chart-break"' in text
    assert "har ökat från 1 000 till 1 500" in text
    assert "Från 2015 redovisas bara brott som kan knytas till kommunen." in text


def test_preliminary_figures_are_marked(client, anna, read_in):
    put(indicator(RATE), "2481", (100, 200), read_in, preliminary=True)

    text = page(client, anna)

    assert ">2025*</text>" in text
    assert '<th scope="row">2025 (preliminär)</th>' in text
    assert "En stjärna (*) efter årtalet visar att siffror är preliminära" in text


def test_only_signs_that_are_on_the_page_are_explained(client, anna, read_in):
    put(indicator(RATE), "2481", (100, 200), read_in)

    text = page(client, anna)

    assert "Den kraftiga linjen är Lycksele." in text
    assert not re.search("skuggade|prickad|stjärna|uppehåll", text)


# --- Where the figures come from


def test_who_may_open_the_import_sees_the_file(client, ove, figures, read_in):
    text = page(client, ove)

    assert f'Inläst ur <a href="{read_in.get_absolute_url()}">Lycksele.xlsx</a> 12 mars 2026.' in text


@pytest.mark.parametrize("first", ["anna", "hans", "fia"])
def test_others_see_only_the_sources_name(client, cast, figures, first):
    text = page(client, cast[first])

    assert "Källa: Brå, 2024–2025." in text
    assert "Lycksele.xlsx" not in text


# --- Finding one's way


@pytest.fixture
def two_topics(figures, read_in):
    put(indicator("oro-andel", title="Oro för rån", topic="otrygghet"), "2481", (25, 27), read_in)


def test_a_topic_is_chosen(client, anna, two_topics):
    text = page(client, anna, f"{PAGE}?amne=otrygghet")

    assert 'id="oro-andel"' in text
    assert 'id="totalt-anmalda-per-100000"' not in text
    assert '<option value="otrygghet" selected>' in text
    assert f'<a href="{PAGE}">Visa alla ämnen</a>' in text


@pytest.mark.parametrize("asked", ["finns-inte", "ordning", "'; DROP TABLE"])
def test_an_unknown_topic_shows_all_and_says_so(client, anna, two_topics, asked):
    text = page(client, anna, f"{PAGE}?amne={asked}")

    assert "Ämnet finns inte bland kommunens siffror. Här visas alla ämnen." in text
    assert text.count('<figure class="figure"') == 2


def test_every_indicator_has_its_own_place_on_the_page(client, anna, two_topics):
    text = page(client, anna)

    assert '<a href="#oro-andel">Oro för rån</a>' in text
    assert 'href="/indikatorer/oro-andel/?kommun=lycksele"' in text


def test_topics_come_in_one_piece_in_their_own_order(client, anna, two_topics, read_in):
    put(indicator("sent-tillagd-per-1000", title="Sent tillagd", sort_order=2000), "2481", (1, 2), read_in)

    assert re.findall(r'<h2 id="amne-(\w+)"', page(client, anna)) == ["anmalda", "otrygghet"]


def test_queries_do_not_grow_with_the_figures(client, anna, two_topics, alike, django_assert_num_queries):
    client.force_login(anna)
    with django_assert_num_queries(10):
        client.get(f"{PAGE}?amne=otrygghet")

    with django_assert_num_queries(10):
        client.get(PAGE)


def test_a_drawing_is_made_once_for_the_same_figures(client, anna, figures, monkeypatch):
    page(client, anna)
    monkeypatch.setattr("overview.figures.render_to_string", lambda *args: pytest.fail("drawn again"))

    assert '<svg class="chart"' in page(client, anna)


def test_a_changed_figure_is_drawn_anew(client, anna, figures):
    page(client, anna)
    figures.observations.filter(area_type="kommun", year_to=2025).update(value=9200)

    assert "har ökat från 9 100 till 9 200" in page(client, anna)
