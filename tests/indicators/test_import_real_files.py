"""The files as they were published, where a folder that holds them is given."""

import pytest

from indicators import actions
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
    "name",
    [
        "bra_boden_2026_08_prel_utdrag.csv",
        "bra_sol_hela_landet_2000_2016.csv",
        "bra_sol_regioner.csv",
        "bra_sol_resultatsida_med_saknade_varden.html",
        "kolada_befolkning_2010_2016.csv",
        "kolada_export_invanare_2016.xls",
        "kolada_export_sjukfranvaro.xls",
        "scb_folkmangd_nov_2024_per_kommun.csv",
    ],
)
def test_other_publishers_files_are_refused_with_a_sentence(read_in, name):
    with pytest.raises(FileRefused, match=r"^Filen .+\.$"):
        read_in(name, year=2016)
    assert not Observation.objects.exists()
