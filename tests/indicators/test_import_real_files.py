"""The files as they were published, where a folder that holds them is given."""

import pytest

from indicators import actions, pointing
from indicators.models import Observation
from lib.uploads import FileRefused
from municipalities.actions import load_registers
from tests.indicators.workbooks import sent

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
