import pytest

from indicators import example_workbook
from indicators.readers import bra_workbook
from lib.spreadsheets import read_workbook
from tests import factories


@pytest.fixture
def read(places):
    def reader(municipality, seed=0):
        return bra_workbook.read(example_workbook.build(municipality, seed=seed), places, last_year=2026)

    return reader


def test_the_same_seed_gives_the_same_bytes(lycksele):
    assert example_workbook.build(lycksele) == example_workbook.build(lycksele)
    assert example_workbook.build(lycksele) != example_workbook.build(lycksele, seed=1)


def test_it_is_read_without_a_word(read, lycksele):
    result = read(lycksele)
    assert (result.unmatched, result.warnings) == ([], [])
    assert (len(result.measures), len(result.rows)) == (37, 1002)


def test_it_has_both_layouts_of_the_survey(read, lycksele):
    periods = {row.period_label for row in read(lycksele).rows if row.indicator.endswith("andel")}
    assert {"2017/2018", "2025"} <= periods


def test_every_sheet_says_that_the_figures_are_invented(lycksele):
    for sheet in read_workbook(example_workbook.build(lycksele)).sheets:
        assert str(sheet.rows[0][0]).startswith("Demodata")


def test_some_figures_are_withheld(read, lycksele):
    assert any(row.suppressed for row in read(lycksele).rows)


def test_a_small_municipality_has_too_few_answers(read, places):
    dorotea = factories.MunicipalityFactory(code="2425", name="Dorotea", slug="dorotea", population=2400)
    content = example_workbook.build(dorotea)
    cells = [cell for sheet in read_workbook(content).sheets for row in sheet.rows for cell in row]
    assert cells.count("..") > 100


def test_county_and_nation_are_the_same_in_every_municipalitys_file(read, lycksele):
    def shared(municipality):
        return {row.key: row.value for row in read(municipality).rows if row.area_type != "kommun"}

    asele = factories.MunicipalityFactory(code="2463")
    assert shared(lycksele) == shared(asele)


def test_shares_stay_between_nothing_and_all(read, lycksele):
    shares = [row for row in read(lycksele).rows if row.indicator.endswith("andel") and row.value is not None]
    assert all(0 < row.value < 100 for row in shares)
