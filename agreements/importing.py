"""Earlier agreements, goals, measures and plans from Excel: looked at row by row, then all the chosen rows or none.

A preview writes nothing but itself. Confirming reads the original again and judges every row anew under a lock, so
that what changed in between stops the whole. What was signed before it came here is history by its own dates, never
a text that anybody signed here: docs/adr/0014.
"""

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

import partnerships.actions
from accounts.models import User
from agreements import content, rules
from agreements.import_columns import GOOD, KNOWN, REFUSED, Judged, columns_of, numbers
from agreements.import_reading import RawRow, read
from agreements.import_rows import REASON, Judge
from agreements.models import ActionPlan, Agreement, Goal, ImportedRow, Measure, WorkbookImport
from agreements.sheets import AGREEMENTS, GOALS, MEASURES, PLANS, SheetKind
from journal.models import Record
from journal.steps import Refused, lock, record, take
from lib import canonical
from lib.dates import today
from lib.swedish import listing
from lib.uploads import FileRefused, read_limited
from partnerships.models import Cycle, Party
from partnerships.queries import concerning
from situation.models import Problem

NOTHING_CHOSEN = "Välj minst en rad att läsa in."
ORDER: tuple[SheetKind, ...] = (AGREEMENTS, GOALS, MEASURES, PLANS)
WORDS = {GOOD: ("Läses in", "ok"), REFUSED: ("Läses inte in", "bad"), KNOWN: ("Finns redan", "idle")}


class NamedFile(Protocol):
    """A file that was uploaded."""

    name: str | None

    def read(self, size: int = ..., /) -> bytes: ...


def preview(file: NamedFile, partnership: Any, *, by: User) -> WorkbookImport:
    """Read the file, keep the original, and say what each row would become. Raises FileRefused."""
    data = read_limited(file)
    name = Path(file.name or "fil").name.replace("\0", "")[:255]
    reading = read(data)
    judged = _judge(reading.rows, partnership, by)
    sha256 = hashlib.sha256(data).hexdigest()
    states = [one.state for one in judged]
    workbook: WorkbookImport = WorkbookImport.objects.create(
        partnership=partnership,
        file=_store(data, sha256),
        original_name=name,
        sha256=sha256,
        size=len(data),
        rows=[described(one, reading.headers) for one in judged],
        warnings=reading.warnings,
        good_count=states.count(GOOD),
        refused_count=states.count(REFUSED),
        known_count=states.count(KNOWN),
        created_by=by,
    )
    record(workbook, "previewed", "Skickad för granskning", by=by, note=f"{len(judged)} rader")
    return workbook


@transaction.atomic
def confirm(workbook: WorkbookImport, *, chosen: Collection[str], by: User) -> int:
    """Read in the chosen rows, all or none; how many. Raises Refused, NotAllowed, FileRefused."""
    if not chosen:
        raise Refused(rules.CONFIRM_IMPORT, workbook, NOTHING_CHOSEN)
    take(rules.CONFIRM_IMPORT, workbook, by=by, imported_at=timezone.now(), imported_by=by)
    lock(workbook.partnership)  # two workbooks with the same rows take turns
    judged = _judge([one for one in read(original(workbook)).rows if one.key in chosen], workbook.partnership, by)
    if lost := [one for one in judged if one.state != GOOD]:
        rows = listing([f"{one.raw.sheet} rad {one.raw.number}" for one in lost[:5]])
        sentence = f"Inget är inläst. {rows} kan inte läsas in så som urvalet och läget är nu. Granska filen igen."
        raise Refused(rules.CONFIRM_IMPORT, workbook, sentence)
    writer = Writer(workbook, by)
    for kind in ORDER:
        for row in judged:
            if row.raw.kind is kind:
                writer.write(row)
    return len(judged)


def discard(workbook: WorkbookImport, *, by: User) -> None:
    """Throw the preview away; the original stays, as a record of what was sent in."""
    take(rules.DISCARD_IMPORT, workbook, by=by)


