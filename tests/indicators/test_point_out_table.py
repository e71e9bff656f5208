"""A table of no known kind: what is guessed in it, what a person points out, and what is read by that."""

import pytest

from indicators import actions, pointing
from indicators.models import ImportBatch, Indicator, Observation
from tests.indicators.workbooks import sent, workbook

SOL_PAGE = """<!DOCTYPE HTML><html><head><meta charset="ISO-8859-1"><style>td {{}}</style></head><body>
<table><tr><td>Anmälda brott</td></tr></table>
<table>
<tr><td rowspan="3"></td><th colspan="4">År</th></tr>
<tr><th colspan="2">2015</th><th colspan="2">2016 prel.</th></tr>
<tr><th>Antal</th><th>/100 000 inv</th><th>Antal</th><th>/100 000 inv</th></tr>
<tr><th>Hela landet</th><td></td><td></td><td></td><td></td></tr>
<tr><th>&nbsp;Våldsbrott</th><td>1&nbsp;503</td><td>15</td><td>1&nbsp;502</td><td>15</td></tr>
<tr><th>{area}</th><td></td><td></td><td></td><td></td></tr>
<tr><th>&nbsp;Våldsbrott</th><td>113</td><td>930</td><td>..</td><td>..</td></tr>
<tr><th>&nbsp;Våldsbrott, Misshandel inkl.grov<!-- <td>9</td> --></th><td>90</td><td>744</td><td>-</td><td>-</td></tr>
</table></body></html>"""
OWN = "Stadsdel eller kommun;Otrygga 2023, andel (%);Otrygga 2024, andel (%)\r\nLycksele;31,5;29\r\nÅsele;18;..\r\n"


@pytest.fixture
def pointed(places, anna):
    """The table sent in by Anna, and pointed out as it is guessed, but for what is given."""

    def point(content, name="tabell.csv", **given):
        batch = actions.preview(sent(content, name), by=anna)
        assert not batch.mapping
        guess = pointing.look(batch).guess
        pointing.point_out(batch, guess.__class__(**(vars(guess) | given)), by=anna)
        batch.refresh_from_db()
        return batch

    return point


@pytest.fixture
def read_in(pointed, anna):
    def read(content, name="tabell.csv", **given):
        actions.confirm(pointed(content, name, **given), by=anna)
        found = Observation.objects.select_related("indicator").order_by("pk")
        return [(one.area_code, one.indicator.code, one.period_label, one.value) for one in found]

    return read


def csv(*lines, encoding="utf-8-sig"):
    return "\r\n".join([*lines, ""]).encode(encoding)


# --- Brå's database -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("name", ["resultat.html", "resultat.xls"])
def test_a_saved_page_of_sol_needs_only_a_yes(read_in, encoding, name):
    page = SOL_PAGE.format(area="Åsele kommun").encode(encoding)

    assert read_in(page, name) == [
        ("00", "sol-valdsbrott-antal", "2015", 1503),
        ("00", "sol-valdsbrott-per-100000", "2015", 15),
        ("00", "sol-valdsbrott-antal", "2016", 1502),
        ("00", "sol-valdsbrott-per-100000", "2016", 15),
        ("2463", "sol-valdsbrott-antal", "2015", 113),
        ("2463", "sol-valdsbrott-per-100000", "2015", 930),
        ("2463", "sol-valdsbrott-antal", "2016", None),
        ("2463", "sol-valdsbrott-per-100000", "2016", None),
        ("2463", "sol-valdsbrott-misshandel-inklgrov-antal", "2015", 90),
        ("2463", "sol-valdsbrott-misshandel-inklgrov-per-100000", "2015", 744),
        ("2463", "sol-valdsbrott-misshandel-inklgrov-antal", "2016", 0),
        ("2463", "sol-valdsbrott-misshandel-inklgrov-per-100000", "2016", 0),
    ]
    assert set(Observation.objects.filter(preliminary=True).values_list("period_label", flat=True)) == {"2016"}
    assert set(Observation.objects.values_list("source", "dataset")) == {("bra", "sol")}


@pytest.mark.parametrize(
    ("area", "reason"),
    [
        ("Göteborg kommun, Angered stadsdel", "Okänt område"),
        ("Åsele kommun (upphör 2006)", "Området har upphört"),
    ],
)
def test_the_rows_below_an_area_that_is_none_are_nobodys(pointed, area, reason):
    batch = pointed(SOL_PAGE.format(area=area).encode(), "resultat.html")

    assert batch.report["places"] == ["Riket"]
    assert any(one["label"] == area and one["reason"].startswith(reason) for one in batch.unmatched)
    assert any(one["label"] == "Våldsbrott" and "Inget känt område" in one["reason"] for one in batch.unmatched)


def test_a_long_table_with_areas_crimes_and_periods_in_columns(read_in):
    lines = [
        "Region;Brottstyp;Period;Antal",
        "Åsele kommun;Våldsbrott, Misshandel;2015;20",
        "Åsele kommun;Våldsbrott, Misshandel;2016 prel.;21",
        "Hela landet;Våldsbrott, Misshandel;2016 prel.;80 000",
    ]

    assert read_in(csv(*lines)) == [
        ("2463", "sol-valdsbrott-misshandel-antal", "2015", 20),
        ("2463", "sol-valdsbrott-misshandel-antal", "2016", 21),
        ("00", "sol-valdsbrott-misshandel-antal", "2016", 80000),
    ]


