"""Ordering a situation report."""

import pytest
from kombu.exceptions import OperationalError

from reports import actions, tasks
from reports.models import Report
from tests import factories
from tests.reports.conftest import DAY


@pytest.fixture
def address(partnership):
    return f"/lagesrapporter/ny/?samverkan={partnership.pk}"


def order(client, address, **chosen):
    return client.post(address, {"municipality": "", "picture": "", **chosen})


def test_an_ordered_report_is_queued_and_a_worker_woken(
    client, bo, address, cycle, woken, django_capture_on_commit_callbacks
):
    client.force_login(bo)

    with django_capture_on_commit_callbacks(execute=True):
        response = order(client, address)

    report = Report.objects.get()
    assert (report.status, report.kind, report.created_by) == ("queued", "situation", bo)
    assert response.url == f"/lagesrapporter/{report.pk}/"
    assert woken == [report.pk]


def test_a_reader_may_order(client, hans, address, cycle, woken):
    client.force_login(hans)

    order(client, address)

    assert Report.objects.count() == 1


def test_a_municipality_of_another_partnership_cannot_be_chosen(client, bo, address, organisations):
    client.force_login(bo)

    response = order(client, address, municipality=organisations["landskrona"].municipality.pk)

    assert response.status_code == 200
    assert Report.objects.count() == 0


def test_a_stranger_finds_no_such_partnership(client, eva, address):
    client.force_login(eva)

    assert order(client, address).status_code == 404


@pytest.mark.parametrize("overseer", ["fia", "greta", "ove"])
def test_overseers_may_not_order(client, cast, address, overseer):
    client.force_login(cast[overseer])

    assert order(client, address).status_code == 403


def test_a_silent_broker_loses_nothing(client, bo, address, cycle, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(**_):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.make, "delay", refuse)
    client.force_login(bo)

    with django_capture_on_commit_callbacks(execute=True):
        response = order(client, address)

    assert response.status_code == 302
    assert Report.objects.get().status == "queued"


def test_numbers_run_per_municipality(report, partnership, cycle, lycksele, bo):
    second = actions.order(partnership, municipality=lycksele, by=bo, day=DAY)
    whole = actions.order(partnership, by=bo, day=DAY)

    assert [report.number, second.number, whole.number] == [1, 2, 1]


def test_the_content_is_what_stood_there_when_it_was_ordered(report, cycle):
    before = report.content

    factories.ProblemFactory(cycle=cycle, status="prioritised", title="Nytt problem")
    report.refresh_from_db()

    assert report.content == before
    assert "Nytt problem" not in str(report.content)


def test_an_unshared_own_picture_stays_out(partnership, cycle, police, bo, lycksele):
    own = factories.PictureFactory(partnership=partnership, kind="own_police", owner=police, title="Hemlig bild")
    factories.ProblemFactory(cycle=cycle, picture=own, status="prioritised", title="Bara polisens problem")

    report = actions.order(partnership, municipality=lycksele, by=bo, day=DAY)

    assert "Hemlig bild" not in str(report.content)
    assert "Bara polisens problem" not in str(report.content)
