"""Files that leave: as downloads with a safe name, never as a page of ours."""

import io

import pytest
from django.http import Http404

from attachments import actions
from attachments.models import Attachment
from attachments.serving import response
from tests import factories
from tests.attachments import files


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def kept(anna):
    return actions.keep(io.BytesIO(files.PDF), 'Närvaro "torget".pdf', by=anna)


def told(answer, header):
    answer.close()
    return answer.headers[header]


def test_a_document_is_a_download_under_its_own_name(kept):
    said = told(response(kept), "Content-Disposition")

    assert said == "attachment; filename*=utf-8''N%C3%A4rvaro%20%22torget%22.pdf"


def test_a_picture_may_be_shown(anna):
    kept = actions.keep(io.BytesIO(files.picture()), "torget.jpg", by=anna)

    assert told(response(kept), "Content-Disposition") == 'inline; filename="torget.jpg"'


def test_nothing_is_taken_for_a_page(kept):
    answer = response(kept)
    answer.close()

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_a_line_break_in_a_stored_name_breaks_no_header(kept):
    kept.name = "a\r\nSet-Cookie: x.pdf"

    assert "\n" not in told(response(kept), "Content-Disposition")


def test_what_was_erased_is_not_found(kept, anna):
    actions.erase(kept, by=anna)

    with pytest.raises(Http404):
        response(kept)


def test_a_file_that_is_gone_is_not_found(anna):
    lost = factories.AttachmentFactory(file="attachments/aa/borta", created_by=anna)

    with pytest.raises(Http404):
        response(lost)


def test_administrators_see_that_files_exist_but_open_none(client, ove, kept):
    client.force_login(ove)

    shown = client.get("/admin/attachments/attachment/")

    assert kept.sha256 in shown.content.decode()
    assert "torget" not in shown.content.decode()
    assert client.get(f"/admin/attachments/attachment/{kept.pk}/change/").status_code == 403
    assert Attachment.objects.count() == 1
