"""Which municipalities are like a municipality."""

import pytest

from municipalities.models import Municipality
from municipalities.similar import MOST, similar_to
from tests import factories


@pytest.fixture
def similar(registers):
    def find(name):
        return similar_to(Municipality.objects.get(name=name))

    return find


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Stockholm", "storstad"),
        ("Uppsala", "storstad"),
        ("Solna", "större stad"),  # beside Stockholm, but its own size counts first
        ("Umeå", "större stad"),
        ("Vaxholm", "pendlingskommun nära storstad"),
        ("Landskrona", "pendlingskommun nära storstad"),  # near both Malmö and Helsingborg
        ("Vännäs", "pendlingskommun nära större stad"),
        ("Piteå", "mindre stad"),
        ("Lycksele", "landsbygdskommun"),
    ],
)
def test_the_kind_is_told_by_size_and_distance(similar, name, kind):
    assert similar(name).kind.title == kind


def test_those_nearest_in_size_of_the_same_kind_are_chosen(similar):
    found = similar("Lycksele")

    names = ["Tingsryd", "Åmål", "Åre", "Sävsjö", "Tanum", "Askersund", "Hagfors"]
    assert [one.name for one in found.municipalities] == names


def test_they_are_told_in_swedish_order(similar):
    assert [one.name for one in similar("Lycksele").in_order][-2:] == ["Åmål", "Åre"]


def test_all_have_the_kind_of_the_one_they_are_compared_with(similar):
    for municipality in Municipality.objects.all()[::20]:
        found = similar_to(municipality)
        assert {similar_to(one).kind for one in found.municipalities} == {found.kind}
        assert municipality not in found.municipalities


def test_a_kind_with_few_gives_those_there_are(similar):
    found = similar("Malmö")

    assert {one.name for one in found.municipalities} == {"Stockholm", "Göteborg", "Uppsala"}
    assert found.rule.endswith("Liknande kommuner är alla andra storstäder.")


def test_the_rule_is_told(similar):
    assert similar("Lycksele").rule.replace("\N{NO-BREAK SPACE}", " ") == (
        "Lycksele räknas som landsbygdskommun: färre än 15 000 invånare och mer än 40 km till närmaste större stad "
        "eller storstad. Liknande kommuner är de sju landsbygdskommuner som är närmast i folkmängd."
    )


def town(name, population, lat=None, lon=None):
    year = 2024 if population else None
    return factories.MunicipalityFactory(
        name=name, population=population, population_year=year, seat_lat=lat, seat_lon=lon
    )


@pytest.mark.parametrize(
    ("lat", "kind"), [("60.35", "pendlingskommun nära större stad"), ("60.37", "landsbygdskommun")]
)
def test_forty_kilometres_is_the_limit(db, lat, kind):
    town("Stor", 60_000, "60.0", "15.0")

    assert similar_to(town("Liten", 9_000, lat, "15.0")).kind.title == kind


@pytest.mark.parametrize(("population", "kind"), [(14_999, "landsbygdskommun"), (15_000, "mindre stad")])
def test_a_small_town_begins_at_fifteen_thousand(db, population, kind):
    assert similar_to(town("Ort", population, "60.0", "15.0")).kind.title == kind


@pytest.mark.parametrize("missing", [(None, "60.0", "15.0"), (9_000, None, None)])
def test_what_is_not_known_is_not_guessed(db, missing):
    unknown = town("Okänd", *missing)
    town("Känd", 9_000, "64.0", "15.0")

    assert similar_to(unknown).municipalities == []
    assert "saknas i registret för Okänd" in similar_to(unknown).rule


def test_an_unknown_one_is_not_like_anybody(db):
    town("Okänd", None)
    town("Utan läge", 9_000)

    assert similar_to(town("Känd", 9_000, "64.0", "15.0")).municipalities == []


def test_half_as_many_is_as_far_away_as_twice_as_many(db):
    for number, population in enumerate((4_900, 5_100, 6_000, 7_000, 12_000, 13_000, 13_500, 14_000, 14_900)):
        town(f"Ort {number}", population, "64.0", "15.0")

    found = similar_to(town("Mitten", 8_000, "64.0", "15.0"))

    assert [one.population for one in found.municipalities] == [7_000, 6_000, 12_000, 5_100, 13_000, 4_900, 13_500]


def test_the_register_is_asked_once(registers, django_assert_num_queries):
    malmo = Municipality.objects.get(name="Malmö")

    with django_assert_num_queries(1):
        assert len(similar_to(malmo).municipalities) < MOST
