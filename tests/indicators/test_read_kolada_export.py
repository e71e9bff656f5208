from decimal import Decimal

import pytest

from indicators.models import KoladaKpi
from indicators.readers import kolada_export
from indicators.readers.sent_file import SentFile
from tests.indicators.old_workbooks import old_workbook

HEADER = ["Nyckeltal", "Kommun/Landsting", "År", "Visat Värde"]
VIOLENCE = "Anmälda våldsbrott,  antal/100 000 inv"
SICK = "Sjukfrånvaro kommunalt anställda totalt, (%)"


@pytest.fixture
def read(places):
    def reading(*rows, header=HEADER, name="export.xls"):
        sent = SentFile(old_workbook([header, *rows]), name)
        assert sent.kind(places) == "kolada"
        return sent.read("kolada", places, year=None, last_year=2026)

    return reading


def figures(result):
    return [(row.area_code, row.indicator, row.year_to, row.sex, row.value) for row in result.rows]


def test_the_old_binary_export_is_read(read):
    result = read([VIOLENCE, "Lycksele", "2016", 812.5], [VIOLENCE, "Åsele", "2016", 640.0])

    code = "kolada-anmalda-valdsbrott-antal100-000-inv"
    assert figures(result) == [
        ("2481", code, 2016, "T", Decimal("812.5")),
        ("2463", code, 2016, "T", Decimal(640)),
    ]
    assert result.measures[code].title == "Anmälda våldsbrott (Kolada)"
    assert result.measures[code].topic == "anmalda"


def test_a_key_figure_of_our_own_list_is_the_one_that_is_fetched(read):
    KoladaKpi.objects.create(code="N07403", title=VIOLENCE.replace("  ", " "), unit="per_100000")

    assert set(read([VIOLENCE, "Lycksele", "2016", 812.5]).measures) == {"kolada-n07403"}


def test_both_sexes_are_kept_apart(read):
    header = ["Nyckeltal", "Kommun/Landsting", "Kön", "År", "Visat Värde"]
    rows = [[SICK, "Lycksele", sex, "2016", value] for sex, value in [("Totalt", 6.3), ("Kvinnor", 7.1), ("Män", 4.9)]]

    assert [row.sex for row in read(*rows, header=header).rows] == ["T", "K", "M"]


def test_an_unknown_sex_is_told(read):
    header = ["Nyckeltal", "Kommun/Landsting", "Kön", "År", "Visat Värde"]

    result = read([SICK, "Lycksele", "Pojkar 6 år", "2016", 6.3], header=header)

    assert result.unmatched[0].reason == "Kolumnen Kön säger varken totalt, kvinnor eller män."


@pytest.mark.parametrize("order", [[3, 2, 1, 0], [1, 0, 3, 2]])
def test_columns_may_stand_in_any_order(read, order):
    row = [SICK, "Lycksele", "2016", 6.3]

    result = read([row[place] for place in order], header=[HEADER[place] for place in order])

    assert [row.value for row in result.rows] == [Decimal("6.3")]


def test_averages_are_left_out_and_told_once(read):
    years = [[SICK, "Alla kommuner (ovägt medel)", f"{year}", 6.0] for year in range(2010, 2014)]

    result = read(*years, [SICK, "Lycksele", "2013", 6.3])

    assert len(result.rows) == 1
    assert [(one.place, one.reason) for one in result.unmatched] == [("rad 2 och 3 till", kolada_export.AVERAGE)]


def test_the_county_councils_are_not_taken_for_police_regions(read):
    result = read([SICK, "Region Nord", "2016", 6.3], [SICK, "Lycksele", "2016", 6.3])

    assert [row.area_code for row in result.rows] == ["2481"]
    assert result.unmatched[0].reason == kolada_export.REGION


def test_a_key_figure_without_a_unit_of_ours_is_left_out_with_a_sentence(read):
    rows = [["Kostnad skola, kr/inv", place, "2016", 9.0] for place in ("Lycksele", "Åsele")]

    result = read(*rows, [SICK, "Lycksele", "2016", 6.3])

    assert [(one.place, one.label) for one in result.unmatched] == [("rad 2 och 1 till", "Kostnad skola, kr/inv")]
    assert result.unmatched[0].reason == kolada_export.NO_UNIT


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Anmälda brott totalt, antal/100 000 inv", "per_100000"),
        ("Anmälda våldsbrott, antal/100\N{NO-BREAK SPACE}000 inv", "per_100000"),
        ("Invånare 15-17 år lagförda för brott, antal/1 000 inv", "per_1000"),
        ("Invånare som upplevt oro för bostadsinbrott, andel (%)", "andel"),
        ("Invånare  totalt, antal", "antal"),
        ("Platser i förskola, antal/10 000 inv", None),
        ("Elever per lärare, antal/1 000 elever", None),
        ("Kostnad räddningstjänst, kr/inv", None),
        ("Avvikelse från modellberäknat värde för anmälda våldsbrott", None),
    ],
)
def test_the_unit_is_told_from_the_title(title, unit):
    measure = kolada_export.measure_of(title, {})

    assert (measure.unit if measure else None) == unit


def test_long_titles_are_cut_and_kept_apart():
    long = "Andel av mycket långa nyckeltal " * 8

    one, other = (kolada_export.measure_of(f"{long}{end}, andel (%)", {}) for end in ("ett", "två"))

    assert one.code != other.code
    assert max(len(one.code), len(other.code)) <= 80
    assert len(one.title) <= 120
    assert one.title.endswith("… (Kolada)")
    assert long.strip() in one.description


def test_a_row_without_a_year_is_told(read):
    result = read([SICK, "Lycksele", "2016, kvartal 1", 6.3], [SICK, "Lycksele", "i fjol", 6.3])

    assert [one.reason for one in result.unmatched] == [
        "Bara hela år läses in, inte månader och kvartal.",
        "Raden saknar läsbart år.",
    ]


def test_what_is_no_figure_is_told(read):
    result = read([SICK, "Lycksele", "2016", "NaN"], [SICK, "Åsele", "2016", "6,3"])

    assert [row.value for row in result.rows] == [Decimal("6.3")]
    assert result.unmatched[0].reason == "”NaN” är inget tal."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_as_text_is_read(places, encoding):
    rows = ["Nyckeltal,Region,År,Invånare", '"Invånare  totalt, antal",Åsele,2016,2800']
    sent = SentFile("\n".join(rows).encode(encoding), "kolada.csv")

    result = sent.read(sent.kind(places), places, year=None, last_year=2026)

    assert figures(result) == [("2463", "kolada-invanare-totalt-antal", 2016, "T", Decimal(2800))]
