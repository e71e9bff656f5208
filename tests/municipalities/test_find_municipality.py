import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from lib.swedish import sort_key
from municipalities.models import Coverage, LocalPoliceArea, Municipality

DAY = dt.date(2026, 3, 12)
pytestmark = pytest.mark.usefixtures("registers")


def names(queryset):
    return [place.name for place in queryset.in_order()]


def test_alphabetical_order_is_swedish():
    found = names(Municipality.objects.all())
    assert found == sorted(found, key=sort_key)
    assert (found[0], found[-1]) == ("Ale", "Övertorneå")


def test_local_police_areas_are_in_swedish_order_too():
    found = names(LocalPoliceArea.objects.all())
    assert found == sorted(found, key=sort_key)


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("sodra-lappland", ["Dorotea", "Lycksele", "Sorsele", "Storuman", "Vilhelmina", "Åsele"]),
        ("nybro", ["Emmaboda", "Lessebo", "Nybro", "Tingsryd", "Torsås", "Uppvidinge"]),
        ("pitea-alvdal", ["Arjeplog", "Arvidsjaur", "Piteå", "Älvsbyn"]),
        ("vastra-malardalen", ["Arboga", "Hallstahammar", "Kungsör", "Köping"]),
        ("landskrona", ["Landskrona"]),
        ("vasteras", ["Västerås"]),
        ("huddinge", ["Huddinge"]),
    ],
)
def test_a_local_police_area_covers_its_municipalities(area, expected):
    assert names(Municipality.objects.covered_by(LocalPoliceArea.objects.get(slug=area), DAY)) == expected


def test_a_big_city_lies_in_several_areas_in_part():
    stockholm = Municipality.objects.get(name="Stockholm")
    assert "Järva" in names(LocalPoliceArea.objects.covering(stockholm, DAY))
    assert LocalPoliceArea.objects.covering(stockholm, DAY).count() == 7
    assert set(stockholm.coverage.values_list("extent", flat=True)) == {"part"}


def test_a_municipality_may_have_no_known_area():
    assert not LocalPoliceArea.objects.covering(Municipality.objects.get(name="Malmö"), DAY).exists()


def test_coverage_holds_from_its_first_day_to_its_last():
    lycksele = Municipality.objects.get(name="Lycksele")
    lycksele.coverage.update(starts=dt.date(2026, 1, 1), ends=DAY)
    one_day = dt.timedelta(days=1)
    held = [LocalPoliceArea.objects.covering(lycksele, day).exists() for day in (DAY, DAY + one_day)]
    early = LocalPoliceArea.objects.covering(lycksele, dt.date(2025, 12, 31)).exists()
    assert (held, early) == ([True, False], False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("åsele", ["Åsele"]),
        ("ÅSELE", ["Åsele"]),
        ("asele", ["Åsele"]),
        ("  lycks ", ["Lycksele"]),
        ("falu kommun västra", []),
        ("vasterbotten lycksele", ["Lycksele"]),
        ("södra lappland", ["Dorotea", "Lycksele", "Sorsele", "Storuman", "Vilhelmina", "Åsele"]),
        ("gavleborgs län ljus", ["Ljusdal"]),
        ("%", []),
        ("finns inte", []),
    ],
)
def test_search_looks_at_name_county_and_police_area(text, expected):
    assert names(Municipality.objects.search(text)) == expected


@pytest.mark.parametrize("text", ["åsele " * 2000, "å\0sele", "'; DROP TABLE", "_sele"])
def test_a_strange_search_is_only_a_search(text):
    assert Municipality.objects.search(text).count() in (0, 1)


def test_an_empty_search_finds_all():
    assert Municipality.objects.search(" ").count() == 290


def test_coverage_cannot_end_before_it_starts():
    coverage = Coverage.objects.filter(municipality__name="Lycksele").get()
    coverage.starts, coverage.ends = DAY, DAY - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="Slutdatum får inte ligga före startdatum"):
        coverage.full_clean()


def test_a_municipality_is_once_in_an_area_at_a_time():
    coverage = Coverage.objects.filter(municipality__name="Lycksele").get()
    with pytest.raises(IntegrityError):
        Coverage.objects.create(
            local_police_area=coverage.local_police_area, municipality=coverage.municipality, starts=DAY
        )


def test_no_two_municipalities_share_a_tile():
    ale = Municipality.objects.get(name="Ale")
    ale.tile_row, ale.tile_col = Municipality.objects.values_list("tile_row", "tile_col").get(name="Umeå")
    with pytest.raises(ValidationError, match="En annan kommun har redan den rutan"):
        ale.full_clean()
