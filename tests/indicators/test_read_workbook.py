from decimal import Decimal

import pytest

from indicators.readers import bra_workbook
from lib.uploads import FileRefused
from tests.indicators.workbooks import (
    COUNTY,
    NATION,
    SURVEY,
    TOTAL,
    areas_down,
    lycksele_workbook,
    reported,
    workbook,
    years_down,
)


@pytest.fixture
def read(places):
    """Read a workbook, given as bytes or as one sheet's name and rows."""

    def reader(content, rows=None, last_year=2026):
        content = content if rows is None else workbook({content: rows})
        return bra_workbook.read(content, places, last_year=last_year)

    return reader


def values(result):
    return [None if row.value is None else float(row.value) for row in result.rows]


def reasons(result):
    return [(row.place, row.label, row.reason) for row in result.unmatched]


def test_reported_crimes_become_counts_and_rates(read):
    result = read(lycksele_workbook())
    first = result.rows[0]
    assert len(result.rows) == 12
    assert (first.indicator, first.area_type, first.area_code) == ("totalt-anmalda-antal", "kommun", "2481")
    assert (first.year_from, first.year_to, first.value) == (2023, 2023, Decimal(1450))
    assert {row.indicator for row in result.rows} == {"totalt-anmalda-antal", "totalt-anmalda-per-100000"}


def test_county_and_nation_are_stored_as_such(read):
    result = read(lycksele_workbook())
    assert {(row.area_type, row.area_code) for row in result.rows} == {
        ("kommun", "2481"),
        ("lan", "24"),
        ("riket", "00"),
    }


def test_the_title_describes_the_indicator(read):
    result = read(lycksele_workbook())
    measure = result.measures["totalt-anmalda-antal"]
    assert (measure.title, measure.topic) == ("Totalt", "anmalda")
    assert measure.description == "Anmälda brott i Lycksele, Västerbottens län och hela landet"


def test_withheld_is_not_zero_and_a_dash_is(read):
    result = read(TOTAL, reported(["Lycksele", "..", "..", "-", "."]))
    assert [(row.value, row.suppressed) for row in result.rows] == [
        (None, True),
        (None, True),
        (Decimal(0), False),
        (None, False),
    ]


def test_an_empty_cell_is_no_figure(read):
    result = read(TOTAL, reported(["Lycksele", 5, None, "", 12]))
    assert values(result) == [5, 12]


def test_numbers_as_text_are_understood(read):
    result = read(
        TOTAL, reported(["Lycksele", "2 537", "7\N{NO-BREAK SPACE}812,5", "12", "1\N{NARROW NO-BREAK SPACE}000"])
    )
    assert values(result) == [2537, 7812.5, 12, 1000]


def test_survey_with_rows_of_years_brings_intervals(read):
    result = read(
        SURVEY, years_down([2023, 25.3, 19.1, 31.5, 27.0, 26.6, 27.4], [2024, "..", "..", "..", 28, 27.5, 28.5])
    )
    first = result.rows[0]
    assert (first.value, first.ci_low, first.ci_high) == (Decimal("25.3"), Decimal("19.1"), Decimal("31.5"))
    assert values(result) == [25.3, None, 27.0, 28.0]
    assert result.rows[1].suppressed


def test_survey_with_rows_of_areas_brings_merged_years(read):
    result = read(SURVEY, areas_down(["Lycksele kommun", 24.1, ".."], [COUNTY, 25, 26], [NATION, 27.2, 28]))
    first = result.rows[0]
    assert (first.year_from, first.year_to, first.period_label) == (2017, 2018, "2017/2018")
    assert (len(result.rows), first.ci_low) == (6, None)


def test_both_layouts_of_the_survey_give_the_same_indicator(read):
    down = read(SURVEY, years_down([2023, 25.3, 19.1, 31.5, 27.0, 26.6, 27.4]))
    across = read(SURVEY, areas_down(["Lycksele", 24.1, 25]))
    assert set(down.measures) == set(across.measures) == {"otrygghet-utomhus-ntu-andel"}


def test_a_survey_sheet_may_count_instead_of_share(read):
    rows = years_down([2023, 25, 19, 31], areas=("Lycksele",))
    rows[2][1] = "Antal"
    assert list(read(SURVEY, rows).measures) == ["otrygghet-utomhus-ntu-antal"]


def test_preliminary_years_are_marked(read):
    rows = reported(["Lycksele", 1, 2, 3, 4])
    rows[1][3:5] = ["Antal 2024 (prel.)", "Antal per 100 000 inv 2024 (prel.)"]
    assert [row.preliminary for row in read(TOTAL, rows).rows] == [False, False, True, True]


def test_an_unknown_area_is_told_and_the_rest_is_read(read):
    result = read(TOTAL, reported(["Angered", 1, 2, 3, 4], ["Lycksele", 1, 2, 3, 4]))
    assert len(result.rows) == 4
    assert reasons(result)[0][:2] == ("Totalt (anmälda), rad 3", "Angered")


