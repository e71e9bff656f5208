"""Ordering and making reports: lägesrapporter, lägesbilder, agreements and action plans.

The report's row is the truth (ordered, claimed, heartbeat, progress, done); a broker only wakes a worker. So nothing is
lost when a worker, a broker or the whole machine dies, and nothing is done twice: the claim is compare-and-set.
"""

import datetime as dt
import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import close_old_connections, connection, transaction
from django.db.models import Max

from accounts.models import User
from agreements.models import ActionPlan, Agreement
from journal import jobs
from journal.steps import lock, record
from lib import canonical, pdf
from lib.dates import now
from municipalities.models import Municipality
from partnerships.models import Partnership
from reports import agreement_document, content, documents, picture_content, plan_document
from reports.models import Report, ReportQuerySet
from situation.models import Picture

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 3


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
    asked = jobs.queue_again(report)
    if asked:
        record(report, "ordered", "Beställd på nytt", by=by)
    return asked


def make(report_id: int) -> bool:
    """Claim a queued report and make its file. False when there was nothing to claim, or somebody else took over."""
    report = jobs.claim(Report.objects.all(), report_id)
    if report is None:
        return False
    try:
        with _beating(report):
            _make(report)
    except jobs.TakenOver:
        return False
    except Exception:
        logger.exception("report %s failed", report_id)
        jobs.give_back(report)
        return False
    return True


def requeue_lost(now: dt.datetime) -> list[int]:
    """Put back what no living worker holds; the ids to wake."""
    return jobs.requeue_lost(Report.objects.all(), now, stale=dt.timedelta(seconds=settings.REPORT_STALE_SECONDS))


def _make(report: Report) -> None:
    def progress(percent: int, text: str) -> None:
        jobs.write(report, progress=percent, progress_text=text, heartbeat_at=now())

    progress(10, "Samlar innehållet …")
    html = documents.html(report)
    # The pages are first laid out, then written: the percents are those of the stages that the page shows.
    shares = iter((25, 60))
    made = pdf.render_pdf(
        html, created=report_moment(report), progress=lambda text: progress(next(shares, 60), f"{text} …")
    )
    progress(90, "Sparar filen …")
    checksum = hashlib.sha256(made).hexdigest()
    jobs.finish(report, file=_store(made, checksum, report), checksum=checksum, pages=pdf.page_count(made))


def report_moment(report: Report) -> dt.datetime:
    """The moment written into the file: the day its content was frozen, never the clock."""
    made_on = dt.date.fromisoformat(report.content["made_on"])
    return dt.datetime.combine(made_on, dt.time(12), tzinfo=dt.UTC)


def _store(made: bytes, checksum: str, report: Report) -> str:
    """Write the file whole or not at all, under its content's name: the same content is never two files."""
    name = f"reports/{checksum}.pdf"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{report.claim}.part")
    with part.open("wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return name


@contextmanager
def _beating(report: Report) -> Iterator[None]:
    """A heartbeat in a thread of its own: layout can be silent for longer than the stale limit."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            close_old_connections()
            try:
                jobs.held(report).update(heartbeat_at=now())
            except Exception:  # a missed beat is not worth a report; the next may come through
                logger.warning("report %s: heartbeat not written", report.pk)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