def test_months_and_quarters_are_left_out_with_a_reason(pointed):
    lines = ["Region;Brottstyp;Period;Antal", "Åsele kommun;Rån;2013, Jun;7", "Åsele kommun;Rån;2013, Kvartal 2;20"]

    batch = pointed(csv(*lines, "Åsele kommun;Rån;2013;70"))

    assert batch.report["figures"] == 1
    assert {one["reason"] for one in batch.unmatched} == {"Bara hela år läses in, inte månader och kvartal."}


def test_a_month_in_a_column_of_its_own_is_no_year(pointed):
    lines = ["Region;Brottstyp;År;Månad;Antal", "Åsele kommun;Rån;2013;jun;7", "Åsele kommun;Rån;2013;;70"]

    batch = pointed(csv(*lines), year=2, values=[4])

    assert batch.report["sample"][0]["shown"] == "70"
    assert batch.report["figures"] == 1


def test_areas_may_stand_below_the_crimes(read_in):
    lines = ["Brott;2015;2016", "Rån;;", "Åsele kommun;5;6", "Lycksele kommun;7;8", "Våldsbrott;;", "Åsele;15;16"]

    assert ("2463", "sol-ran-antal", "2015", 5) in read_in(csv(*lines))
    assert Observation.objects.filter(indicator__code="sol-valdsbrott-antal").count() == 2


# --- One's own table ------------------------------------------------------------------------------------------------


def test_an_own_table_becomes_an_indicator_of_the_organisations(read_in):
    told = {"title": "Trygghet", "source": "Lycksele kommun, enkät", "description": "Brev till 900.", "answers": 412}

    read_in(OWN.encode(), "enkät.csv", **told)

    made = Indicator.objects.get()
    assert made.code == "egen-lycksele-kommun-trygghet-andel"
    assert (made.title, made.unit, made.source) == ("Trygghet", "andel", "Lycksele kommun, enkät")
    assert made.caution == (
        "Egen undersökning, inte officiell statistik. Den senast inlästa tabellen bygger på 412 svar."
    )
    assert set(Observation.objects.values_list("source", "dataset")) == {("own", "egen")}


def test_the_next_table_says_how_many_have_answered_now(read_in):
    told = {"title": "Trygghet", "source": "Enkät"}
    read_in(OWN.encode(), **told, answers=412)

    read_in(OWN.replace("2024", "2025").encode(), **told, answers=380)

    assert "380 svar" in Indicator.objects.get().caution


def test_several_questions_side_by_side_are_several_indicators(read_in):
    lines = ["Område;Otrygga, andel (%);Utsatta, andel (%)", "Åsele;31;9"]

    assert read_in(csv(*lines), title="Enkät", source="Vi", one_year=2024) == [
        ("2463", "egen-lycksele-kommun-enkat-otrygga-andel", "2024", 31),
        ("2463", "egen-lycksele-kommun-enkat-utsatta-andel", "2024", 9),
    ]


def test_a_whole_table_may_be_about_one_area(read_in):
    lines = ["Fråga;2023;2024", "Otrygg i centrum;31;29", "Otrygg hemma;9;8"]

    told = {"kind": "egen", "area": None, "area_name": "Åsele", "measure": 0, "unit": "andel"}
    figures = read_in(csv(*lines), title="Enkät", source="Vi", **told)

    assert ("2463", "egen-lycksele-kommun-enkat-otrygg-i-centrum-andel", "2023", 31) in figures
    assert len(figures) == 4


def test_small_counts_are_refused_until_they_are_said_to_be_published(pointed):
    lines = ["Område;Anmälningar 2023, antal;Anmälningar 2024, antal", "Åsele;3;12"]
    told = {"kind": "egen", "title": "Anmälningar", "source": "Vi"}

    with pytest.raises(pointing.FewCounted, match="1 antal mellan 1 och 4"):
        pointed(csv(*lines), **told)
    assert pointed(csv(*lines), published=True, **told).new_count == 2


def test_columns_without_unit_or_year_are_told(pointed):
    lines = ["Område;Otrygga 2023, andel (%);Otrygga 2024;Otrygga, andel (%)", "Åsele;31;30;29"]

    batch = pointed(csv(*lines), kind="egen", unit="", values=[1, 2, 3], title="Enkät", source="Vi")

    assert [(one["place"], one["reason"].split(".")[0]) for one in batch.unmatched] == [
        ("kolumn C", "Kolumnens rubrik säger inte enheten"),
        ("kolumn D", "Kolumnens rubrik har inget år"),
    ]


def test_the_right_sheet_is_found(places, anna):
    sheets = {"Om": [["Hej"]], "Svar": [["Kommun", "2023", "2024"], ["Åsele", 31.5, 30], ["Lycksele", 2, 3]]}
    batch = actions.preview(sent(workbook(sheets), "enkät.xlsx"), by=anna)

    look = pointing.look(batch)

    assert (look.sheets, look.guess.sheet, look.guess.values) == (["Om", "Svar"], 1, [1, 2])
    assert look.columns[1] == (1, "B: 2023")


def test_confirming_reads_by_what_was_pointed_out(pointed, anna):
    batch = pointed(OWN.encode(), title="Trygghet", source="Vi")
    stale = ImportBatch.objects.get(pk=batch.pk)
    pointing.point_out(batch, pointing.look(batch).guess.__class__(**(batch.mapping | {"values": [1]})), by=anna)

    assert actions.confirm(stale, by=anna).new == 2


def test_what_is_read_in_can_no_longer_be_pointed_out(pointed, anna):
    batch = pointed(OWN.encode(), title="Trygghet", source="Vi")
    mapping = pointing.look(batch).guess
    actions.confirm(batch, by=anna)

    with pytest.raises(actions.AlreadyImported, match="Filen är redan inläst"):
        pointing.point_out(batch, mapping, by=anna)
