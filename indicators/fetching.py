"""The verbs of fetches: order one from Kolada, ask, and keep the answer as a file for the ordinary preview.

The fetch's row is the truth and a broker only wakes a worker, as with situation reports: nothing is lost when a worker
dies, and nothing is asked twice. No figure is written before a person has confirmed the file's preview.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import User
from indicators.actions import preview
from indicators.extents import Extent
from indicators.kolada import Kolada, KoladaFailed
from indicators.models import Dataset, Fetch, KoladaKpi
from indicators.models.fetch import TITLE_LENGTH, unit_of
from indicators.readers import kolada_api
from journal import jobs
from journal.steps import record
from lib import canonical
from lib.dates import now, today
from lib.uploads import FileRefused

logger = logging.getLogger(__name__)

STALE = dt.timedelta(seconds=60)  # three times the longest silence of a living fetch
MOST_SECONDS = 240.0  # within the task's time limit
MOST_SECONDS_WAITED_FOR = 15.0  # by a person before a page
CLOSED = "Hämtning från Kolada är avstängd i den här installationen."


@dataclass(frozen=True)
class Verdict:
    """What Kolada says of a key figure on our list, as a sentence."""

    holds: bool
    sentence: str


def is_open() -> bool:
    """Whether the operator has said where Kolada is."""
    return bool(settings.KOLADA_URL)


def order(kpis: Iterable[KoladaKpi], extent: Extent, *, year_from: int, year_to: int, by: User) -> tuple[Fetch, bool]:
    """Queue a fetch of the key figures for the extent and the nation; and whether it is new.

    The same order of the same person that is not yet settled is that fetch: two clicks are one.
    """
    asked = {
        "kpis": [kpi.asked() for kpi in kpis],
        "places": [*extent.codes, kolada_api.NATION],
        "year_from": year_from,
        "year_to": year_to,
    }
    checksum = canonical.checksum(asked)
    order_it = partial(_queue, **asked, extent=extent.name, asked_checksum=checksum, created_by=by)
    try:
        return order_it(), True
    except IntegrityError:
        same = Fetch.objects.unsettled().filter(created_by=by, asked_checksum=checksum).first()
    # Settled in between, or the refusal was another: anew once, and then it is told.
    return (same, False) if same else (order_it(), True)


@transaction.atomic
def _queue(**fields: Any) -> Fetch:
    fetch = Fetch.objects.create(woken_at=now(), **fields)
    record(fetch, "ordered", "Beställd", by=fetch.created_by)
    return fetch


def order_again(fetch: Fetch, *, by: User) -> bool:
    """Queue a failed fetch once more; False if that is done already, on this row or by the same order anew."""
    try:
        with transaction.atomic():
            asked = jobs.queue_again(fetch)
            if asked:
                record(fetch, "ordered", "Beställd på nytt", by=by)
    except IntegrityError:
        return False
    return asked


def run(fetch_id: int) -> bool:
    """Claim a queued fetch and carry it out. False when there was nothing to claim, or it did not succeed."""
    fetch = jobs.claim(Fetch.objects.select_related("created_by"), fetch_id)
    if fetch is None:
        return False
    try:
        _keep(fetch, _ask(fetch))
    except jobs.TakenOver:
        return False
    except (KoladaFailed, FileRefused) as failure:
        logger.warning("fetch %s: %s", fetch_id, failure)
        jobs.fail(fetch, str(failure))
        return False
    except Exception:
        logger.exception("fetch %s failed", fetch_id)
        jobs.give_back(fetch)
        return False
    return True


def requeue_lost(now: dt.datetime) -> list[int]:
    """Put back what no living worker holds; the ids to wake."""
    return jobs.requeue_lost(Fetch.objects.all(), now, stale=STALE)


def verify(kpis: Sequence[KoladaKpi], *, by: User) -> list[Verdict]:
    """Ask Kolada what each key figure is called, and take over its title. Raises KoladaFailed; then nothing is changed.

    One whose unit is no longer ours is left as it is: its figures must not change meaning unseen.
    """
    if not is_open():
        raise KoladaFailed(CLOSED)
    limit = settings.MAX_UPLOAD_BYTES
    with Kolada(settings.KOLADA_URL, most_bytes=limit, most_seconds=MOST_SECONDS_WAITED_FOR) as kolada:
        titles = kolada.titles([kpi.code for kpi in kpis])
    with transaction.atomic():
        return [_judge(kpi, titles.get(kpi.code), by) for kpi in kpis]


def _ask(fetch: Fetch) -> bytes:
    """The answers as the bytes of a file. Nothing is held in the database while we wait for Kolada."""

    def held(**fields: object) -> None:
        jobs.write(fetch, heartbeat_at=now(), **fields)

    def progress(asked: int, whole: int) -> None:
        held(progress=round(90 * asked / whole), progress_text=f"Frågar Kolada, {asked + 1} av {whole}")

    if not is_open():
        raise KoladaFailed(CLOSED)
    codes, years = [kpi["code"] for kpi in fetch.kpis], range(fetch.year_from, fetch.year_to + 1)
    limit = settings.MAX_UPLOAD_BYTES
    with Kolada(settings.KOLADA_URL, most_bytes=limit, most_seconds=MOST_SECONDS, alive=held) as kolada:
        answers = kolada.figures(codes, fetch.places, years, progress=progress)
    held(progress=90, progress_text="Granskar svaret")
    return kolada_api.write(fetch.kpis, fetch.places, (fetch.year_from, fetch.year_to), answers)


@transaction.atomic
def _keep(fetch: Fetch, content: bytes) -> None:
    """The answers as a previewed file, and the fetch done: both or neither. Raises FileRefused, TakenOver."""
    file = ContentFile(content, name=f"Kolada {today():%Y-%m-%d} nr {fetch.pk}.json")
    jobs.finish(fetch, batch=preview(file, by=fetch.created_by, kind=Dataset.KOLADA))


def _judge(kpi: KoladaKpi, title: str | None, by: User) -> Verdict:
    unit = unit_of(title or "")
    if title is None or (unit and unit != kpi.unit):
        KoladaKpi.objects.filter(pk=kpi.pk).update(verified_at=None)
        if title is None:
            return Verdict(False, f"{kpi.code} finns inte hos Kolada. Ta bort det, eller rätta id:t.")
        return Verdict(False, f"{kpi.code} heter ”{title}” hos Kolada och har en annan enhet än här. Inget är ändrat.")
    old, kpi.title, kpi.verified_at = kpi.title, title[:TITLE_LENGTH], now()
    kpi.save(update_fields=["title", "verified_at"])
    changes = {"title": {"label": "Titel", "from": old, "to": kpi.title}} if old != kpi.title else {}
    record(kpi, "verified", "Kontrollerat hos Kolada", by=by, changes=changes)
    return Verdict(True, f"{kpi.code} heter ”{kpi.title}” hos Kolada.")
