"""Watching a report being made, reading it, and who may."""

import pytest

from lib.dates import now
from reports.models import Report
from tests import factories


@pytest.mark.parametrize("reader", ["anna", "bo", "cecilia", "david", "hans"])
def test_everybody_in_the_partnership_may_read(client, cast, finished, reader):
    client.force_login(cast[reader])

    response = client.get(f"/lagesrapporter/{finished.pk}/pdf/")

    assert response.headers["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("reader", ["eva", "fia", "greta", "lisa", "ove"])
@pytest.mark.parametrize("door", ["", "framsteg/", "forhandsvisning/", "pdf/"])
def test_nobody_else_finds_it(client, cast, finished, reader, door):
    client.force_login(cast[reader])

    assert client.get(f"/lagesrapporter/{finished.pk}/{door}").status_code == 404


@pytest.mark.parametrize("overseer", ["fia", "greta"])
def test_a_released_picture_releases_no_report_made_on_it(client, cast, partnership, bo, finished, overseer):
    picture = factories.PictureFactory(
        partnership=partnership,
        status="established",
        established_at=now(),
        established_by=bo,
        frozen={},
        checksum="e" * 64,
        released_at=now(),
        released_by=bo,
    )
    Report.objects.filter(pk=finished.pk).update(picture=picture)
    client.force_login(cast[overseer])

    assert client.get(f"/lagesrapporter/{finished.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["²", "-1", "x", "9" * 30])
def test_an_odd_number_in_the_address_is_nobodys(client, bo, partnership, number):
    client.force_login(bo)

    assert client.get("/lagesrapporter/", {"samverkan": number}).status_code in (200, 404)
    assert client.get("/lagesrapporter/ny/", {"samverkan": number}).status_code == 404


def test_visitors_are_asked_to_sign_in(client, finished):
    assert client.get(f"/lagesrapporter/{finished.pk}/pdf/").status_code == 302


def test_the_list_shows_own_reports_only(client, bo, eva, finished):
    for person, count in ((bo, 1), (eva, 0)):
        client.force_login(person)
        assert len(client.get("/lagesrapporter/").context["page"].object_list) == count


def test_who_is_in_no_partnership_is_not_asked_to_order(client, greta, hans, partnership):
    texts = []
    for who in (greta, hans):
        client.force_login(who)
        texts.append(client.get("/lagesrapporter/").text)

    assert "Inga lägesrapporter visas för dig" in texts[0]
    assert "Beställ en rapport när" in texts[1]


def test_a_field_that_always_has_a_value_is_not_called_optional(client, bo, partnership):
    client.force_login(bo)

    assert 'class="form given"' in client.get("/lagesrapporter/ny/").text


def test_an_unfinished_report_has_no_file(client, bo, report):
    client.force_login(bo)

    assert client.get(f"/lagesrapporter/{report.pk}/pdf/").status_code == 404


def test_progress_asks_again_until_it_is_settled(client, bo, report):
    client.force_login(bo)
    address = f"/lagesrapporter/{report.pk}/framsteg/"
    assert b"hx-get" in client.get(address).content

    Report.objects.update(status="failed", error="Rapporten kunde inte göras.")

    assert b"hx-get" not in client.get(address).content


def test_the_preview_has_the_same_words_as_the_file(client, bo, finished):
    client.force_login(bo)

    page = client.get(f"/lagesrapporter/{finished.pk}/forhandsvisning/").content.decode()

    for sentence in finished.content["conclusions"]:
        assert sentence in page


def test_a_failed_report_can_be_tried_again(client, bo, report, woken, django_capture_on_commit_callbacks):
    Report.objects.update(status="failed", error="Rapporten kunde inte göras.", attempts=3)
    client.force_login(bo)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/lagesrapporter/{report.pk}/igen/")

    report.refresh_from_db()
    assert (report.status, report.attempts) == ("queued", 0)
    assert woken == [report.pk]


def test_trying_again_needs_a_button(client, bo, report):
    client.force_login(bo)

    assert client.get(f"/lagesrapporter/{report.pk}/igen/").status_code == 405
