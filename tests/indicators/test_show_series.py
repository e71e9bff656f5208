from decimal import Decimal

import pytest

from indicators import actions
from indicators.models import Indicator
from indicators.series import latest_for, nation_series, series_for
from tests import factories
from tests.indicators.workbooks import (
    NATION,
    SURVEY,
    TOTAL,
    areas_down,
    lycksele_workbook,
    reported,
    sent,
    workbook,
    yearly,
)

RATE = "totalt-anmalda-per-100000"
WORRY = "otrygghet-utomhus-ntu-andel"


@pytest.fixture
def read_in(importer, lycksele):
    def read(content, name="Lycksele.xlsx", **given):
        batch = actions.preview(sent(content, name), by=importer, **given)
        actions.confirm(batch, by=importer)

    return read


def points(series):
    return [(one.name, one.emphasis, list(one.points)) for one in series.chart_series()]


def test_the_municipality_stands_beside_county_and_nation(imported, lycksele):
    series = series_for(lycksele, [RATE])[0]
    assert points(series) == [
        ("Lycksele", True, [("2023", 11900.0), ("2024", 12400.0)]),
        ("Länet", False, [("2023", 11800.0), ("2024", 11950.0)]),
        ("Riket", False, [("2023", 14000.0), ("2024", 14087.0)]),
    ]


def test_all_indicators_come_in_the_order_of_the_catalogue(lycksele, importer, read_in):
    actions.load_catalogue()
    read_in(workbook({SURVEY: areas_down(["Lycksele", 24, 25]), TOTAL: reported(["Lycksele", 1, 2, 3, 4])}))
    codes = [series.indicator.code for series in series_for(lycksele)]
    assert codes == [RATE, WORRY, "totalt-anmalda-antal"]


def test_counts_stand_without_county_and_nation(imported, lycksele):
    series = series_for(lycksele, ["totalt-anmalda-antal"])[0]
    assert points(series) == [("Lycksele", True, [("2023", 1450.0), ("2024", 1500.0)])]


def test_queries_do_not_grow_with_the_indicators(lycksele, read_in, django_assert_num_queries):
    for sheets in ([TOTAL], [TOTAL, "Bilbrott (anmälda)", "Stöldbrott (anmälda)"]):
        read_in(workbook({name: reported(["Lycksele", 1, 2, 3, 4]) for name in sheets}))
        with django_assert_num_queries(3):
            series_for(lycksele)


def test_a_municipality_without_figures_has_no_series(imported):
    other = factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    assert series_for(other) == []


def test_a_withheld_figure_is_a_gap_and_is_explained(lycksele, read_in):
    read_in(workbook({TOTAL: reported(["Lycksele", 5, 50, "..", ".."])}))
    series = series_for(lycksele, [RATE])[0]
    assert points(series)[0][2] == [("2023", 50.0), ("2024", None)]
    assert any("inte lämnar ut uppgifter" in note for note in series.notes)


def test_a_missing_year_keeps_its_place_on_the_axis(lycksele, read_in):
    read_in(workbook({TOTAL: reported(["Lycksele", 5, 50, 6, 60], years=(2020, 2023))}))
    assert series_for(lycksele, [RATE])[0].periods == ("2020", "2021", "2022", "2023")


def test_intervals_come_with_the_points(lycksele, read_in):
    rows = [
        ["t"],
        ["", "Lycksele"],
        ["År", "Andel", "KI undre", "KI övre"],
        [2023, 25, 20, 30],
        [2024, "..", "..", ".."],
    ]
    read_in(workbook({SURVEY: rows}))
    assert series_for(lycksele, [WORRY])[0].chart_series()[0].intervals == [(20.0, 30.0), None]


def test_merged_and_single_years_share_no_axis(lycksele, read_in):
    read_in(workbook({SURVEY: areas_down(["Lycksele", 24, 25], periods=("2017/2018", "2019/2020"))}))
    read_in(workbook({SURVEY: areas_down(["Lycksele", 23, 22], periods=("2023", "2024"))}))
    assert series_for(lycksele, [WORRY])[0].periods == ("2023", "2024")


