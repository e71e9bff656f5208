"""The verbs of deliveries: take in many files at once, let a worker read each, and let in what a person says yes to.

Every file is a job of its own (journal.jobs): a bad one never stops the others, and one whose worker dies is read by
the next. Reading ends in the ordinary preview; no figure is written before a person has confirmed it.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from indicators.actions import AlreadyImported, confirm, original, preview, store
from indicators.models import DeliveredFile, Delivery, ImportBatch
from indicators.models.delivery import REMARK_LENGTH
from indicators.readers import bra_yearly
from indicators.rules import needs_pointing_out
from journal import jobs
from journal.jobs import JobStatus
from journal.steps import record
from lib.dates import now
from lib.swedish import plural
from lib.uploads import MOST_AT_ONCE, FileRefused, read_limited
from lib.workbook_zips import MOST_FILES, TOO_MUCH, is_packed, unpacked

logger = logging.getLogger(__name__)

STALE = dt.timedelta(seconds=60)  # three times the longest time that a file takes
TOO_MANY = f"Högst {MOST_FILES} filer kan skickas in på en gång. Dela upp dem i flera omgångar."
TO_POINT_OUT = "Peka ut vad som står i kolumnerna, på filens sida."
NO_FIGURES = "Filen har inga siffror att läsa in."


def are_many(files: Sequence["UploadedFile[bytes]"]) -> bool:
    """Whether they make a delivery: more than one, or one that is packed. Leaves the file at its beginning."""
    if len(files) != 1:
        return True
    found = is_packed(read_limited(files[0]))
    files[0].seek(0)
    return found


def receive(files: Sequence["UploadedFile[bytes]"], *, by: User, year: int | None = None) -> Delivery:
    """Keep every file under its checksum and queue it to be read. Raises FileRefused where all must be refused.

    A file that cannot be kept is in the delivery with its sentence. The same file twice is read once.
    """
    if len(files) > MOST_FILES:
        raise FileRefused(TOO_MANY)
    if sum(file.size or 0 for file in files) > MOST_AT_ONCE:
        raise FileRefused(TOO_MUCH)
    rows = list(_rows(_each(files), by))
    if len(rows) > MOST_FILES:
        raise FileRefused(TOO_MANY)
    with transaction.atomic():
        delivery = Delivery.objects.create(year=year, created_by=by)
        for row in rows:
            row.delivery = delivery
        DeliveredFile.objects.bulk_create(rows)
        record(delivery, "sent", f"{plural(len(rows), 'fil inskickad', 'filer inskickade')}", by=by)
    return delivery


def to_wake(delivery: Delivery) -> list[int]:
    """The files that a worker has to do with."""
    return list(delivery.files.filter(status=JobStatus.QUEUED).values_list("pk", flat=True))


def run(file_id: int) -> bool:
    """Claim a queued file and do what is next with it. False when there was nothing to claim, or it did not succeed."""
    rows = DeliveredFile.objects.select_related("delivery", "created_by", "confirmed_by", "batch")
    file = jobs.claim(rows, file_id)
    if file is None:
        return False
    try:
        _read(file) if file.stage == DeliveredFile.Stage.READ else _let_in(file)
    except jobs.TakenOver:
        return False
    except FileRefused as refusal:
        jobs.fail(file, str(refusal))
        return False
    except Exception:
        logger.exception("delivered file %s failed", file_id)
        jobs.give_back(file)
        return False
    return True


def requeue_lost(now: dt.datetime) -> list[int]:
    """Put back what no living worker holds; the ids to wake."""
    return jobs.requeue_lost(DeliveredFile.objects.all(), now, stale=STALE)


@transaction.atomic
def confirm_all(delivery: Delivery, *, by: User, with_remarks: bool = False) -> int:
    """Queue the previewed files to be let in: those without remarks, or every one with figures. How many they are."""
    ready = delivery.files.previewed() if with_remarks else delivery.files.previewed().without_remarks()
    # Compare-and-set by the rows' own state: of two who press at once only one finds them waiting.
    ids = list(ready.values_list("pk", flat=True))
    moment = now()
    count = delivery.files.filter(pk__in=ids, status=JobStatus.DONE, stage=DeliveredFile.Stage.READ).update(
        stage=DeliveredFile.Stage.CONFIRM,
        confirmed_at=moment,
        confirmed_by=by,
        status=JobStatus.QUEUED,
        attempts=0,
        woken_at=moment,
    )
    if count:
        record(delivery, "confirm", f"Inläsning av {plural(count, 'fil', 'filer')} beställd", by=by)
    return count


# --- Taking in ----------------------------------------------------------------------------------------------------


def _each(files: Sequence["UploadedFile[bytes]"]) -> Iterator[tuple[str, bytes | FileRefused]]:
    """Every file by name, those of a zip one by one. Raises FileRefused for a zip that came alone."""
    for file in files:
        name = Path(file.name or "fil").name
        try:
            content = read_limited(file)
            if is_packed(content):
                yield from unpacked(content)
            else:
                yield name, content
        except FileRefused as refusal:
            if len(files) == 1:
                raise
            yield name, refusal


def _rows(found: Iterable[tuple[str, bytes | FileRefused]], by: User) -> Iterator[DeliveredFile]:
    seen: dict[str, str] = {}
    for name, content in found:
        row = DeliveredFile(original_name=name[:255], created_by=by, woken_at=now())
        try:
            if isinstance(content, FileRefused):
                raise content
            row.sha256 = hashlib.sha256(content).hexdigest()
            if row.sha256 in seen:
                raise FileRefused(f"Innehållet är detsamma som i {seen[row.sha256]}. Det läses en gång.")
            seen[row.sha256] = name
            row.file = store(content, row.sha256)
        except FileRefused as refusal:
            row.status, row.error, row.finished_at = JobStatus.FAILED, str(refusal)[: jobs.ERROR_LENGTH], now()
        yield row


# --- What a worker does -------------------------------------------------------------------------------------------


@transaction.atomic
def _read(file: DeliveredFile) -> None:
    """The file's preview, and the job done: both or neither. Raises FileRefused, TakenOver."""
    name, content = file.original_name, original(file)
    year = bra_yearly.guess_year(name) or file.delivery.year
    batch = preview(ContentFile(content, name=name), by=file.created_by, year=year)
    jobs.finish(file, batch=batch, has_figures=_has_figures(batch), remark=_remark(batch)[:REMARK_LENGTH])


@transaction.atomic
def _let_in(file: DeliveredFile) -> None:
    """The figures, and the job done: both or neither. Raises FileRefused, TakenOver."""
    assert file.batch
    assert file.confirmed_by
    try:
        confirm(file.batch, by=file.confirmed_by)
    except AlreadyImported:  # by somebody on the file's own page, meanwhile
        logger.info("delivered file %s was decided about already", file.pk)
    jobs.finish(file)


def _has_figures(batch: ImportBatch) -> bool:
    return bool(batch.report.get("figures")) and not needs_pointing_out(batch)


def _remark(batch: ImportBatch) -> str:
    if needs_pointing_out(batch):
        return TO_POINT_OUT
    if not batch.report.get("figures"):
        return NO_FIGURES
    left_out = batch.unmatched_count
    told = [f"{plural(left_out, 'rad läses', 'rader läses')} inte in."] if left_out else []
    return " ".join([*told, *batch.report["warnings"]])
