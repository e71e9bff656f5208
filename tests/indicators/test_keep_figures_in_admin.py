import pytest

from indicators.models import ImportBatch, Indicator, Observation
from journal.models import Event


@pytest.fixture
def admin(client, ove):
    client.force_login(ove)
    return client


@pytest.mark.parametrize("page", ["indicator", "importbatch", "observation"])
def test_an_administrator_finds_figures_and_imports(admin, imported, page):
    assert admin.get(f"/admin/indicators/{page}/?q=totalt").status_code == 200


def test_an_import_and_a_figure_can_be_read_but_not_changed(admin, imported):
    for page in (f"importbatch/{imported.pk}", f"observation/{Observation.objects.first().pk}"):
        assert admin.get(f"/admin/indicators/{page}/change/").status_code == 200
        assert admin.post(f"/admin/indicators/{page}/change/", {}).status_code == 403
        assert admin.post(f"/admin/indicators/{page}/delete/", {"post": "yes"}).status_code == 403
    assert ImportBatch.objects.filter(pk=imported.pk).exists()


def test_words_of_an_indicator_can_be_changed_and_are_journaled(admin, imported):
    indicator = Indicator.objects.first()
    words = {"title": "Alla anmälda brott", "topic": "anmalda", "source": "Brå", "sort_order": "5", "caution": "Obs."}
    words["averaged_years"] = "1"
    admin.post(f"/admin/indicators/indicator/{indicator.pk}/change/", words)
    indicator.refresh_from_db()
    assert (indicator.title, indicator.caution) == ("Alla anmälda brott", "Obs.")
    assert Event.objects.about(indicator).get().changes["title"]["to"] == "Alla anmälda brott"


def test_the_code_of_an_indicator_stays(admin, imported):
    indicator = Indicator.objects.first()
    admin.post(f"/admin/indicators/indicator/{indicator.pk}/change/", {"code": "annan", "title": "x", "source": "y"})
    indicator.refresh_from_db()
    assert indicator.code.startswith("totalt-anmalda")


def test_others_stay_outside(client, anna, imported):
    client.force_login(anna)
    assert client.get("/admin/indicators/indicator/").status_code == 302
