import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

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
    rows |= {"holdings-0-revision": "0", "holdings-1-revision": "0"}
    facts = {"partnership": seat.partnership_id, "organisation": seat.organisation_id, "revision": seat.revision}
    return facts | {"function": "coordinator", "starts": "2020-01-01"} | rows | holding


def cycle_form(cycle, **changed):
    facts = {"partnership": cycle.partnership_id, "name": cycle.name, "starts": "2026-01-01", "ends": "2029-12-31"}
    return facts | {"revision": cycle.revision} | changed


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_finds_everything(go, ove, rows, model):
    assert go(ove, f"/admin/partnerships/{model}/?q=Lappland").status_code == 200
    assert go(ove, f"/admin/partnerships/{model}/add/").status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nobody_else_comes_in(go, anna, rows, model):
    assert go(anna, f"/admin/partnerships/{model}/").status_code == 302


def test_a_cycles_status_is_read_not_written(go, ove, cycle):
    form = cycle_form(cycle, name="Nytt", status="closed")
    go(ove, f"/admin/partnerships/cycle/{cycle.pk}/change/", form)
    cycle.refresh_from_db()
    assert (cycle.name, cycle.status, cycle.revision) == ("Nytt", Cycle.Status.OPEN, 1)
    assert Event.objects.about(cycle).get().changes["name"]["to"] == "Nytt"


def test_a_closed_cycle_is_read(go, ove, cycle):
    Cycle.objects.update(status=Cycle.Status.CLOSED, closed_on=dt.date(2026, 11, 1))
    address = f"/admin/partnerships/cycle/{cycle.pk}/change/"
    assert go(ove, address).status_code == 200
    assert go(ove, address, cycle_form(cycle, name="Nytt")).status_code == 403


def test_what_others_changed_meanwhile_is_not_overwritten(go, ove, cycle):
    form = cycle_form(cycle, name="Nytt")
    Cycle.objects.update(name="Någon annans namn", revision=F("revision") + 1)
    page = go(ove, f"/admin/partnerships/cycle/{cycle.pk}/change/", form).content.decode()
    cycle.refresh_from_db()
    assert "har ändrats sedan sidan öppnades" in page
    assert cycle.name == "Någon annans namn"


def test_only_what_was_changed_is_written(go, ove, cycle):
    with CaptureQueriesContext(connection) as asked:
        go(ove, f"/admin/partnerships/cycle/{cycle.pk}/change/", cycle_form(cycle, name="Nytt"))
    written = next(one["sql"] for one in asked if one["sql"].startswith('UPDATE "partnerships_cycle"'))
    assert '"name" = ' in written
    assert '"status" = ' not in written


@pytest.mark.parametrize("model", ["party", "group", "seat", "cycle"])
def test_a_row_is_not_handed_to_another_partnership(go, ove, rows, model):
    found = apps.get_model("partnerships", model).objects.first()
    page = go(ove, f"/admin/partnerships/{model}/{found.pk}/change/").content.decode()
    assert 'name="revision"' in page
    assert 'name="partnership"' not in page
    assert 'name="partnership"' in go(ove, f"/admin/partnerships/{model}/add/").content.decode()


def test_a_party_stays_the_same_organisation(go, ove, police, organisations):
    eva_s = organisations["landskrona"].pk
    form = {"organisation": eva_s, "kind": "other", "joined": "2020-01-01", "revision": police.revision}
    go(ove, f"/admin/partnerships/party/{police.pk}/change/", form)
    inside = {"parties-TOTAL_FORMS": 1, "parties-INITIAL_FORMS": 1, "parties-0-id": police.pk}
    inside |= {"parties-0-organisation": eva_s, "name": "Samverkan", "revision": police.partnership.revision}
    go(ove, f"/admin/partnerships/partnership/{police.partnership_id}/change/", inside)
    police.refresh_from_db()
    assert (police.organisation, police.kind) == (organisations["police"], "other")


def test_the_list_of_functions_says_who_has_them_and_which_are_vacant(go, ove, seat, holding, partnership):
    factories.SeatFactory(partnership=partnership, organisation=seat.organisation, starts=dt.date(2026, 1, 7))
    page = go(ove, "/admin/partnerships/seat/").content.decode()
    assert "Karin Påhittad" in page
    assert "Vakant sedan 7 januari 2026" in page


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