def original(workbook: WorkbookImport) -> bytes:
    """The file as it was sent in. Raises FileRefused when it is gone or altered."""
    try:
        with workbook.file.open("rb") as stored:
            data: bytes = stored.read()
    except OSError as error:
        raise FileRefused("Originalfilen finns inte kvar. Skicka in den igen.") from error
    if hashlib.sha256(data).hexdigest() != workbook.sha256:
        raise FileRefused("Originalfilen har ändrats sedan den granskades. Skicka in den igen.")
    return data


def described(row: Judged, headers: dict[tuple[str, str], str]) -> dict[str, Any]:
    """What the preview shows of a row; a fault names the column as the file does."""
    own = {header: headers.get((row.raw.sheet, name), header) for name, header in row.raw.kind.headers.items()}
    word, tone = WORDS[row.state]
    return {
        "key": row.raw.key,
        "kind": row.raw.kind.title,
        "sheet": row.raw.sheet,
        "number": row.raw.number,
        "title": row.title,
        "state": row.state,
        "word": word,
        "tone": tone,
        "faults": [[own.get(header, header), sentence] for header, sentence in row.faults],
        "notes": [row.known] if row.known else row.notes,
    }


def _judge(rows: list[RawRow], partnership: Any, reader: User) -> list[Judged]:
    """Agreements first: they may bring the cycles that the rest lies in. Answered in the order of the file."""
    judge = Judge(partnership, reader, today())
    verdicts = {}
    for kind in ORDER:
        for row in rows:
            if row.kind is kind:
                verdicts[row.key] = judge.judge(row)
    return [verdicts[row.key] for row in rows]


def _store(data: bytes, sha256: str) -> str:
    name = f"agreements/imports/{sha256[:2]}/{sha256}.xlsx"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))


