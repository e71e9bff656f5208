import pytest
from django.apps import apps

from journal.models import Event
from partnerships.models import Cycle, Holding
from tests import factories

pytestmark = pytest.mark.usefixtures("partnership")
MODELS = ["partnership", "party", "group", "seat", "cycle"]


@pytest.fixture
def rows(seat, holding, cycle, partnership):
    factories.GroupFactory(partnership=partnership)


def seat_form(seat, **holding):
    rows = {"holdings-TOTAL_FORMS": 2, "holdings-INITIAL_FORMS": 1, "holdings-0-id": seat.holdings.get().pk}
    rows |= {"holdings-0-seat": seat.pk, "holdings-0-name": "Karin", "holdings-0-starts": "2020-01-01"}
    rows |= {"holdings-1-seat": seat.pk, "holdings-1-name": "Nils", "holdings-1-starts": "2026-01-01"}
    facts = {"partnership": seat.partnership_id, "organisation": seat.organisation_id}
    return facts | {"function": "coordinator", "starts": "2020-01-01"} | rows | holding


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_finds_everything(go, ove, rows, model):
    assert go(ove, f"/admin/partnerships/{model}/?q=Lappland").status_code == 200
    assert go(ove, f"/admin/partnerships/{model}/add/").status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nobody_else_comes_in(go, anna, rows, model):
    assert go(anna, f"/admin/partnerships/{model}/").status_code == 302


def test_a_cycles_status_is_read_not_written(go, ove, cycle):
    form = {"partnership": cycle.partnership_id, "name": "Nytt", "starts": "2026-01-01", "status": "closed"}
    go(ove, f"/admin/partnerships/cycle/{cycle.pk}/change/", form)
    cycle.refresh_from_db()
    assert (cycle.name, cycle.status, cycle.revision) == ("Nytt", Cycle.Status.OPEN, 1)


def test_holders_are_kept_with_who_wrote_them(go, ove, seat, holding):
    form = seat_form(seat) | {"holdings-0-ends": "2025-12-31"}
    response = go(ove, f"/admin/partnerships/seat/{seat.pk}/change/", form)
    assert response.status_code == 302
    added = Holding.objects.get(name="Nils")
    assert (added.created_by, Event.objects.about(added).get().by) == (ove, ove)
    assert "ends" in Event.objects.about(holding).get().changes


def test_overlapping_holders_are_refused_here_too(go, ove, seat, holding):
    form = seat_form(seat) | {"holdings-0-ends": "2026-06-30"}
    page = go(ove, f"/admin/partnerships/seat/{seat.pk}/change/", form)
    assert "har funktionen samtidigt" in page.content.decode()
    assert seat.holdings.count() == 1


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted(go, ove, rows, model):
    found = apps.get_model("partnerships", model).objects.first()
    assert go(ove, f"/admin/partnerships/{model}/{found.pk}/delete/").status_code == 403
