import hashlib
import time
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from indicators import actions
from indicators.models import ImportBatch, Indicator, Observation, ObservationChange
from lib.uploads import FileRefused
from tests import factories
from tests.indicators.workbooks import (
    COUNTY,
    NATION,
    TOTAL,
    lycksele_workbook,
    reported,
    sent,
    workbook,
    yearly,
)

pytestmark = pytest.mark.usefixtures("lycksele")


@pytest.fixture
def preview(importer):
    return lambda content, name="Lycksele.xlsx", **given: actions.preview(sent(content, name), by=importer, **given)


@pytest.fixture
def read_in(preview, importer):
    def read(content, name="Lycksele.xlsx", **given):
        return actions.confirm(preview(content, name, **given), by=importer)

    return read


def value(code="totalt-anmalda-antal", area="2481", year=2024):
    return Observation.objects.get(indicator__code=code, area_code=area, year_to=year).value


def test_a_preview_writes_no_figure(preview):
    batch = preview(lycksele_workbook())
    assert (batch.status, batch.new_count, batch.unmatched_count) == ("previewed", 12, 0)
    assert not Observation.objects.exists()
    assert not Indicator.objects.exists()


def test_a_preview_says_what_is_in_the_file(preview):
    report = preview(lycksele_workbook()).report
    assert report["places"] == ["Lycksele", COUNTY, "Riket"]
    assert (report["years"], report["figures"]) == ([2023, 2024], 12)
    assert report["sample"][0] == {
        "indicator": "Totalt",
        "unit": "antal",
        "place": "Lycksele",
        "period": "2023",
        "shown": "1\N{NO-BREAK SPACE}450",
    }


def test_the_original_is_kept_under_its_checksum(preview):
    content = lycksele_workbook()
    batch = preview(content)
    assert batch.sha256 == hashlib.sha256(content).hexdigest()
    assert batch.sha256 in batch.file.name
    with default_storage.open(batch.file.name) as kept:
        assert kept.read() == content


def test_the_same_file_is_stored_once(preview, kept_files):
    assert preview(lycksele_workbook()).file.name == preview(lycksele_workbook()).file.name
    assert len([path for path in kept_files.rglob("*") if path.is_file()]) == 1


def test_confirming_lets_the_figures_in(read_in):
    counts = read_in(lycksele_workbook())
    assert (counts.new, counts.changed, counts.unchanged) == (12, 0, 0)
    assert value() == 1500
    assert value("totalt-anmalda-per-100000", area="00", year=2023) == 14000


def test_an_import_says_who_and_when(preview, importer):
    batch = preview(lycksele_workbook())
    actions.confirm(batch, by=importer)
    batch.refresh_from_db()
    assert (batch.status, batch.imported_by) == ("imported", importer)
    assert batch.imported_at


def test_a_second_confirmation_is_told_and_changes_nothing(preview, importer):
    batch = preview(lycksele_workbook())
    actions.confirm(batch, by=importer)
    stale = ImportBatch.objects.get(pk=batch.pk)
    with pytest.raises(actions.AlreadyImported, match="Filen är redan inläst"):
        actions.confirm(stale, by=importer)
    assert Observation.objects.count() == 12


def test_the_same_file_again_changes_nothing_and_says_so(read_in, preview):
    read_in(lycksele_workbook())
    batch = preview(lycksele_workbook())
    assert (batch.new_count, batch.changed_count, batch.unchanged_count) == (0, 0, 12)
    assert "Samma fil lästes in" in batch.report["warnings"][0]


def test_a_newer_edition_updates_and_logs_the_old_value(read_in):
    read_in(lycksele_workbook(count=1500))
    counts = read_in(lycksele_workbook(count=1510))
    change = ObservationChange.objects.get()
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 11)
    assert value() == 1510
    assert (change.old, change.new) == ({"value": "1500"}, {"value": "1510"})
    assert change.batch == change.observation.batch


def test_a_figure_that_the_source_withdraws_is_logged_too(read_in):
    read_in(lycksele_workbook(count=3))
    read_in(lycksele_workbook(count=".."))
    change = ObservationChange.objects.get()
    assert (change.old, change.new) == ({"value": "3", "suppressed": False}, {"value": None, "suppressed": True})
    assert value() is None


def test_unchanged_figures_keep_the_import_they_came_with(read_in):
    read_in(lycksele_workbook(count=1500))
    first = ImportBatch.objects.get()
    read_in(lycksele_workbook(count=1510))
    assert Observation.objects.filter(batch=first).count() == 11


def test_what_happened_between_preview_and_confirmation_is_counted_anew(preview, read_in, importer):
    batch = preview(lycksele_workbook(count=1500))
    read_in(lycksele_workbook(count=1510))
    counts = actions.confirm(batch, by=importer)
    assert (batch.new_count, counts.new, counts.changed) == (0, 0, 1)
    assert ObservationChange.objects.get().old == {"value": "1510"}


def test_the_preview_names_what_would_change(preview, read_in):
    read_in(lycksele_workbook(count=1500))
    change = preview(lycksele_workbook(count=1510)).report["changes"][0]
    assert (change["place"], change["period"]) == ("Lycksele", "2024")
    assert (change["before"], change["after"]) == ("1\N{NO-BREAK SPACE}500", "1\N{NO-BREAK SPACE}510")


def test_final_figures_replace_preliminary_ones(read_in):
    read_in(yearly("Lycksele;1500;12400", header="Kommun;Antal (prel.);Per 100 000 inv. (prel.)"), "2024.csv")
    read_in(yearly("Lycksele;1500;12400"), "2024.csv")
    assert not Observation.objects.filter(preliminary=True).exists()
    assert ObservationChange.objects.first().old == {"preliminary": True}