def test_the_final_figure_counts_before_the_preliminary(lycksele, read_in):
    read_in(lycksele_workbook(rate=12400))
    read_in(yearly("Lycksele;1490;12300", header="Kommun;Antal (prel.);Per 100 000 inv. (prel.)"), "2024.csv")
    assert points(series_for(lycksele, [RATE])[0])[0][2][-1] == ("2024", 12400.0)


def test_of_two_final_figures_the_newest_import_counts(lycksele, read_in):
    read_in(lycksele_workbook(rate=12400))
    read_in(yearly("Lycksele;1501;12408"), "2024.csv")
    assert points(series_for(lycksele, [RATE])[0])[0][2][-1] == ("2024", 12408.0)


def test_preliminary_years_are_named(lycksele, read_in):
    read_in(yearly("Lycksele;1490;12300", header="Kommun;Antal (prel.);Per 100 000 inv. (prel.)"), "2024.csv")
    assert "Preliminära siffror: 2024." in series_for(lycksele, [RATE])[0].notes


def test_the_series_break_is_marked_and_explained(lycksele, read_in):
    actions.load_catalogue()
    read_in(workbook({TOTAL: reported(["Lycksele", 5, 50, 6, 60], years=(2013, 2016))}))
    series = series_for(lycksele, [RATE])[0]
    assert series.breaks == ["2015"]
    assert any(note.startswith("Från 2015") for note in series.notes)


def test_a_series_that_begins_after_the_break_has_none(imported, lycksele):
    Indicator.objects.update(break_year=2015)
    series = series_for(lycksele, [RATE])[0]
    assert series.breaks == []
    assert not any("2015" in note for note in series.notes)


def test_the_source_is_named_with_its_years(imported, lycksele):
    Indicator.objects.update(source="Brå, anmälda brott")
    assert series_for(lycksele, [RATE])[0].source_line == "Källa: Brå, anmälda brott, 2023–2024."


def test_the_caution_of_narcotics_is_about_the_police(lycksele, read_in):
    actions.load_catalogue()
    read_in(workbook({"Narkotikabrott (anmälda)": reported(["Lycksele", 5, 50, 6, 60])}))
    assert "polisens kontroller" in series_for(lycksele)[0].notes[0]


def test_a_series_can_be_frozen_in_a_report(imported, lycksele):
    facts = series_for(lycksele, [RATE])[0].as_facts()
    assert facts["unit"] == "per 100\N{NO-BREAK SPACE}000 invånare"
    assert facts["source"].startswith("Brå, ")
    assert facts["series"][0]["points"] == [["2023", 11900.0], ["2024", 12400.0]]
    assert facts["series"][0]["ci"] is None


def test_a_series_can_be_drawn(imported, lycksele):
    chart = series_for(lycksele, [RATE])[0].chart()
    assert chart.columns == ["Lycksele", "Länet", "Riket"]
    assert "har ökat från" in chart.sentence


def test_the_nation_stands_alone_where_no_municipality_is_chosen(imported):
    series = nation_series(Indicator.objects.get(code=RATE))
    assert [line.name for line in series.lines] == ["Riket"]


def test_the_newest_figure_of_each_municipality(imported, lycksele, read_in, django_assert_num_queries):
    asele = factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    read_in(yearly("Åsele;210;7690"), "2022.csv")
    with django_assert_num_queries(3):
        latest = latest_for([lycksele, asele])
    assert latest["2481"][RATE].value == Decimal(12400)
    assert latest["2463"][RATE].period_label == "2022"


def test_a_withheld_figure_is_never_the_newest(lycksele, read_in):
    read_in(workbook({TOTAL: reported(["Lycksele", 5, 50, "..", ".."], [NATION, 1, 2, 3, 4])}))
    assert latest_for([lycksele])["2481"][RATE].year_to == 2023


def test_a_municipality_without_figures_has_an_empty_place(lycksele):
    assert latest_for([lycksele]) == {"2481": {}}
