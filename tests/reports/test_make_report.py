"""Making a situation report: claimed once, finished once, given up with a sentence."""

import datetime as dt
import hashlib
import uuid
from pathlib import Path

import pytest
from django.utils import timezone

from lib import pdf
from reports import actions
from reports.models import Report
from tests import factories
from tests.reports.conftest import DAY


def test_a_made_report_is_a_file_with_its_checksum(made, folder):
    stored = Path(made.file.path).read_bytes()

    assert made.status == "done"
    assert made.checksum == hashlib.sha256(stored).hexdigest()
    assert stored.startswith(b"%PDF")
    assert made.pages > 1
    assert [path.name for path in (folder / "reports").iterdir()] == [f"{made.checksum}.pdf"]


def test_the_second_worker_finds_nothing_to_claim(made):
    assert actions.make(made.pk) is False

    made.refresh_from_db()
    assert made.attempts == 1


def test_a_worker_that_has_been_overtaken_writes_nothing(report, folder, monkeypatch):
    def overtaken(*args, **kwargs):
        Report.objects.filter(pk=report.pk).update(claim=uuid.uuid4())
        return b"%PDF not mine to store"

    monkeypatch.setattr(pdf, "render_pdf", overtaken)

    assert actions.make(report.pk) is False
    report.refresh_from_db()
    assert (report.status, report.checksum) == ("running", "")
    assert not (folder / "reports").exists()


def test_what_is_told_is_the_stage_that_the_page_shows(client, bo, report, monkeypatch, caplog):
    seen = []

    def laid_out_then_written(*args, progress, **kwargs):
        client.force_login(bo)
        for told in ("Sätter sidorna", "Skriver 3 sidor"):
            progress(told)
            seen.append(client.get(f"/lagesrapporter/{report.pk}/framsteg/").text)
        raise RuntimeError("Det räcker så.")

    monkeypatch.setattr(pdf, "render_pdf", laid_out_then_written)
    actions.make(report.pk)

    for text, told, stage in zip(
        seen, ("Sätter sidorna …", "Skriver 3 sidor …"), ("Sätter sidorna", "Skriver sidorna"), strict=True
    ):
        assert f"Rapporten görs: {told}" in text
        assert f'<li class="now">{stage}' in text


def test_a_failed_try_goes_back_to_the_queue(report, monkeypatch, caplog):
    monkeypatch.setattr(pdf, "render_pdf", lambda *a, **k: 1 / 0)

    actions.make(report.pk)

    report.refresh_from_db()
    assert (report.status, report.attempts) == ("queued", 1)


def test_the_third_failure_is_the_last(report, monkeypatch, caplog):
    monkeypatch.setattr(pdf, "render_pdf", lambda *a, **k: 1 / 0)

    for _ in range(4):
        actions.make(report.pk)

    report.refresh_from_db()
    assert (report.status, report.attempts) == ("failed", 3)
    assert report.error.startswith("Rapporten kunde inte göras")


@pytest.mark.parametrize("status", ["queued", "running"])
def test_what_nobody_holds_is_put_back(report, status):
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    Report.objects.update(status=status, claim=uuid.uuid4(), woken_at=long_ago, heartbeat_at=long_ago)

    assert actions.requeue_lost(timezone.now()) == [report.pk]

    report.refresh_from_db()
    assert report.status == "queued"


def test_a_living_worker_is_left_alone(report):
    Report.objects.update(status="running", claim=uuid.uuid4(), heartbeat_at=timezone.now())

    assert actions.requeue_lost(timezone.now()) == []


def test_a_report_on_an_established_version_made_again_is_the_same_bytes(partnership, lycksele, bo, established):
    reports = [
        actions.order(partnership, municipality=lycksele, picture=established, by=bo, day=day)
        for day in (DAY, DAY + dt.timedelta(days=40))
    ]

    for report in reports:
        actions.make(report.pk)
        report.refresh_from_db()

    assert reports[0].checksum == reports[1].checksum != ""
    assert reports[0].content_checksum == reports[1].content_checksum


@pytest.fixture
def established(partnership, cycle, bo):
    return factories.PictureFactory(
        partnership=partnership,
        cycle=cycle,
        status="established",
        established_at=timezone.now(),
        established_by=bo,
        frozen={"text": "fryst"},
        checksum="a" * 64,
    )