class Writer:
    """Writes judged rows, and what they bring with them: earlier cycles and problems."""

    def __init__(self, workbook: WorkbookImport, by: User) -> None:
        self.workbook, self.by = workbook, by
        self.partnership = workbook.partnership
        self.brought: list[Cycle] = []
        self.problems: dict[tuple[int, str], Problem] = {}

    def write(self, row: Judged) -> None:
        makers = {AGREEMENTS.title: self._agreement, GOALS.title: self._goal, PLANS.title: self._plan}
        made = makers.get(row.raw.kind.title, self._measure)(row)
        kind = {Agreement: "agreement", Goal: "goal", Measure: "measure", ActionPlan: "plan"}[type(made)]
        ImportedRow.objects.create(
            source=self.workbook,
            partnership=self.partnership,
            sheet=row.raw.sheet[:40],
            number=row.raw.number,
            checksum=row.checksum,
            **{kind: made},
        )

    def _add(self, made: Record, row: Judged) -> None:
        made.created_by = self.by
        made.save()
        record(made, "imported", REASON, by=self.by, note=f"{self.workbook}, {row.raw.sheet}, rad {row.raw.number}")

    def _agreement(self, row: Judged) -> Agreement:
        values = row.values
        if "brings" in values:
            self._bring(*values["brings"])
        made = Agreement(
            partnership=self.partnership,
            municipality=values["owner"],
            cycle=self._cycle_on(values["starts"]),
            **columns_of(row),
        )
        self._add(made, row)
        made.parties.set([party for _, party in values["named"] if party])
        if values["is_history"]:
            frozen = history(made, row, self.workbook)
            fields = {"frozen": frozen, "checksum": canonical.checksum(frozen), "signed_on": values["signed_on"]}
            take(rules.ENTER_AGREEMENT, made, by=self.by, note="Undertecknad enligt filen, inte här.", **fields)
        return made

    def _goal(self, row: Judged) -> Goal:
        under = self._under(row)
        made = Goal(**self._work(row, under), **columns_of(row))
        self._add(made, row)
        return made

    def _measure(self, row: Judged) -> Measure:
        values, under = row.values, self._under(row)
        status = values.get("status", Measure.Status.PROPOSED)
        columns = columns_of(row)
        if status not in (Measure.Status.DONE, Measure.Status.PARTLY, Measure.Status.NOT_DONE):
            columns = {name: one for name, one in columns.items() if not name.startswith("assessment")}
        made = Measure(**self._work(row, under), type=values.get("of_type"), **columns)
        self._add(made, row)
        made.causes.set(values["tied"])
        made.goals.set(Goal.objects.filter(problem=under, pk__in=numbers(values.get("goals"), GOALS.prefix)))
        if status != Measure.Status.PROPOSED:
            take(rules.ENTER_MEASURE[status], made, by=self.by)
        return made

    def _plan(self, row: Judged) -> ActionPlan:
        values = row.values
        made = ActionPlan(
            partnership=self.partnership,
            municipality=values["owner"],
            cycle=values["in_cycle"] or self._cycle_on(values["on_day"]),
            agreement_id=values["agreement_pk"],
            **columns_of(row),
        )
        self._add(made, row)
        own = Measure.objects.filter(concerning(made.municipality), partnership=self.partnership)
        made.measures.set(own.filter(pk__in=values["of_measures"]))
        return made

    def _work(self, row: Judged, under: Problem) -> dict[str, Any]:
        """What goals and measures have in common."""
        return {
            "partnership": self.partnership,
            "cycle": under.cycle,
            "problem": under,
            "municipality": under.municipality or row.values["owner"],
            "responsible": row.values["party"],
            "agreement_id": row.values["agreement_pk"],
        }

    def _under(self, row: Judged) -> Problem:
        """The row's problem, written in the first time that it is named."""
        values = row.values
        if values["under"]:
            found: Problem = values["under"]
            return found
        cycle = values["in_cycle"] or self._cycle_on(values["on_day"])
        key = cycle.pk, values["problem"].casefold()
        if key not in self.problems:
            made = Problem(partnership=self.partnership, cycle=cycle, title=values["problem"][:200])
            self._add(made, row)
            self.problems[key] = made
        return self.problems[key]

    def _bring(self, starts: Any, ends: Any) -> None:
        """An earlier cycle for an agreement that no cycle covers, unless one before it in the file brought it."""
        if any(one.starts <= starts <= (one.last_day or starts) for one in self.brought):
            return
        name = f"Omgång {starts.year}" if starts.year == ends.year else f"Omgång {starts.year}–{ends.year}"
        reason = f"{REASON} ur {self.workbook}."
        where = {"name": name, "starts": starts, "closed_on": ends, "closed_reason": reason}
        self.brought.append(partnerships.actions.keep_earlier_cycle(self.partnership, by=self.by, **where))

    def _cycle_on(self, day: Any) -> Any:
        """The common cycle that the day lies in; None for an agreement older than all cycles."""
        found = [one for one in self.partnership.cycles.main() if one.starts <= day]
        found = [one for one in found if one.last_day is None or day <= one.last_day]
        return found[0] if found else None


def history(agreement: Agreement, row: Judged, workbook: WorkbookImport) -> dict[str, Any]:
    """The frozen text of an agreement from before, marked as read in. Its parties are names and sign nothing here."""
    named: list[tuple[str, Party | None]] = row.values["named"]
    main = Party.Kind.MAIN
    problems = [one.strip() for one in row.values.get("problems", "").split(";") if one.strip()]
    return content.of(agreement) | {
        "parties": [
            {"id": None, "name": str(party or name), "kind": main, "kind_label": main.label} for name, party in named
        ],
        "problems": [{"id": None, "title": one, "description": "", "place": "", "time": ""} for one in problems],
        "imported": {
            "file": workbook.original_name,
            "sha256": workbook.sha256,
            "sheet": row.raw.sheet,
            "row": row.raw.number,
            "on": today().isoformat(),
            "signed_on": row.values["signed_on"].isoformat(),
        },
    }
