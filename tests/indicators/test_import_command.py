import pytest
from django.core.management import CommandError, call_command

from indicators.models import ImportBatch, Indicator, Observation
from tests.indicators.workbooks import lycksele_workbook, yearly

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def files(tmp_path):
    def write(**contents):
        paths = []
        for name, content in contents.items():
            paths.append(tmp_path / name.replace("_", "."))
            paths[-1].write_bytes(content)
        return [str(path) for path in paths]

    return write


def test_files_are_read_in_one_after_the_other(files, ove, capsys):
    call_command(
        "import_indicators", *files(Lycksele_xlsx=lycksele_workbook(), brott_csv=yearly("Lycksele;1;2")), year=2022
    )
    assert set(ImportBatch.objects.values_list("status", "imported_by")) == {("imported", ove.pk)}
    assert "Lycksele.xlsx: 12 nya, 0 ändrade, 0 oförändrade, 0 rader läses inte in" in capsys.readouterr().out
    assert Observation.objects.count() == 14


def test_a_preview_reads_nothing_in(files):
    call_command("import_indicators", *files(Lycksele_xlsx=lycksele_workbook()), preview=True)
    assert ImportBatch.objects.get().status == "previewed"
    assert not Observation.objects.exists()


def test_rows_that_are_not_read_in_are_told(files, capsys):
    call_command("import_indicators", *files(brott_csv=yearly("Lycksele;1;2", "Spånga-Tensta;3;4")), year=2021)
    assert "rad 3: Spånga-Tensta – Okänt område" in capsys.readouterr().out


def test_a_bad_file_is_told_and_the_others_are_read_in(files, capsys):
    with pytest.raises(CommandError, match="1 av 2 filer kunde inte läsas in"):
        call_command("import_indicators", *files(dalig_xlsx=b"PK\x03\x04", Lycksele_xlsx=lycksele_workbook()))
    assert "dalig.xlsx: Filen är skadad" in capsys.readouterr().err
    assert Observation.objects.count() == 12


def test_a_missing_file_is_told(capsys):
    with pytest.raises(CommandError):
        call_command("import_indicators", "finns-inte.xlsx")
    assert "finns-inte.xlsx" in capsys.readouterr().err


def test_a_person_may_be_named(files, anna):
    call_command("import_indicators", *files(Lycksele_xlsx=lycksele_workbook()), by="Anna@example.se")
    assert ImportBatch.objects.get().imported_by == anna


@pytest.mark.parametrize("email", ["hans@example.se", "finns.inte@example.se"])
def test_a_person_who_may_not_import_is_refused(files, email):
    with pytest.raises(CommandError, match="får inte läsa in siffror"):
        call_command("import_indicators", *files(Lycksele_xlsx=lycksele_workbook()), by=email)


def test_without_one_administrator_a_name_is_asked_for(files, ove):
    ove.memberships.update(ends="2021-01-01")
    with pytest.raises(CommandError, match="Ange med --by"):
        call_command("import_indicators", *files(Lycksele_xlsx=lycksele_workbook()))


def test_the_catalogue_is_loaded_again_without_a_change(capsys):
    call_command("load_indicators")
    call_command("load_indicators")
    told = capsys.readouterr().out.splitlines()
    assert told[2].startswith("indicators: 0 nya, 0 ändrade, 0 där")
    assert told[3].startswith("kolada_kpis: 0 nya, 0 ändrade, 0 där")
    assert Indicator.objects.count() == 37


def test_the_words_of_an_administrator_stay_in_the_catalogue():
    call_command("load_indicators")
    Indicator.objects.filter(code="totalt-anmalda-antal").update(caution="Våra egna ord.")
    call_command("load_indicators")
    assert Indicator.objects.get(code="totalt-anmalda-antal").caution == "Våra egna ord."


def test_every_indicator_has_words_and_a_source():
    call_command("load_indicators")
    for indicator in Indicator.objects.all():
        assert indicator.description, indicator.code
        assert indicator.caution, indicator.code
        assert indicator.source.startswith("Brå"), indicator.code
