from decimal import Decimal

import pytest

from indicators.readers import open_comparisons
from indicators.readers.sent_file import SentFile
from lib.uploads import FileRefused
from tests.indicators.workbooks import workbook

SHEET = "Indikatorer i bostavsordning"
VIOLENCE = "Antal anmälda våldsbrott per 1\N{NO-BREAK SPACE}000 invånare"
THEFT = "Antal anmälda stöld- och tillgreppsbrott per 1 000 invånare, 2022–2024"


@pytest.fixture
def read(places):
    def reading(*rows, header, year=None):
        content = workbook({"Läs mig": [["Om filen"]], SHEET: [["Öppna jämförelser"], [], header, *rows]})
        sent = SentFile(content, "oj.xlsx")
        assert sent.kind(places) == "oj"
        return sent.read("oj", places, year=year, last_year=2026)

    return reading


def test_municipalities_are_read_by_their_codes(read):
    header = ["K-kod", "Kommun", VIOLENCE, "Rang"]

    result = read(["2481", "Lycksele", 9.4, 12], [2463, "Åsele", "7,1", 3], header=header, year=2024)

    assert [(row.area_code, row.indicator, row.year_to, row.value) for row in result.rows] == [
        ("2481", "oj-anmalda-valdsbrott-per-1000", 2024, Decimal("9.4")),
        ("2463", "oj-anmalda-valdsbrott-per-1000", 2024, Decimal("7.1")),
    ]
    assert result.measures["oj-anmalda-valdsbrott-per-1000"].title == "Anmälda våldsbrott"
    assert result.warnings == ["1 kolumn utan enhet som kan läsas hoppas över: ”Rang”."]


def test_years_in_the_heading_need_not_be_given(read):
    result = read(["2481", "Lycksele", 9.4], header=["K-kod", "Kommun", THEFT])

    assert [(row.year_from, row.year_to) for row in result.rows] == [(2022, 2024)]


def test_a_year_that_stands_nowhere_is_asked_for(read):
    with pytest.raises(FileRefused, match="Ange vilket år filen gäller"):
        read(["2481", "Lycksele", 9.4], header=["K-kod", "Kommun", VIOLENCE])


def test_headings_of_counties_are_passed_and_summaries_told(read):
    rows = [["Västerbottens län"], ["2481", "Lycksele", 9.4], ["", "Medel i länet", 8.0]]

    result = read(*rows, header=["K-kod", "Kommun", VIOLENCE], year=2024)

    assert len(result.rows) == 1
    assert [(one.label, one.reason) for one in result.unmatched] == [("Medel i länet", open_comparisons.NO_CODE)]
