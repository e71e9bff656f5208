"""Reports are made into a folder of the test's own, and orders wake nobody unless the test says so."""

import datetime as dt
import io

import pikepdf
import pytest

from lib import pdf
from reports import actions, tasks

DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def woken(monkeypatch):
    """The ids of the reports that somebody was woken for."""
    ids = []
    monkeypatch.setattr(tasks.make, "delay", lambda *, report_id: ids.append(report_id))
    return ids


@pytest.fixture
def report(partnership, cycle, lycksele, bo):
    """Ordered by Bo for Lycksele, not yet made."""
    return actions.order(partnership, municipality=lycksele, by=bo, day=DAY)


@pytest.fixture
def made(report):
    """With the file that its content gives."""
    actions.make(report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def finished(report, monkeypatch):
    """Made like any other, but with an empty page for a file: for tests of who may read it."""
    page, stored = pikepdf.new(), io.BytesIO()
    page.add_blank_page()
    page.save(stored)
    monkeypatch.setattr(pdf, "render_pdf", lambda *args, **kwargs: stored.getvalue())
    actions.make(report.pk)
    report.refresh_from_db()
    return report
