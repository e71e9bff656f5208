from decimal import Decimal

import pytest

from indicators.readers import scb_population
from indicators.readers.sent_file import SentFile
from lib.uploads import FileRefused
from tests.indicators.workbooks import workbook


@pytest.fixture
def read(places):
    def reading(*lines, year=None, encoding="utf-8-sig"):
        sent = SentFile("\r\n".join([*lines, ""]).encode(encoding), "folkmangd.csv")
        assert sent.kind(places) == "folkmangd"
        return sent.read("folkmangd", places, year=year, last_year=2026)

    return reading


def figures(result):
    return [(row.area_code, row.year_to, row.value) for row in result.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
def test_the_databases_table_is_read(read, separator, encoding):
    lines = [
        '"Folkmängd efter region och år"',
        "",
        separator.join(['"region"', '"Folkmängd 2023"', '"Folkmängd 2024"']),
        separator.join(['"00 Riket"', "10551707", "10587710"]),
        separator.join(['"24 Västerbottens län"', "279449", "281000"]),
        separator.join(['"2463 Åsele"', "2754", ".."]),
    ]

    result = read(*lines, encoding=encoding)

    assert figures(result) == [
        ("00", 2023, Decimal(10551707)),
        ("00", 2024, Decimal(10587710)),
        ("24", 2023, Decimal(279449)),
        ("24", 2024, Decimal(281000)),
        ("2463", 2023, Decimal(2754)),
        ("2463", 2024, None),
    ]
    assert {row.indicator for row in result.rows} == {"folkmangd-antal"}
    assert result.rows[-1].suppressed


def test_a_list_of_codes_names_and_population_needs_its_year(read):
    lines = ["kommun_kod,kommun_namn,population", "2481,Lycksele,12100"]

    assert figures(read(*lines, year=2024)) == [("2481", 2024, Decimal(12100))]
    with pytest.raises(FileRefused, match="Ange vilket år filen gäller"):
        read(*lines)


def test_a_code_that_lost_its_first_zero_is_mended(read, db):
    result = read("kommun_kod,kommun_namn,population", "114,Upplands Väsby,50295", year=2024)

    assert result.unmatched[0].label == "0114 Upplands Väsby"  # the register of these tests does not hold it


def test_a_code_and_a_name_that_disagree_are_told(read):
    result = read("kommun_kod,kommun_namn,population", "2481,Åsele,2700", "2463,Åsele,2700", year=2024)

    assert [row.area_code for row in result.rows] == ["2463"]
    assert result.unmatched[0].label == "2481 Åsele"


def test_years_may_stand_in_a_column(read):
    result = read("region;år;Folkmängd", "2463 Åsele;2023;2754", "2463 Åsele;2024;2700")

    assert figures(result) == [("2463", 2023, Decimal(2754)), ("2463", 2024, Decimal(2700))]


def test_the_sexes_are_kept_apart_and_a_total_is_asked_for(read):
    result = read("region;kön;Folkmängd 2024", "2463 Åsele;män;1400", "2463 Åsele;kvinnor;1300")

    assert {row.sex: row.value for row in result.rows} == {"M": Decimal(1400), "K": Decimal(1300)}
    assert "Hämta den med båda könen tillsammans" in result.warnings[0]


def test_parts_of_the_population_are_left_out(read):
    result = read(
        "region;ålder;Folkmängd 2024", "2463 Åsele;0 år;20", "2481 Lycksele;0 år;90", "2463 Åsele;totalt ålder;2700"
    )

    assert figures(result) == [("2463", 2024, Decimal(2700))]
    assert [(one.label, one.reason) for one in result.unmatched] == [("0 år", scb_population.PART)]


@pytest.mark.parametrize("title", ["Folkökning 2024", "Folkmängd per kvadratkilometer 2024", "Andel av folkmängd 2024"])
def test_what_is_no_population_is_another_kind_of_file(places, title):
    sent = SentFile(f"region;{title}\r\n2463 Åsele;3\r\n".encode(), "scb.csv")

    assert sent.kind(places) is None


def test_the_same_table_in_excel_is_read(places):
    rows = [["Folkmängd"], ["region", "Folkmängd 2024"], ["2463 Åsele", 2700]]
    sent = SentFile(workbook({"BE0101N1": rows}), "x.xlsx")

    assert figures(sent.read(sent.kind(places), places, year=None, last_year=2026)) == [("2463", 2024, Decimal(2700))]