def test_preliminary_figures_over_final_ones_are_warned_of(read_in, preview):
    read_in(yearly("Lycksele;1500;12400"), "2024.csv")
    batch = preview(yearly("Lycksele;1490;12300", header="Kommun;Antal (prel.);Per 100 000 inv. (prel.)"), "2024.csv")
    assert "2 siffror som redan är slutliga skulle ersättas av preliminära" in batch.report["warnings"][0]


def test_the_yearly_file_takes_its_year_from_the_form_before_the_name(read_in):
    read_in(yearly("Lycksele;1500;12400"), "Anmälda brott kommunerna 2023.csv", year=2022)
    assert set(Observation.objects.values_list("year_to", flat=True)) == {2022}


def test_the_yearly_file_needs_a_year(preview):
    with pytest.raises(FileRefused, match="Ange vilket år filen gäller"):
        preview(yearly("Lycksele;1500;12400"), "statistik.csv")


@pytest.mark.parametrize("year", [1974, 2062])
def test_an_impossible_year_is_refused(preview, year):
    with pytest.raises(FileRefused, match=f"Året {year} kan inte stämma"):
        preview(yearly("Lycksele;1500;12400"), "statistik.csv", year=year)


def test_names_that_are_not_municipalities_are_kept_in_the_list(preview):
    batch = preview(yearly("Lycksele;1500;12400", "Spånga-Tensta;4000;10000"), "2021.csv")
    assert batch.unmatched_count == 1
    assert batch.unmatched[0]["label"] == "Spånga-Tensta"
    assert batch.unmatched[0]["place"] == "rad 3"


def test_an_unknown_indicator_is_told_before_it_is_made(preview, importer):
    batch = preview(workbook({"Trafikbrott (anmälda)": reported(["Lycksele", 1, 2, 3, 4])}))
    assert [measure["known"] for measure in batch.report["measures"]] == [False, False]
    actions.confirm(batch, by=importer)
    made = Indicator.objects.get(code="trafikbrott-anmalda-antal")
    assert (made.title, made.topic, made.source) == ("Trafikbrott", "anmalda", "Brå")


def test_a_known_indicator_keeps_the_words_of_the_catalogue(read_in):
    actions.load_catalogue()
    read_in(lycksele_workbook())
    assert Indicator.objects.get(code="totalt-anmalda-antal").title == "Anmälda brott totalt"
    assert Indicator.objects.count() == 37


def test_an_indicator_that_a_file_made_takes_the_words_of_the_catalogue_later(read_in):
    read_in(lycksele_workbook())
    actions.load_catalogue()
    assert Indicator.objects.get(code="totalt-anmalda-antal").title == "Anmälda brott totalt"


def test_a_workbook_where_nothing_could_be_read_is_not_let_in(preview, importer):
    batch = preview(workbook({TOTAL: reported(["Okänd", 1, 2, 3, 4])}))
    with pytest.raises(FileRefused, match="inga siffror att läsa in"):
        actions.confirm(batch, by=importer)
    batch.refresh_from_db()
    assert batch.status == "previewed"


def test_an_original_that_was_changed_is_not_let_in(preview, importer):
    batch = preview(lycksele_workbook())
    default_storage.delete(batch.file.name)
    default_storage.save(batch.file.name, sent(lycksele_workbook(count=9)))
    with pytest.raises(FileRefused, match="har ändrats sedan den granskades"):
        actions.confirm(batch, by=importer)


def test_an_original_that_is_gone_is_told(preview, importer):
    batch = preview(lycksele_workbook())
    default_storage.delete(batch.file.name)
    with pytest.raises(FileRefused, match="Originalfilen finns inte kvar"):
        actions.confirm(batch, by=importer)
    assert not Observation.objects.exists()


def test_an_import_that_fails_halfway_leaves_nothing(preview, importer, monkeypatch):
    batch = preview(lycksele_workbook())
    monkeypatch.setattr(ObservationChange.objects, "bulk_create", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.confirm(batch, by=importer)
    batch.refresh_from_db()
    assert batch.status == "previewed"
    assert not Observation.objects.exists()


def test_two_publications_of_one_figure_stand_side_by_side(read_in):
    read_in(lycksele_workbook(count=1500))
    read_in(yearly("Lycksele;1501;12408"), "2024.csv")
    found = Observation.objects.filter(indicator__code="totalt-anmalda-antal", area_code="2481", year_to=2024)
    assert {(one.dataset, one.value) for one in found} == {("lagesbild", Decimal(1500)), ("arsfil", Decimal(1501))}


def test_queries_do_not_grow_with_the_file(preview, importer, django_assert_num_queries):
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    actions.load_catalogue()
    lines = ["Lycksele;1500;12400", "Åsele;210;7690"]
    for found in (lines[:1], lines):
        batch = preview(yearly(*found), "2024.csv")
        with django_assert_num_queries(17):
            actions.confirm(batch, by=importer)


def test_thousands_of_figures_take_moments(preview, importer):
    years = range(1976, 2026)
    sheets = {
        f"Brott {number} (anmälda)": reported(
            *(
                [place, *(cell for _ in years for cell in (number, number + 1))]
                for place in ("Lycksele", COUNTY, NATION)
            ),
            years=years,
        )
        for number in range(20)
    }
    batch = preview(workbook(sheets))
    began = time.monotonic()
    counts = actions.confirm(batch, by=importer)
    assert counts.new == 6000
    assert time.monotonic() - began < 20  # some 2 s on a quiet machine; the room is for a busy one
