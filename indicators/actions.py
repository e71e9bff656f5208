"""The verbs of figures: look at a file without believing it, then let its figures in.

A preview writes no figure; it keeps the original under its checksum and says what the file would change.
Confirming reads the original again and compares anew, so that nothing in between is overwritten unseen.
"""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from indicators.breaks import break_years
from indicators.comparison import Comparison, compare, describe, difference, facts, warn
from indicators.models import SOURCE_OF, Dataset, ImportBatch, Indicator, KoladaKpi, Observation, ObservationChange
from indicators.readers import bra_yearly, guesses, kolada_api
from indicators.readers.places import Places
from indicators.readers.results import Measure, ReadResult
from indicators.readers.sent_file import SentFile
from indicators.rules import CONFIRM
from journal.steps import NotAllowed, take
from lib.dates import today
from lib.tables import ending
from lib.uploads import FileRefused, read_limited
from municipalities.actions import Outcome, Register, load_register, remember

DATA = Path(__file__).parent / "data"
CATALOGUE = Register("indicators", Indicator, ("code",), {})
KPIS = Register("kolada_kpis", KoladaKpi, ("code",), {})
FIRST_YEAR = 1975  # of Brå's tables
KEPT_UNMATCHED = 2_000
BATCH_SIZE = 500


class NamedFile(Protocol):
    """A file that was uploaded, or that a command has opened."""

    name: str | None

    def read(self, size: int = ..., /) -> bytes: ...


class Kept(Protocol):
    """A row whose file is kept under its checksum."""

    file: Any
    sha256: Any


class AlreadyImported(NotAllowed):
    """Somebody else, or the same person in another window, has decided about the file already."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(CONFIRM, batch)
        state = batch.get_status_display().lower()
        self.args = (f"Filen är redan {state}. Inget har lästs in en gång till.",)


@dataclass
class Counts:
    """What an import did to the table of observations."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unmatched: int = 0


def load_catalogue() -> Outcome:
    """The indicators that the project knows by name, from its own file; see municipalities.actions."""
    return load_register(CATALOGUE, DATA)


def load_kpis() -> Outcome:
    """The key figures that may be fetched from Kolada, from the project's own file; administrators keep the list."""
    return load_register(KPIS, DATA)


def preview(
    file: NamedFile,
    *,
    by: User,
    kind: str | None = None,
    year: int | None = None,
    day: dt.date | None = None,
) -> ImportBatch:
    """Read the file, store the original, and say what it would change. Writes no observation.

    `kind` is found out from the contents when it is not given; a file without its year needs `year`, which is guessed
    from its name. A table of no known kind is kept until its columns are pointed out: see indicators.pointing.
    Raises FileRefused, whose message is for the person.
    """
    day = day or today()
    content = read_limited(file)
    name = Path(file.name or "fil").name[:255]
    sent, places = SentFile(content, name), Places.load()
    kind = kind or sent.kind(places)
    if kind is None:
        guesses.check(sent.book, places, name)
        kind, year, result = Dataset.OWN, None, ReadResult("Tabell som ska pekas ut")
    else:
        year = _year(year or bra_yearly.guess_year(name), day) if sent.lacks_year(kind) else None
        result = sent.read(kind, places, year=year, last_year=day.year)
    sha256 = hashlib.sha256(content).hexdigest()
    return ImportBatch.objects.create(
        file=store(content, sha256),
        original_name=name,
        sha256=sha256,
        size=len(content),
        year=year,
        created_by=by,
        **reviewed(result, kind, sha256, year),
    )


def reviewed(result: ReadResult, kind: str, sha256: str, year: int | None) -> dict[str, Any]:
    """What a batch keeps of its review: the fields of ImportBatch with their values."""
    if len(result.unmatched) > KEPT_UNMATCHED:
        result.warnings.append(f"Bara de första {KEPT_UNMATCHED} raderna som inte läses in visas.")
    comparison = compare(kind, result.rows)
    warn(result, comparison, sha256, year)
    return {
        "kind": kind,
        "new_count": len(comparison.new),
        "changed_count": len(comparison.changed),
        "unchanged_count": comparison.unchanged,
        "unmatched_count": len(result.unmatched),
        "unmatched": [asdict(one) for one in result.unmatched[:KEPT_UNMATCHED]],
        "report": describe(result, comparison),
    }


