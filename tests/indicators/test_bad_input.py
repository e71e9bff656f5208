"""The same faults in a file of every kind: what is wrong is told, what is right is read, nothing turns into zero."""

from decimal import Decimal

import pytest

from indicators.readers import guesses, pointed_out
from indicators.readers.sent_file import SentFile
from tests.indicators.old_workbooks import old_workbook
from tests.indicators.test_refuse_table import outcome
from tests.indicators.workbooks import SURVEY, TOTAL, areas_down, reported, workbook, yearly, years_down

KPI = "Anmälda våldsbrott, antal/100 000 inv"
VIOLENCE = "Anmälda våldsbrott per 1 000 invånare"


def text(*rows, encoding="utf-8-sig"):
    return "".join(";".join(map(str, row)) + "\r\n" for row in rows).encode(encoding)


def page(*rows):
    """A page saved out of Brå's database."""
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{cells}</table>".encode()


# By kind: a file with the year's figure of each (place, figure), as its publisher lays it out.
KINDS = {
    "lagesbild": lambda rows, year="2024": workbook(
        {TOTAL: [["Titel"], ["", f"Antal per 100 000 inv {year}"], *map(list, rows)]}
    ),
    "lagesbild, NTU": lambda rows, year="2024": workbook({SURVEY: areas_down(*map(list, rows), periods=(year,))}),
    "arsfil": lambda rows, year="": yearly(
        *(f"{place};100;{figure}" for place, figure in rows), header=f"Kommun;Antal{year};Per 100 000 inv.{year}"
    ),
    "kolada": lambda rows, year="2024": old_workbook(
        [["Nyckeltal", "Kommun", "År", "Värde"], *([KPI, place, year, figure] for place, figure in rows)]
    ),
    "folkmangd": lambda rows, year="2024": text(["region", f"Folkmängd {year}"], *rows),
    "oj": lambda rows, year="2024": workbook(
        {
            "Indikatorer i bostavsordning": [
                ["K-kod", "Kommun", f"{VIOLENCE} {year}"],
                *([CODES[p], p, f] for p, f in rows),
            ]
        }
    ),
    "sol": lambda rows, year="2024": page(["", "Antal"], ["", year], *rows),
    "egen": lambda rows, year="2024": text(["Område", "År", "Otrygga, andel (%)"], *([p, year, f] for p, f in rows)),
}
CODES = {"Lycksele": "2481", "Åsele": "2463", "Falun": "2080"}
every_kind = pytest.mark.parametrize("kind", KINDS)


def read(kind, places, rows, **given):
    """Tables whose columns are pointed out are read as somebody has pointed them out who sees what stands where."""
    content = KINDS[kind](rows, **given)
    if kind not in {"sol", "egen"}:
        return outcome(content, places)
    whole = SentFile(KINDS[kind]([(place, "25") for place, _ in rows], **given)).book
    mapping = guesses.guess(whole, places, "fil")
    return pointed_out.read(SentFile(content).book, mapping, places, last_year=2026)


def values(result):
    """The figures of the places, without a yearly file's counts."""
    return {row.area_code: row.value for row in result.rows if "totalt-anmalda-antal" not in row.indicator}


@every_kind
def test_numbers_as_text_are_numbers(places, kind):
    assert values(read(kind, places, [("Lycksele", "25"), ("Åsele", "31,0")])) == {
        "2481": Decimal(25),
        "2463": Decimal(31),
    }


@every_kind
@pytest.mark.parametrize("fault", ["NaN", "inf", "tolv", "#REF!", "-3", "1e400"])
def test_what_is_no_number_is_told_and_the_rest_is_read(places, kind, fault):
    result = read(kind, places, [("Lycksele", fault), ("Åsele", "31"), ("Falun", "7")])

    assert values(result) == {"2463": Decimal(31), "2080": Decimal(7)}
    assert any(fault.strip("-") in one.reason for one in result.unmatched)


@every_kind
def test_withheld_is_never_zero(places, kind):
    result = read(kind, places, [("Lycksele", ".."), ("Åsele", "31"), ("Falun", "7")])

    assert values(result)["2481"] is None
    assert [row.area_code for row in result.rows if row.suppressed] == ["2481"]


