"""The list of municipalities: search, filters, order, pages, and who may see what."""

import pytest

from five_steps.handbook import CODES_OF_STEP
from lib.dates import add_months, today
from overview.nation import statuses
from tests import factories
from tests.five_steps.test_read_status import settle
from tests.overview.conftest import SIGNED

pytestmark = pytest.mark.django_db


def listed(client, who, query=""):
    client.force_login(who)
    rows = client.get(f"/kommuner/{query}").context["list"].rows
    return [row.name for row in rows]


def row(client, who, name="Lycksele"):
    client.force_login(who)
    rows = client.get("/kommuner/?visa=alla").context["list"].rows
    return next(row for row in rows if row.name == name)


def test_every_municipality_is_listed_in_alphabetical_order(client, fia, full):
    factories.MunicipalityFactory(name="Arboga", sort_order=0, code="1984", slug="arboga")

    assert listed(client, fia)[0] == "Arboga"
    assert set(listed(client, fia)) == {"Arboga", "Landskrona", "Lycksele"}


def test_who_sees_only_some_meets_those_first(client, anna, full):
    factories.MunicipalityFactory(name="Arboga", sort_order=0, code="1984", slug="arboga")

    assert listed(client, anna)[:2] == ["Lycksele", "Arboga"]
    assert listed(client, anna, "?sortera=namn")[0] == "Arboga"


@pytest.mark.parametrize(("first", "word"), [("anna", "Ingen insyn"), ("fia", "Uppgift saknas")])
def test_the_map_says_in_the_lists_words_why_a_value_is_missing(client, cast, full, first, word):
    client.force_login(cast[first])
    text = client.get("/kommuner/").text

    assert f"<span>{word}</span>" in text
    assert f"<title>Landskrona: {word.lower()}</title>" in text
    assert "GeoNames" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sok=lycks", ["Lycksele"]),
        ("?sok=skåne", ["Landskrona"]),
        ("?sok=ingenting", []),
        ("?lan=12", ["Landskrona"]),
        ("?region=nord", ["Lycksele"]),
        ("?steg=1", ["Lycksele"]),
        ("?steg=2", []),
        ("?overenskommelse=in_force", ["Lycksele"]),
        ("?overenskommelse=expired", []),
        ("?insyn=ja", ["Lycksele"]),
        ("?steg=okand", ["Landskrona"]),
        ("?lan=99", []),
        ("?lan=24&steg=1", ["Lycksele"]),
        ("?lan=12&steg=1", []),
    ],
)
def test_search_and_filters(client, fia, full, query, found):
    assert listed(client, fia, query) == found


def test_the_form_remembers_what_was_asked(client, fia, full):
    client.force_login(fia)
    text = client.get("/kommuner/?sok=lyck&lan=24").text

    assert 'name="sok" value="lyck"' in text
    assert '<option value="24" selected>' in text
    assert "1 av 2 kommuner" in text


def test_nothing_found_says_so(client, fia, full):
    client.force_login(fia)

    assert "Ingen kommun passar sökningen och filtren." in client.get("/kommuner/?sok=xyz").text


def test_fifty_on_a_page_or_all_of_them(client, fia, county_of_sixty):
    assert len(listed(client, fia)) == 50
    assert len(listed(client, fia, "?sida=2")) == 12
    assert len(listed(client, fia, "?visa=alla")) == 62


@pytest.fixture
def county_of_sixty(cast):
    return [factories.MunicipalityFactory(code=f"25{n:02d}") for n in range(60)]


@pytest.mark.parametrize(
    ("query", "first"), [("folkmangd", "Lycksele"), ("-folkmangd", "Landskrona"), ("steg", "Lycksele")]
)
def test_the_list_is_sorted_by_a_column(client, fia, full, organisations, query, first):
    landskrona = organisations["landskrona"].municipality
    landskrona.population = 46_000
    landskrona.save(update_fields=["population"])

    assert listed(client, fia, f"?sortera={query}")[0] == first


# --- What is said of each


def test_a_row_tells_step_agreement_and_picture(client, anna, full, cycle):
    settle(cycle, CODES_OF_STEP[1])
    found = row(client, anna)

    assert (found.step, found.steps_done) == ("Steg 2", "1 av 5 steg klara")
    assert (found.agreement, found.until) == ("Gäller", "31 december 2029")
    assert found.picture == "Saknas"


@pytest.mark.parametrize(("months", "word"), [(-3, "Aktuell"), (-21, "Snart 24 mån"), (-25, "Äldre än 24 mån")])
def test_a_picture_grows_old(anna, lycksele, partnership, months, word):
    picture = factories.PictureFactory(partnership=partnership, status="ready")
    made = add_months(today(), months)
    type(picture).objects.update(created_at=f"{made}T12:00:00Z")

    assert statuses(anna, today())[lycksele.pk].picture[0] == word


def test_the_polices_own_picture_is_not_the_municipalitys(anna, lycksele, partnership, police):
    factories.PictureFactory(partnership=partnership, status="ready", kind="own_police", owner=police)

    assert statuses(anna, today())[lycksele.pk].picture[0] == "Saknas"


def test_an_agreement_for_another_municipality_does_not_count(anna, lycksele, partnership, organisations):
    landskrona = organisations["landskrona"].municipality
    factories.AgreementFactory(partnership=partnership, municipality=landskrona, signed_on=today(), **SIGNED)

    assert statuses(anna, today())[lycksele.pk].agreement[0] == "Saknas"


def test_a_municipality_that_has_not_signed_the_common_one_has_none(anna, joint, lycksele, organisations):
    there = joint.parties.filter(organisation__municipality=organisations["landskrona"].municipality)
    factories.AgreementFactory(partnership=joint, signed_on=today(), parties=there, **SIGNED)

    assert statuses(anna, today())[lycksele.pk].agreement[0] == "Saknas"


WORDS = {
    "anna": ("", "ingen insyn"),
    "bo": ("", "ingen insyn"),
    "eva": ("ingen insyn", "ingen insyn"),
    "fia": ("", "uppgift saknas"),
    "greta": ("", "ingen insyn"),
    "hans": ("", "ingen insyn"),
    "lisa": ("ingen insyn", "ingen insyn"),
    "ove": ("", "uppgift saknas"),
}


@pytest.mark.parametrize("first", WORDS)
def test_a_status_is_shown_to_those_who_may_see_it(client, cast, full, first):
    words = tuple(row(client, cast[first], name).missing for name in ("Lycksele", "Landskrona"))

    assert words == WORDS[first]


def test_a_county_reader_sees_that_nothing_is_known_in_the_own_county(client, greta, full):
    factories.MunicipalityFactory(name="Malå", slug="mala")

    assert row(client, greta, "Malå").missing == "uppgift saknas"


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_with_one_partnership_as_with_three(client, fia, full, count, django_assert_num_queries):
    for _ in range(count):
        factories.PartyFactory()
        other = factories.CycleFactory()
        factories.PartyFactory(partnership=other.partnership)
        factories.PictureFactory(partnership=other.partnership, status="ready")
    client.force_login(fia)

    with django_assert_num_queries(12):
        client.get("/kommuner/?visa=alla")
