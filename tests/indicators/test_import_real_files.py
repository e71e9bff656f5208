"""The files as they were published, where a folder that holds them is given."""

from collections import Counter
from decimal import Decimal

import pytest

from indicators import actions, pointing
from indicators.models import Observation
from indicators.readers.places import Places
from indicators.readers.sent_file import SentFile
from lib.old_workbooks import read_old_workbook
from lib.uploads import FileRefused
from municipalities.actions import load_registers
from tests.indicators.old_workbooks import old_workbook
from tests.indicators.workbooks import sent, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_in(real_data, importer):
    load_registers()

    def read(name, **given):
        batch = actions.preview(sent((real_data / name).read_bytes(), name), by=importer, **given)
        return actions.confirm(batch, by=importer)

    return read


@pytest.mark.parametrize(
    ("name", "figures"),
    [("bra_arsfil_kommuner_2021_utdrag.csv", 2), ("bra_arsfil_kommuner_2024_utdrag.csv", 4)],
)
def test_brås_yearly_files_are_read_in(read_in, name, figures):
    counts = read_in(name)
    assert (counts.new, counts.unmatched) == (figures, 0)
    ale = Observation.objects.get(indicator__code="totalt-anmalda-antal", area_code="1440")
    assert f"{ale.value:.0f}" == {2021: "2731", 2024: "2537"}[ale.year_to]


@pytest.mark.parametrize(
    ("name", "new", "unmatched"),
    [
        ("kolada_befolkning_2010_2016.csv", 2037, 0),
        ("kolada_export_invanare_2016.xls", 290, 1),
        ("kolada_export_sjukfranvaro.xls", 4340, 1),
        ("scb_folkmangd_nov_2024_per_kommun.csv", 290, 0),
    ],
)
def test_koladas_and_scbs_files_are_read_in(read_in, name, new, unmatched):
    counts = read_in(name)

    assert (counts.new, counts.unmatched) == (new, unmatched)


@pytest.mark.parametrize(
    ("name", "new", "codes"),
    [
        ("bra_sol_resultatsida_med_saknade_varden.html", 174, {"sol-totalt-antal-brott-antal"}),
        ("bra_sol_hela_landet_2000_2016.csv", 170, None),
    ],
)
def test_brås_database_needs_only_a_yes(real_data, importer, name, new, codes):
    load_registers()
    batch = actions.preview(sent((real_data / name).read_bytes(), name), by=importer)
    pointing.point_out(batch, pointing.look(batch).guess, by=importer)
    batch.refresh_from_db()

    assert (batch.kind, batch.new_count) == ("sol", new)
    assert codes is None or {one["code"] for one in batch.report["measures"]} == codes


def test_a_table_of_months_has_nothing_to_read_in(real_data, importer):
    load_registers()
    name = "bra_boden_2026_08_prel_utdrag.csv"
    batch = actions.preview(sent((real_data / name).read_bytes(), name), by=importer)

    with pytest.raises(FileRefused, match="Bara hela år läses in, inte månader och kvartal"):
        pointing.point_out(batch, pointing.look(batch).guess, by=importer)


def test_a_list_of_names_is_no_table_with_figures(read_in):
    with pytest.raises(FileRefused, match="ingen tabell med siffror hittades"):
        read_in("bra_sol_regioner.csv")


# --- Real names, codes and figures in layouts of which no real file could be had: as they are described ------------


@pytest.fixture
def population(real_data):
    """SCB's real list: code, name and inhabitants of all 290."""
    lines = (real_data / "scb_folkmangd_nov_2024_per_kommun.csv").read_text(encoding="utf-8").splitlines()
    return [line.split(",") for line in lines[1:]]


def figures_of(content, name, **given):
    """What the file gives, by municipality; all else that it has must be told."""
    load_registers()
    sent_file, places = SentFile(content, name), Places.load()
    result = sent_file.read(sent_file.kind(places), places, year=None, last_year=2026, **given)
    return {row.area_code: row.value for row in result.rows if row.sex == "T"}, result


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_the_real_population_as_scbs_database_hands_it_out(population, separator, encoding):
    rows = [["region", "Folkmängd 2024"], *([f"{code} {name}", count] for code, name, count in population)]
    lines = ['"Folkmängd efter region och år"', "", *(separator.join(f'"{cell}"' for cell in row) for row in rows)]

    found, result = figures_of("\r\n".join(lines).encode(encoding), "000004VX.csv")

    assert found == {code: Decimal(count) for code, _, count in population}
    assert result.unmatched == []


def test_the_real_municipalities_as_skr_lists_them(population):
    header = ["K-kod", "Kommun", "Antal anmälda våldsbrott per 1\N{NO-BREAK SPACE}000 invånare 2024"]
    rows, county = [["Öppna jämförelser"], [], header], ""
    for code, name, _ in population:
        if code[:2] != county:
            county = code[:2]
            rows += [[f"Län {county}"], ["", "Medel i länet", 9.1]]
        rows.append([code, name, int(code) % 97 / 10])
    content = workbook({"Läs mig": [["Om"]], "Indikatorer i bostavsordning": rows})

    found, result = figures_of(content, "oj.xlsx")

    assert found == {code: Decimal(int(code) % 97) / 10 for code, _, _ in population}
    assert {one.label for one in result.unmatched} == {"Medel i länet"}
    assert len(result.unmatched) == 21


def test_koladas_real_export_with_the_sexes_beside_one_of_its_key_figures(real_data):
    """As other exports have it: a column more, and only some of the key figures told apart."""
    rows = read_old_workbook((real_data / "kolada_export_sjukfranvaro.xls").read_bytes()).sheets[0].rows
    whole, parted = {row[0] for row in rows[1:]}
    told_apart = [
        [row[0], row[1], sex, row[2], row[3]]
        for row in rows[1:]
        for sex in (["Totalt", "Kvinnor", "Män"] if row[0] == parted else ["Totalt"])
    ]
    content = old_workbook([[*rows[0][:2], "Kön", *rows[0][2:]], *told_apart])

    _, result = figures_of(content, "export.xls")

    by_sex = Counter(row.sex for row in result.rows)
    assert by_sex["T"] == 4340
    assert by_sex["K"] == by_sex["M"] == sum(row[0] == parted and "Alla" not in row[1] for row in rows)
    assert [one.label for one in result.unmatched] == ["Alla kommuner (ovägt medel)"]