@every_kind
def test_a_row_that_stands_twice_is_read_once_and_told(places, kind):
    result = read(kind, places, [("Lycksele", "25"), ("Åsele", "31"), ("Lycksele", "25")])

    assert values(result) == {"2481": Decimal(25), "2463": Decimal(31)}
    assert any("står två gånger" in one for one in result.warnings)


@every_kind
def test_rows_that_contradict_each_other_are_both_left_out(places, kind):
    result = read(kind, places, [("Lycksele", "25"), ("Åsele", "31"), ("Lycksele", "26")])

    assert values(result) == {"2463": Decimal(31)}
    assert any("Inget av dem läses in" in one.reason for one in result.unmatched)


@every_kind
def test_rows_may_stand_in_any_order(places, kind):
    rows = [("Lycksele", "25"), ("Åsele", "31"), ("Falun", "7")]

    assert values(read(kind, places, rows[::-1])) == values(read(kind, places, rows))


@every_kind
def test_preliminary_figures_are_marked(places, kind):
    year = " (prel.)" if kind == "arsfil" else "2024 prel."

    result = read(kind, places, [("Lycksele", "25"), ("Åsele", "31")], year=year)

    assert {row.preliminary for row in result.rows} == {True}


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"oj"}))  # that one is read by codes
def test_an_unknown_place_is_told(places, kind):
    result = read(kind, places, [("Lycksele", "25"), ("Åsele", "31"), ("Atlantis", "9")])

    assert set(values(result)) == {"2481", "2463"}
    assert "Atlantis" in {one.label for one in result.unmatched}


@every_kind
@pytest.mark.parametrize("name", ["Lycksele.xlsx.pdf", "kopia (1)", "ÅÄÖ 😀.CSV", "x" * 300])
def test_the_name_decides_nothing(places, kind, name):
    content = KINDS[kind]([("Lycksele", "25"), ("Åsele", "31")])

    assert SentFile(content, name).kind(places) == SentFile(content, "fil").kind(places)


@pytest.mark.parametrize(
    ("content", "figures"),
    [
        (yearly("Lycksele;12400;1500", header="Kommun;Per 100 000 inv.;Antal"), {"per-100000": 12400, "antal": 1500}),
        (
            workbook({TOTAL: [["T"], ["", "Antal per 100 000 inv 2024", "Antal 2024"], ["Lycksele", 12400, 1500]]}),
            {"per-100000": 12400, "antal": 1500},
        ),
        (workbook({"I": [["K-kod", f"{VIOLENCE} 2024", "Kommun"], ["2481", 9, "Lycksele"]]}), {"per-1000": 9}),
        (text(["Folkmängd 2024", "region"], [12000, "Lycksele"]), {"antal": 12000}),
        (text(["Otrygga, andel (%)", "År", "Område"], [31, 2024, "Lycksele"], [30, 2024, "Åsele"]), {"andel": 31}),
    ],
)
def test_columns_may_stand_in_any_order(places, content, figures):
    rows = [row for row in outcome(content, places).rows if row.area_code == "2481"]

    assert {ending: row.value for row in rows for ending in figures if row.indicator.endswith(ending)} == figures


def test_the_years_of_a_workbook_may_stand_in_any_order(places):
    forward = workbook({TOTAL: reported(["Lycksele", 1, 2, 3, 4], years=(2023, 2024))})
    backward = workbook({TOTAL: reported(["Lycksele", 3, 4, 1, 2], years=(2024, 2023))})

    assert set(outcome(forward, places).rows) == set(outcome(backward, places).rows)


def test_the_areas_of_a_survey_may_stand_in_any_order(places):
    one = workbook({SURVEY: years_down([2024, 25, 20, 30, 27, 26, 28], areas=("Lycksele", "Åsele"))})
    other = workbook({SURVEY: years_down([2024, 27, 26, 28, 25, 20, 30], areas=("Åsele", "Lycksele"))})

    assert set(outcome(one, places).rows) == set(outcome(other, places).rows)
