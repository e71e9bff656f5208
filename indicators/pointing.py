"""The verbs of tables of no known kind: look at the first rows, and keep what the person has pointed out.

Nothing is read in by pointing out: the ordinary preview follows, and its button reads the original by the same mapping.
"""

from dataclasses import asdict, dataclass, replace

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from indicators.actions import AlreadyImported, original, reviewed
from indicators.models import Dataset, ImportBatch, Unit
from indicators.readers import guesses, labels
from indicators.readers.places import Places
from indicators.readers.pointed_out import HEADING_ROWS, Mapping, at, letter
from indicators.readers.results import ReadResult
from indicators.readers.sent_file import SentFile
from indicators.rules import IMPORTERS
from journal.steps import record
from lib.spreadsheets import Cell, Sheet
from lib.swedish import plural
from lib.uploads import FileRefused

FEWEST = 5  # people or events in a figure of one's own; the same border as for groups in texts
SHOWN_ROWS, SHOWN_COLUMNS = 14, 16
CELL_LENGTH, TITLE_LENGTH = 60, 44


class FewCounted(FileRefused):
    """The table has counts so small that they may point somebody out, and nobody has said that they are published."""


@dataclass(frozen=True)
class Look:
    """What the page shows of a table: its first rows, its columns by letter and heading, and a guess at the rest."""

    sheets: list[str]
    guess: Mapping
    letters: list[str]
    rows: list[tuple[int, list[str]]]
    hidden_columns: int
    columns: list[tuple[int, str]]


def look(batch: ImportBatch, sheet: int | None = None) -> Look:
    """The table as it was sent in, on the given sheet or the likeliest. Raises FileRefused."""
    sent, places = SentFile(original(batch), batch.original_name), Places.load()
    kept = Mapping(**batch.mapping) if batch.mapping and sheet in (None, batch.mapping["sheet"]) else None
    guess = kept or guesses.guess(sent.book, places, batch.original_name, sheet)
    if guess is None:
        number = sheet if sheet is not None and 0 <= sheet < len(sent.book.sheets) else 0
        guess = Mapping(kind=Dataset.OWN, sheet=number)
    shown = sent.book.sheets[guess.sheet]
    width = min(max(map(len, shown.rows), default=0), guesses.COLUMNS)
    visible = range(min(width, SHOWN_COLUMNS))
    return Look(
        sheets=[one.name for one in sent.book.sheets] if len(sent.book.sheets) > 1 else [],
        guess=guess,
        letters=[letter(column) for column in visible],
        rows=[
            (number, [at(row, column)[:CELL_LENGTH] for column in visible])
            for number, row in enumerate(shown.rows[:SHOWN_ROWS], start=1)
        ],
        hidden_columns=width - len(visible),
        columns=[(column, _named(shown, guess.header, column)) for column in range(width)],
    )


def point_out(batch: ImportBatch, mapping: Mapping, *, by: User) -> None:
    """Review the table by what is pointed out, and keep both. Raises FileRefused, FewCounted or AlreadyImported."""
    mapping = replace(mapping, owner=mapping.owner or _owner(by))
    sent, day = SentFile(original(batch), batch.original_name), timezone.localdate(batch.created_at)
    result = sent.read(mapping.kind, Places.load(), year=None, last_year=day.year, mapping=asdict(mapping))
    if not result.rows:
        raise FileRefused(_nothing(result))
    few = _few(result) if mapping.kind == Dataset.OWN and not mapping.published else 0
    if few:
        raise FewCounted(
            f"Tabellen har {plural(few, 'antal', 'antal')} mellan 1 och {FEWEST - 1}. Så små tal kan peka ut enskilda. "
            "Ta bort dem ur filen, eller kryssa i rutan sist om siffrorna redan är publicerade."
        )
    fields = reviewed(result, mapping.kind, batch.sha256, None)
    standing = ImportBatch.objects.filter(pk=batch.pk, status=ImportBatch.Status.PREVIEWED)
    if not standing.update(mapping=asdict(mapping), **fields):
        batch.refresh_from_db()
        raise AlreadyImported(batch)
    record(batch, "point_out", "Kolumnerna utpekade", by=by)


def _owner(user: User) -> str:
    """The slug of the organisation that the person imports for: two organisations' tables are never one indicator."""
    names = [one.organisation.name for one in user.memberships_now if one.role in IMPORTERS]
    return slugify(min(names, default=""))[:30].strip("-")


def _few(result: ReadResult) -> int:
    counts = {code for code, measure in result.measures.items() if measure.unit == Unit.COUNT}
    return sum(row.indicator in counts and row.value is not None and 0 < row.value < FEWEST for row in result.rows)


def _nothing(result: ReadResult) -> str:
    """Why no figure came out, by the first thing that was left out."""
    first = next(iter(result.unmatched), None)
    why = f" {first.place.capitalize()}, ”{first.label[:CELL_LENGTH]}”: {first.reason}" if first else ""
    return f"Ingen siffra kan läsas när kolumnerna pekas ut så.{why} Ändra nedan och försök igen."


def _named(sheet: Sheet, header: int, column: int) -> str:
    """ "C: 2023 Antal"; where there are no headings the column's first cell tells which it is."""
    rows: list[tuple[Cell, ...]] = sheet.rows[max(header - HEADING_ROWS, 0) : header] or sheet.rows[:1]
    words = list(dict.fromkeys(filter(None, (at(row, column) for row in rows))))
    return f"{letter(column)}: {labels.text(' '.join(words))[:TITLE_LENGTH] or 'utan rubrik'}"