def test_a_note_under_the_table_is_no_area(read):
    result = read(TOTAL, reported(["Lycksele", 1, 2, 3, 4], [], ["Källa: Brå"]))
    assert (len(result.rows), result.unmatched) == (4, [])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (-3, "är negativt"),
        ("-3", "är negativt"),
        ("\N{MINUS SIGN}3", "är negativt"),
        ("NaN", "är inget tal"),
        ("inf", "är inget tal"),
        ("#REF!", "är inget tal"),
        ("tolv", "är inget tal"),
        (True, "är inget tal"),
        ("2.537", "kan läsas på två sätt"),
        (1e12, "är orimligt stort"),
        ("9" * 40, "är orimligt stort"),
        (12.5, "är ett antal men inget heltal"),
    ],
)
def test_what_is_no_figure_is_told_with_its_cell(read, cell, reason):
    result = read(TOTAL, reported(["Lycksele", cell, 2, 3, 4]))
    assert len(result.rows) == 3
    (place, label, why) = reasons(result)[0]
    assert (place, label) == ("Totalt (anmälda), cell B3", "Lycksele")
    assert reason in why


def test_a_share_above_a_hundred_is_told(read):
    result = read(SURVEY, areas_down(["Lycksele", 125, 20]))
    assert values(result) == [20]
    assert "är mer än 100 procent" in reasons(result)[0][2]


def test_shares_written_as_parts_of_one_are_warned_of(read):
    result = read(SURVEY, areas_down(["Lycksele", 0.24, 0.25], [NATION, 0.27, 0.28]))
    assert "Kontrollera att de är angivna i procent" in result.warnings[0]


def test_a_value_outside_its_interval_loses_the_interval(read):
    result = read(SURVEY, years_down([2023, 25.3, 30, 35, 27, 26, 28]))
    assert (result.rows[0].value, result.rows[0].ci_low) == (Decimal("25.3"), None)
    assert "ligger utanför sitt osäkerhetsintervall" in result.warnings[0]


def test_the_same_figure_twice_is_read_once(read):
    result = read(TOTAL, reported(["Lycksele", 1, 2, 3, 4], ["Lycksele kommun", 1, 2, 3, 4]))
    assert len(result.rows) == 4
    assert "4 siffror står två gånger" in result.warnings[0]


def test_figures_that_contradict_themselves_are_left_out(read):
    result = read(TOTAL, reported(["Lycksele", 1, 2, 3, 4], ["Lycksele kommun", 9, 2, 3, 4]))
    assert values(result) == [2, 3, 4]
    assert "Står också i Totalt (anmälda), cell B3 med ett annat värde" in reasons(result)[0][2]


def test_a_year_to_come_is_told(read):
    result = read(TOTAL, reported(["Lycksele", 1, 2, 3, 4], years=(2026, 2062)))
    assert {row.year_to for row in result.rows} == {2026}
    assert reasons(result)[0][2] == "Året 2062 är orimligt."


def test_a_sheet_without_its_header_is_told(read):
    result = read(workbook({TOTAL: [["Titel"], ["Lycksele", 1]], SURVEY: areas_down(["Lycksele", 1, 2])}))
    assert len(result.rows) == 2
    assert reasons(result) == [(TOTAL, "Titel", "Rubrikraden med Antal och år hittades inte på bladet.")]


def test_a_survey_sheet_without_years_is_told(read):
    result = read(workbook({TOTAL: reported(["Lycksele", 1, 2, 3, 4]), SURVEY: [["Titel"], ["Lycksele", 1]]}))
    assert reasons(result)[0][0] == SURVEY


def test_a_row_without_a_year_is_told(read):
    result = read(SURVEY, years_down([2023, 25, 20, 30, 27, 26, 28], ["2O24", 25, 20, 30, 27, 26, 28]))
    assert reasons(result) == [("Otrygghet utomhus-NTU, rad 5", "2O24", "Raden saknar läsbart år.")]


def test_other_sheets_are_passed_over_with_a_word(read):
    result = read(workbook({"Läs mig": [["Hej"]], TOTAL: reported(["Lycksele", 1, 2, 3, 4])}))
    assert result.warnings == ["Blad utan indikatorer hoppas över: Läs mig."]


def test_a_formula_without_a_saved_value_is_empty_and_told(read):
    result = read(TOTAL, reported(["Lycksele", "=1+1", 2, 3, 4]))
    assert values(result) == [2, 3, 4]
    assert "Formler utan sparat värde har lästs som tomma: B3 i Totalt (anmälda)." in result.warnings[0]


def test_an_unknown_sheet_of_the_right_form_is_read(read):
    result = read("Trafikbrott (anmälda)", reported(["Lycksele", 1, 2, 3, 4]))
    measure = result.measures["trafikbrott-anmalda-per-100000"]
    assert (measure.title, measure.unit) == ("Trafikbrott", "per_100000")
    assert measure.caution


def test_names_are_matched_in_every_form(read):
    result = read(TOTAL, reported(["Falu kommun", 1, 2, 3, 4], ["ÅSELE", 1, 2, 3, 4]))
    assert {row.area_code for row in result.rows} == {"2080", "2463"}


def test_a_workbook_of_another_kind_is_refused(read):
    with pytest.raises(FileRefused, match="inget bladnamn slutar på"):
        read("Indikatorer i bostavsordning", [["K-kod", "Kommun"], ["2481", "Lycksele"]])
