"""Ordering and making reports: lägesrapporter, lägesbilder, agreements and action plans.

The report's row is the truth (ordered, claimed, heartbeat, progress, done); a broker only wakes a worker. So nothing is
lost when a worker, a broker or the whole machine dies, and nothing is done twice: the claim is compare-and-set.
"""

import datetime as dt
import hashlib
import logging
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import close_old_connections, connection, transaction
from django.db.models import F, Max, Q

from accounts.models import User
from agreements.models import ActionPlan, Agreement
from journal.steps import lock, record
from lib import canonical, pdf
from lib.dates import now
from municipalities.models import Municipality
from partnerships.models import Partnership
from reports import agreement_document, content, documents, picture_content, plan_document
from reports.models import Report, ReportQuerySet
from situation.models import Picture

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
HEARTBEAT_SECONDS = 3
GAVE_UP = "Rapporten kunde inte göras trots flera försök. Beställ den igen, eller kontakta systemförvaltningen."


class TakenOver(Exception):
    """Another worker has claimed the report: this one stops at once and writes nothing."""


@transaction.atomic
def order(
    partnership: Partnership,
    *,
    by: User,
    day: dt.date,
    municipality: Municipality | None = None,
    picture: Picture | None = None,
) -> Report:
    """Freeze the report's content as it stands on the day and queue it for making.

    A report on an established picture that has been ordered before gets the content frozen then: made again, it comes
    out byte for byte the same.
    """
    lock(partnership)
    siblings = Report.objects.filter(kind=Report.Kind.SITUATION, partnership=partnership, municipality=municipality)
    number = _next(siblings)
    earlier = siblings.filter(picture=picture).order_by("number").first() if picture else None
    frozen = earlier.content if earlier else content.build(partnership, municipality, picture, day=day, number=number)
    return _queue(
        frozen,
        by=by,
        partnership=partnership,
        municipality=municipality,
        picture=picture,
        number=number,
        title=f"Lägesrapport {municipality or partnership}",
    )


@transaction.atomic
def order_picture(picture: Picture, *, by: User, day: dt.date, audience: Report.Audience) -> tuple[Report, bool]:
    """Freeze the lägesbild as it stands on the day, as far as the audience may read it, and queue it for making.

    And whether it is new: the same order of the same person that is not yet settled is that document, unless something
    has been written since. The picture is held meanwhile: what is frozen for one party is not shared or released
    halfway through.
    """
    held = lock(picture)
    documents_of = Report.objects.filter(kind=Report.Kind.PICTURE, picture=held)
    waiting = documents_of.unsettled().filter(created_by=by, audience=audience).order_by("number").last()
    if waiting:
        anew = picture_content.build(held, audience=audience, day=day, number=waiting.number)
        if canonical.checksum(anew) == waiting.content_checksum:
            return waiting, False
    number = _next(documents_of)
    made = _queue(
        picture_content.build(held, audience=audience, day=day, number=number),
        by=by,
        kind=Report.Kind.PICTURE,
        audience=audience,
        partnership=held.partnership,
        municipality=held.municipality,
        picture=held,
        number=number,
        title=held.title,
    )
    return made, True


@transaction.atomic
def order_document(
    subject: Agreement | ActionPlan, *, by: User, day: dt.date, audience: Report.Audience
) -> tuple[Report, bool]:
    """Freeze an agreement or an action plan as it stands on the day, and queue it for making; and whether it is new,
    as for a lägesbild."""
    held = lock(subject)
    kind, build = _document_of(held)
    of_it = Report.objects.filter(kind=kind, **{kind: held})
    waiting = of_it.unsettled().filter(created_by=by, audience=audience).order_by("number").last()
    if waiting and canonical.checksum(build(audience, day, waiting.number)) == waiting.content_checksum:
        return waiting, False
    number = _next(of_it)
    fields = {"kind": kind, "audience": audience, kind: held, "number": number, "title": held.title}
    where = {"partnership": held.partnership, "municipality": held.municipality}
    return _queue(build(audience, day, number), by=by, **fields, **where), True


def _document_of(held: Agreement | ActionPlan) -> tuple[str, Callable[[Report.Audience, dt.date, int], Any]]:
    if isinstance(held, Agreement):
        return Report.Kind.AGREEMENT.value, partial(agreement_document.build, held)
    return Report.Kind.PLAN.value, partial(plan_document.build, held)


def _next(siblings: ReportQuerySet) -> int:
    last: int | None = siblings.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _queue(frozen: Mapping[str, Any], *, by: User, **fields: Any) -> Report:
    report = Report.objects.create(
        content=frozen, content_checksum=canonical.checksum(frozen), woken_at=now(), created_by=by, **fields
    )
    record(report, "ordered", "Beställd", by=by)
    return report


