import csv
import shutil

import pytest
from django.core.management import call_command

from municipalities.actions import DATA, load_registers
from municipalities.models import (
    County,
    Coverage,
    LocalPoliceArea,
    Municipality,
    PoliceArea,
    PoliceRegion,
    RegisterRow,
)


@pytest.fixture
def folder(tmp_path):
    """A copy of the register files, to change."""
    return shutil.copytree(DATA, tmp_path / "data")


def rewrite(path, change):
    """Let `change` alter the rows (dicts) of a register file; those it returns False for are left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kept = [row for row in rows if change(row) is not False]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(kept)


def test_the_whole_country_is_there(registers):
    assert (Municipality.objects.count(), County.objects.count(), PoliceRegion.objects.count()) == (
        290,
        21,
        7,
    )
    assert LocalPoliceArea.objects.count() == 79
    assert Coverage.objects.values("municipality").distinct().count() == 200


def test_each_municipality_lies_in_the_county_of_its_code(registers):
    for municipality in Municipality.objects.select_related("county"):
        assert municipality.code[:2] == municipality.county.code


@pytest.mark.parametrize(
    ("region", "count"),
    [
        ("nord", 44),
        ("mitt", 28),
        ("bergslagen", 43),
        ("stockholm", 27),
        ("ost", 35),
        ("vast", 55),
        ("syd", 58),
    ],
)
def test_each_police_region_has_its_municipalities(registers, region, count):
    assert Municipality.objects.filter(county__police_region__slug=region).count() == count


def test_codes_keep_their_leading_zero(registers):
    assert Municipality.objects.get(name="Upplands Väsby").code == "0114"
    assert Municipality.objects.get(name="Upplands Väsby").county.code == "01"


def test_the_population_is_swedens_on_31_december_2024(registers):
    assert sum(Municipality.objects.values_list("population", flat=True)) == 10_587_710


def test_a_second_reading_writes_nothing(registers, django_assert_num_queries):
    with django_assert_num_queries(20) as captured:
        outcomes = load_registers()
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert all((outcome.created, outcome.updated, outcome.kept) == (0, 0, 0) for outcome in outcomes.values())


def test_news_in_the_files_come_in(registers, folder):
    rewrite(folder / "municipalities.csv", lambda row: row.update(population="12345", population_year="2025"))
    load_registers(folder)
    lycksele = Municipality.objects.get(code="2481")
    assert (lycksele.population, lycksele.population_year) == (12345, 2025)


def test_what_an_administrator_changed_stays_and_the_rest_follows_the_files(registers, folder):
    Municipality.objects.filter(code="2481").update(population=99999)
    rewrite(
        folder / "municipalities.csv",
        lambda row: row.update(population="12345", formal_name=row["name"] + "!"),
    )
    outcomes = load_registers(folder)
    lycksele = Municipality.objects.get(code="2481")
    assert (lycksele.population, lycksele.formal_name) == (99999, "Lycksele!")
    assert outcomes["municipalities"].kept == 1


def test_coverage_that_an_administrator_changed_is_not_overwritten(registers, folder):
    Coverage.objects.filter(municipality__code="2481").update(evidence="Vi frågade polisen.", ends="2025-12-31")
    rewrite(folder / "coverage.csv", lambda row: row.update(evidence="Ny källa", evidence_year="2026"))
    load_registers(folder)
    coverage = Coverage.objects.get(municipality__code="2481")
    assert (coverage.evidence, coverage.evidence_year) == ("Vi frågade polisen.", 2026)
    assert str(coverage.ends) == "2025-12-31"


def test_coverage_that_an_administrator_removed_does_not_come_back(registers):
    Coverage.objects.filter(municipality__code="2481").delete()
    load_registers()
    assert not Coverage.objects.filter(municipality__code="2481").exists()


def test_what_an_administrator_typed_is_never_deleted(registers):
    area = LocalPoliceArea.objects.create(slug="eget", name="Eget", police_area=PoliceArea.objects.first())
    Coverage.objects.create(local_police_area=area, municipality=Municipality.objects.get(code="1480"))
    load_registers()
    assert area.coverage.count() == 1


def test_an_area_that_an_administrator_has_under_another_short_name_stays_as_it_is(registers, folder):
    parent = PoliceArea.objects.get(slug="gavleborg")
    own = LocalPoliceArea.objects.create(slug="eget", name="Nytt", police_area=parent)
    with (folder / "local_police_areas.csv").open("a", encoding="utf-8") as lines:
        lines.write("nytt,Nytt,gavleborg,nej\n")
    outcome = load_registers(folder)["local_police_areas"]
    assert list(LocalPoliceArea.objects.filter(name="Nytt")) == [own]
    assert (outcome.created, outcome.kept) == (0, 1)


def test_a_row_that_leaves_the_files_stays_in_the_tables(registers, folder):
    rewrite(folder / "local_police_areas.csv", lambda row: row["slug"] != "nybro")
    load_registers(folder)
    assert LocalPoliceArea.objects.filter(slug="nybro").exists()


def test_the_command_tells_what_it_did(db, capsys):
    call_command("load_registers")
    assert "municipalities: 290 nya, 0 ändrade" in capsys.readouterr().out
    assert RegisterRow.objects.count() == 290 + 21 + 7 + 25 + 79 + 206