@transaction.atomic
def confirm(batch: ImportBatch, *, by: User) -> Counts:
    """Let the previewed file's figures in, all or none. Raises AlreadyImported, or FileRefused."""
    try:
        take(CONFIRM, batch, by=by, imported_at=timezone.now(), imported_by=by)
    except NotAllowed as error:
        batch.refresh_from_db()
        raise AlreadyImported(batch) from error
    if batch.mapping:
        batch.refresh_from_db(fields=["kind", "mapping"])  # it may have been pointed out anew in another window
    sent, day = SentFile(original(batch), batch.original_name), timezone.localdate(batch.created_at)
    result = sent.read(batch.kind, Places.load(), year=batch.year, last_year=day.year, mapping=batch.mapping)
    if not result.rows:
        raise FileRefused("Filen har inga siffror att läsa in.")
    indicators = _hold_indicators(result.measures, SOURCE_OF[batch.kind].label)
    if batch.kind == Dataset.OWN:  # how many have answered is told of the newest table
        caution = next(iter(result.measures.values())).caution
        Indicator.objects.filter(code__in=result.measures).update(caution=caution)
    comparison = compare(batch.kind, result.rows)
    _write(batch, comparison, indicators)
    batch.report = describe(result, comparison)
    counts = Counts(len(comparison.new), len(comparison.changed), comparison.unchanged, len(result.unmatched))
    batch.new_count, batch.changed_count, batch.unchanged_count = counts.new, counts.changed, counts.unchanged
    batch.save(update_fields=["new_count", "changed_count", "unchanged_count", "report"])
    return counts


# --- Reading ------------------------------------------------------------------------------------------------------


def _year(year: int | None, day: dt.date) -> int:
    if year is None:
        raise FileRefused("Ange vilket år filen gäller. Det står inte i filen.")
    if not FIRST_YEAR <= year <= day.year:
        raise FileRefused(f"Året {year} kan inte stämma. Ange ett år mellan {FIRST_YEAR} och {day.year}.")
    return year


def store(content: bytes, sha256: str) -> str:
    """Keep the original under its checksum; a file that is there already is kept once. Raises FileRefused."""
    form = "json" if kolada_api.is_fetched(content) else ending(content)
    name = f"indicators/{sha256[:2]}/{sha256}.{form}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def original(kept: Kept) -> bytes:
    """The file as it was sent in. Raises FileRefused when it is gone or altered."""
    try:
        with kept.file.open("rb") as stored:
            content: bytes = stored.read()
    except OSError as error:
        raise FileRefused("Originalfilen finns inte kvar. Ladda upp den igen.") from error
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise FileRefused("Originalfilen har ändrats sedan den granskades. Ladda upp den igen.")
    return content


# --- Writing ------------------------------------------------------------------------------------------------------


def _hold_indicators(measures: dict[str, Measure], source: str) -> dict[str, Indicator]:
    """The file's indicators by code, unknown ones made, all held until the transaction ends.

    Two imports of the same indicators take turns, so that the second compares with what the first wrote.
    """
    known = set(Indicator.objects.filter(code__in=measures).values_list("code", flat=True))
    made = [
        Indicator(**asdict(one) | {"source": one.source or source, "break_year": break_years().get(one.topic)})
        for one in measures.values()
        if one.code not in known
    ]
    Indicator.objects.bulk_create(made, ignore_conflicts=True)
    remember(CATALOGUE, made)
    held = Indicator.objects.filter(code__in=measures).order_by("pk").select_for_update()
    return {indicator.code: indicator for indicator in held}


def _write(batch: ImportBatch, comparison: Comparison, indicators: dict[str, Indicator]) -> None:
    rows = [*comparison.new, *(row for _, row in comparison.changed)]
    Observation.objects.bulk_create(
        [
            Observation(
                source=SOURCE_OF[batch.kind],
                dataset=batch.kind,
                indicator=indicators[row.indicator],
                area_type=row.area_type,
                area_code=row.area_code,
                year_from=row.year_from,
                year_to=row.year_to,
                period_label=row.period_label,
                sex=row.sex,
                batch=batch,
                **facts(row),
            )
            for row in rows
        ],
        batch_size=BATCH_SIZE,
        update_conflicts=True,
        unique_fields=Observation.KEY,
        update_fields=(*Observation.FACTS, "period_label", "batch"),
    )
    changes = [(old, *difference(old, row)) for old, row in comparison.changed]
    ObservationChange.objects.bulk_create(
        [ObservationChange(observation=old, batch=batch, old=before, new=after) for old, before, after in changes],
        batch_size=BATCH_SIZE,
    )