def order_again(report: Report, *, by: User) -> bool:
    """Queue a failed report once more; False if somebody already did."""
    rows = Report.objects.filter(pk=report.pk, status=Report.Status.FAILED)
    asked = rows.update(status=Report.Status.QUEUED, attempts=0, progress=0, error="", woken_at=now())
    if asked:
        record(report, "ordered", "Beställd på nytt", by=by)
    return bool(asked)


def make(report_id: int) -> bool:
    """Claim a queued report and make its file. False when there was nothing to claim, or somebody else took over."""
    claim = uuid.uuid4()
    queued = Report.objects.filter(pk=report_id, status=Report.Status.QUEUED)
    moment = now()
    if not queued.update(
        status=Report.Status.RUNNING, claim=claim, heartbeat_at=moment, attempts=F("attempts") + 1, progress=0
    ):
        return False
    report = Report.objects.get(pk=report_id)
    try:
        with _beating(report_id, claim):
            _make(report, claim)
    except TakenOver:
        return False
    except Exception:
        logger.exception("report %s failed", report_id)
        _fail(report, claim)
        return False
    return True


def requeue_lost(now: dt.datetime) -> list[int]:
    """Put back what no living worker holds; the ids to wake. What keeps failing is given up with a sentence."""
    stale = dt.timedelta(seconds=settings.REPORT_STALE_SECONDS)
    woken = []
    for report in Report.objects.lost(now, stale=stale).only("pk", "attempts", "claim", "status"):
        unchanged = Report.objects.lost(now, stale=stale).filter(pk=report.pk, claim=report.claim, status=report.status)
        if report.attempts >= MAX_ATTEMPTS:
            unchanged.update(status=Report.Status.FAILED, error=GAVE_UP, finished_at=now)
        elif unchanged.update(status=Report.Status.QUEUED, woken_at=now):
            woken.append(report.pk)
    return woken


def _make(report: Report, claim: uuid.UUID) -> None:
    def progress(percent: int, text: str) -> None:
        held = Report.objects.filter(pk=report.pk, claim=claim, status=Report.Status.RUNNING)
        if not held.update(progress=percent, progress_text=text, heartbeat_at=now()):
            raise TakenOver

    progress(10, "Samlar innehållet …")
    html = documents.html(report)
    # The pages are first laid out, then written: the percents are those of the stages that the page shows.
    shares = iter((25, 60))
    made = pdf.render_pdf(
        html, created=report_moment(report), progress=lambda text: progress(next(shares, 60), f"{text} …")
    )
    progress(90, "Sparar filen …")
    checksum = hashlib.sha256(made).hexdigest()
    name = _store(made, checksum, claim)
    done = Report.objects.filter(pk=report.pk, claim=claim, status=Report.Status.RUNNING)
    if not done.update(
        status=Report.Status.DONE,
        progress=100,
        progress_text="Klar",
        file=name,
        checksum=checksum,
        pages=pdf.page_count(made),
        finished_at=now(),
        error="",
    ):
        raise TakenOver


def report_moment(report: Report) -> dt.datetime:
    """The moment written into the file: the day its content was frozen, never the clock."""
    made_on = dt.date.fromisoformat(report.content["made_on"])
    return dt.datetime.combine(made_on, dt.time(12), tzinfo=dt.UTC)


def _store(made: bytes, checksum: str, claim: uuid.UUID) -> str:
    """Write the file whole or not at all, under its content's name: the same content is never two files."""
    name = f"reports/{checksum}.pdf"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{claim}.part")
    with part.open("wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return name


def _fail(report: Report, claim: uuid.UUID) -> None:
    """Back to the queue for another try (the sweep wakes it), or given up after the last."""
    held = Report.objects.filter(pk=report.pk, claim=claim, status=Report.Status.RUNNING)
    again = Q(attempts__lt=MAX_ATTEMPTS)
    held.filter(~again).update(status=Report.Status.FAILED, error=GAVE_UP, finished_at=now())
    held.filter(again).update(status=Report.Status.QUEUED, progress=0, woken_at=now())


@contextmanager
def _beating(report_id: int, claim: uuid.UUID) -> Iterator[None]:
    """A heartbeat in a thread of its own: layout can be silent for longer than the stale limit."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            close_old_connections()
            try:
                Report.objects.filter(pk=report_id, claim=claim).update(heartbeat_at=now())
            except Exception:  # a missed beat is not worth a report; the next may come through
                logger.warning("report %s: heartbeat not written", report_id)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
