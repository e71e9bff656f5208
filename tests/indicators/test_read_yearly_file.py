from decimal import Decimal

import pytest

from indicators.readers import bra_yearly
from lib.uploads import FileRefused
from tests.indicators.workbooks import yearly

PRELIMINARY = "Kommun;Antal (prel.);Per 100 000 inv. (prel.)"


@pytest.fixture
def read(places):
    return lambda content, year=2024: bra_yearly.read(content, places, year=year, last_year=2026)


def figures(result):
    return [(row.area_code, row.indicator, row.value) for row in result.rows]


def test_the_published_form_is_read(read):
    result = read(yearly("Lycksele;1500;12400", "Åsele;210;7690"))
    assert figures(result)[:2] == [
        ("2481", "totalt-anmalda-antal", Decimal(1500)),
        ("2481", "totalt-anmalda-per-100000", Decimal(12400)),
    ]
    assert {row.year_to for row in result.rows} == {2024}
    assert not result.rows[0].preliminary


@pytest.mark.parametrize(
    ("content", "first_year_value"),
    [
        (yearly("Lycksele;1500;12400", encoding="utf-8"), 1500),
        (yearly("Lycksele;1500;12400", encoding="cp1252"), 1500),
        (yearly("Lycksele;1500;12400", encoding="utf-16"), 1500),
        (yearly("Lycksele;1 500;12 400"), 1500),
        (yearly("Lycksele;1\N{NO-BREAK SPACE}500;12\N{NO-BREAK SPACE}400"), 1500),
        (yearly("Lycksele;1500;12400,5"), 1500),
        (yearly("Lycksele\t1500\t12400", header="Kommun\tAntal\tPer 100 000 inv."), 1500),
        (yearly("", "Lycksele;1500;12400", ""), 1500),
        (yearly("Lycksele;12400;1500", header="Kommun;Per 100 000 inv.;Antal"), 1500),
        (yearly('"Lycksele";"1500";"12400"'), 1500),
    ],
)
def test_every_known_form_of_the_file_is_read(read, content, first_year_value):
    result = read(content)
    assert {row.value for row in result.rows if row.indicator == "totalt-anmalda-antal"} == {first_year_value}


def test_a_preliminary_file_is_marked(read):
    result = read(yearly("Lycksele;1500;12400", header=PRELIMINARY))
    assert all(row.preliminary for row in result.rows)
    assert "Siffrorna är preliminära" in result.warnings[0]


def test_the_file_of_2021_has_no_header_and_long_names(read):
    result = read(yearly("Lycksele kommun;1500;12400", "Åseles kommun;210;7690", header="", encoding="utf-8"), 2021)
    assert {(row.area_code, row.year_to) for row in result.rows} == {("2481", 2021), ("2463", 2021)}


def test_windows_letters_keep_their_rings_and_dots(read):
    result = read(yearly("Åsele;210;7690", encoding="cp1252"))
    assert figures(result)[0][0] == "2463"


def test_the_whole_country_is_stored_as_the_nation(read):
    result = read(yearly("Lycksele;1500;12400", "Hela landet;1 489 319;14 087"))
    assert ("00", "totalt-anmalda-antal", Decimal(1489319)) in figures(result)


def test_city_districts_and_unknown_names_are_told(read):
    result = read(yearly("Lycksele;1500;12400", "Spånga-Tensta;4000;10000", "Nykommun;1;2"))
    assert [(row.place, row.label) for row in result.unmatched] == [("rad 3", "Spånga-Tensta"), ("rad 4", "Nykommun")]


def test_withheld_is_not_zero(read):
    result = read(yearly("Lycksele;..;..", "Åsele;-;-"))
    assert [(row.value, row.suppressed) for row in result.rows] == [
        (None, True),
        (None, True),
        (Decimal(0), False),
        (Decimal(0), False),
    ]


def test_a_short_row_is_told(read):
    result = read(yearly("Lycksele;1500;12400", "Åsele;210"))
    assert result.unmatched[0].reason == "Raden har för få kolumner."


def test_a_cell_that_is_no_figure_is_told(read):
    result = read(yearly("Lycksele;NA;12400"))
    assert result.unmatched[0].reason == "”NA” är inget tal."


@pytest.mark.parametrize(
    "content",
    [
        b"Nyckeltal,Region,\xc3\x85r,Inv\xc3\xa5nare\r\nTotalt,Ale,2010,27442\r\n",
        b"kommun_kod,kommun_namn,population\n0114,Upplands V\xc3\xa4sby,50295\n",
        yearly("Lycksele;1500", header="Kommun;Antal"),
        yearly("1;Lycksele;3", header=""),
        yearly("Okänd;1;2"),
        b"\r\n\r\n",
        b"hej",
    ],
)
def test_another_kind_of_file_is_refused(read, content):
    with pytest.raises(FileRefused, match="ser inte ut som Brås årsfil"):
        read(content)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Anmälda brott kommunerna 2024.csv", 2024),
        ("Anmälda brott kommunerna 2025 (1).csv", 2025),
        ("2023 jämfört med 2024.csv", None),
        ("statistik.csv", None),
        ("20240301.csv", None),
    ],
)
def test_the_year_is_guessed_from_the_file_name(name, year):
    assert bra_yearly.guess_year(name) == year
