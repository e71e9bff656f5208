"""Every figure of reported crimes knows its break, whichever file it came by, and moving averages are told as such."""

from decimal import Decimal

import pytest

from indicators import actions, fetching, pointing
from indicators.models import Indicator, KoladaKpi, Observation
from indicators.rules import needs_pointing_out
from indicators.series import series_for
from lib.series import describe
from tests import factories
from tests.indicators.kolada_stand_in import row
from tests.indicators.old_workbooks import old_workbook
from tests.indicators.test_fetch_from_kolada import stand_in  # noqa: F401  # the fixture
from tests.indicators.workbooks import reported, sent, workbook, yearly

YEARS = (2013, 2014, 2015, 2016)
BREAK_NOTE = "Från 2015 redovisas bara brott som kan knytas till kommunen. Jämför inte med åren före."


@pytest.fixture
def read_in(importer, lycksele):
    def read(content, name="fil.xlsx", **given):
        batch = actions.preview(sent(content, name), by=importer, **given)
        if needs_pointing_out(batch):
            pointing.point_out(batch, pointing.look(batch).guess, by=importer)
            batch.refresh_from_db()
        actions.confirm(batch, by=importer)

    return read


def told(lycksele, code=""):
    """What is said of the only series there is, or of the one with the code."""
    series = next(one for one in series_for(lycksele) if one.indicator.is_comparable and code in one.indicator.code)
    return describe(series.indicator.title, series.chart_series(), series.indicator.get_unit_display()), series.notes


def of_the_workbook():
    return workbook({"Bedrägeri (anmälda)": reported(["Lycksele", 41, 500, 42, 900, 43, 400, 44, 450], years=YEARS)})


def of_sol():
    lines = [
        f"{year};Lycksele kommun;Bedrägeribrott;{rate}" for year, rate in zip(YEARS, (500, 900, 400, 450), strict=True)
    ]
    return "\r\n".join(["År;Region;Brottstyp;Antal/100 000 inv", *lines, ""]).encode("utf-8-sig")


def of_koladas_export():
    title = "Anmälda bedrägeribrott, antal/100 000 inv"
    rows = [[title, "Lycksele", f"{year}", rate] for year, rate in zip(YEARS, (500, 900, 400, 450), strict=True)]
    return old_workbook([["Nyckeltal", "Kommun/Landsting", "År", "Visat Värde"], *rows])


def of_open_comparisons():
    titles = [f"Antal anmälda våldsbrott per 1 000 invånare {year}" for year in YEARS]
    return workbook(
        {"Indikatorer i bostavsordning": [["K-kod", "Kommun", *titles], ["2481", "Lycksele", 5, 9, 4, 4.5]]}
    )


@pytest.mark.parametrize("content", [of_the_workbook, of_sol, of_koladas_export, of_open_comparisons])
def test_nothing_is_compared_across_the_break(lycksele, read_in, content):
    read_in(content(), "tabell.csv" if content is of_sol else "fil.xlsx")

    sentence, notes = told(lycksele)

    assert "mellan 2015 och 2016" in sentence
    assert BREAK_NOTE in notes


def test_the_yearly_file_knows_the_break(lycksele, read_in):
    for year, rate in zip(YEARS, (500, 900, 400, 450), strict=True):
        read_in(yearly(f"Lycksele;{rate};{rate}"), f"Anmälda brott kommunerna {year}.csv")

    assert "mellan 2015 och 2016" in told(lycksele, "per-100000")[0]


def test_koladas_answers_know_the_break(lycksele, anna, stand_in):  # noqa: F811
    stand_in.rows = [row(period=year, T=rate) for year, rate in zip(YEARS, (500, 900, 400, 450), strict=True)]

    fetched(anna, "N07403", 2013, 2016)

    sentence, notes = told(lycksele)
    assert "mellan 2015 och 2016" in sentence
    assert BREAK_NOTE in notes


def test_surveys_and_inhabitants_have_no_break(read_in):
    rows = [["NTU"], ["", "2013", "2016"], ["Lycksele", 20, 25]]

    read_in(workbook({"Otrygghet hemma-NTU": rows}))

    assert Indicator.objects.get().break_year is None


def fetched(by, code, first, last):
    actions.load_kpis()
    kpi = KoladaKpi.objects.get(code=code)
    fetch = factories.FetchFactory(created_by=by, kpis=[kpi.asked()], year_from=first, year_to=last)
    fetching.run(fetch.pk)
    fetch.refresh_from_db()
    actions.confirm(fetch.batch, by=by)


@pytest.mark.parametrize("code", ["U07417", "U07418"])
def test_a_three_year_average_of_kolada_is_stored_as_three_years(lycksele, anna, stand_in, code):  # noqa: F811
    stand_in.rows = [row(kpi=code, period=year, T=value) for year, value in ((2023, 9.5), (2024, 9))]

    fetched(anna, code, 2023, 2024)

    stored = Observation.objects.order_by("year_to").values_list("year_from", "year_to", "period_label", "value")
    assert list(stored) == [(2021, 2023, "2021/2023", Decimal("9.5")), (2022, 2024, "2022/2024", Decimal(9))]
    sentence, notes = told(lycksele)
    assert "mellan 2021/2023 och 2022/2024" in sentence
    assert "Varje värde är ett medelvärde av tre år. Två värden intill varandra bygger delvis på samma år." in notes


def test_an_average_that_reaches_over_the_break_is_not_compared(lycksele, anna, stand_in):  # noqa: F811
    stand_in.rows = [row(kpi="U07418", period=year, T=value) for year, value in ((2014, 5), (2016, 9), (2017, 4))]

    fetched(anna, "U07418", 2014, 2017)

    assert told(lycksele)[0] == (
        "Anmälda våldsbrott (treårsmedelvärde) (Kolada) i Lycksele låg på 4 per 1\N{NO-BREAK SPACE}000 invånare "
        "(2015/2017)."
    )


def test_an_average_is_known_by_its_title(lycksele, read_in):
    title = "Antal anmälda bilbrott per 1 000 invånare (treårsmedelvärde) 2024"

    read_in(workbook({"Indikatorer i bostavsordning": [["K-kod", "Kommun", title], ["2481", "Lycksele", 5]]}))

    assert Indicator.objects.get().averaged_years == 3
    assert Observation.objects.get().period_label == "2022/2024"
