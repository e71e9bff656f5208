"""From a workbook that somebody else made to rows of cells by field: sheets and headers are recognised by their words.

Columns may be renamed, reordered or missing, the first rows may be titles, cells may be merged. Nothing is judged here.
"""

import html
import io
import re
import zipfile
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_cell_to_rowcol

from agreements.sheets import AGREEMENTS, BESIDE, GOALS, LOG, MEASURES, PLANS, SheetKind
from lib.spreadsheets import Cell, Sheet, read_workbook
from lib.uploads import FileRefused

READ = (AGREEMENTS, GOALS, MEASURES, PLANS)
MOST_ROWS = 900  # as many as one form may choose among
MOST_MERGED = 50_000  # rows of merged cells
LOOKED_FOR_HEADERS = 20
HELP_SHEET = "Så fyller du i"
EXAMPLE = "EXEMPEL"
# What goes out only: read in, a log or a signature would say that something happened that nobody here has seen.
UNREAD_SHEETS = {LOG.title, HELP_SHEET, *(kind.title for kind in BESIDE)}

# What must be there for a row to mean anything: without that column a sheet is not of the kind.
KEY: dict[str, str] = {"Överenskommelser": "title", "Mål": "text", "Åtgärder": "title", "Åtgärdsplaner": "title"}
SHEET_WORDS: dict[str, tuple[str, ...]] = {
    "Överenskommelser": ("överenskommelse", "samverkansavtal", "avtal"),
    "Mål": ("mål",),
    "Åtgärdsplaner": ("åtgärdsplaner", "planer"),
    "Åtgärder": ("åtgärd", "aktivitet", "insats", "åtagande", "handlingsplan", "genomförande"),
}
# Headers as they stand in real plans, beside our own: the words of 2008 and the template of 2010 among them.
_STARTS, _ENDS = ("start", "startdatum", "från", "från och med", "börjar", "när"), ("slut", "slutdatum", "till")
_STATUS = ("status", "läge")
SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "Överenskommelser": {
        "title": ("överenskommelse", "samverkansöverenskommelse", "samverkansavtal", "avtal", "rubrik", "namn"),
        "parties": ("avtalsparter", "part"),
        "starts": (*_STARTS, "gäller från"),
        "ends": (*_ENDS, "gäller till"),
        "signed_on": ("undertecknad", "underskriven", "datum för underskrift"),
        "area": ("geografiskt område",),
        "areas": ("fokusområden", "områden", "samverkansområden", "prioriterade områden"),
        "causes": ("orsaker",),
        "background": ("problembild", "lägesbild"),
        "overall_goal": ("mål",),
        "diary_municipality": ("diarienummer", "dnr"),
        "follow_up": ("uppföljning",),
    },
    "Mål": {
        "problem": ("problemområde", "prioriterat problem", "fokusområde", "problembild"),
        "text": ("målformulering", "effektmål", "operativt mål"),
        "kind": ("typ", "måltyp"),
        "own_indicator": ("mått", "eget mått", "mätetal"),
        "baseline": ("baslinje", "nuläge"),
        "baseline_period": ("baslinjens period",),
        "ends": ("senast", "måldatum", *_ENDS),
        "starts": _STARTS,
        "responsible": ("ansvarig", "part"),
    },
    "Åtgärder": {
        "problem": ("problemområde", "prioriterat problem", "fokusområde", "problembild", "område"),
        "title": ("aktivitet", "insats", "åtagande"),
        "description": ("innehåll", "arbetssätt", "så gör vi"),
        "causes": ("orsak",),
        "goals": ("operativa mål", "mål"),
        "kind": ("kategori", "typ av åtgärd"),
        "place": ("var",),
        "responsible": ("ansvarig organisation", "part"),
        "function": ("funktion", "vem", "ansvarig"),
        "starts": _STARTS,
        "ends": _ENDS,
        "planned_count": ("antal",),
        "unit": ("enhet",),
        "status": _STATUS,
        "assessment_text": ("resultat", "uppföljning"),
    },
    "Åtgärdsplaner": {
        "title": ("åtgärdsplan", "åtagandeplan", "aktivitetsplan", "handlingsplan", "genomförandeplan", "namn"),
        "starts": (*_STARTS, "gäller från"),
        "ends": (*_ENDS, "gäller till"),
        "follow_up": ("uppföljning",),
        "adopted_by": ("beslutad av",),
        "adopted_on": ("beslutad den", "beslutsdatum"),
    },
}
_NOT_LETTERS = re.compile(r"[^a-zåäöé0-9]+")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)=["']([^"']*)["']""")
_RELATION = re.compile(r"<Relationship\s[^<>]*>")
_MERGED = re.compile(r"""<(?:\w+:)?mergeCell\s[^<>]*ref=["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']""")


@dataclass(frozen=True)
class RawRow:
    """A row with its cells by the field that their header means."""

    kind: SheetKind
    sheet: str
    number: int
    cells: dict[str, Cell]

    @property
    def key(self) -> str:
        return f"{self.sheet}:{self.number}"


@dataclass
class Reading:
    """All rows of a workbook that can mean something, what the headers were called, and what was left out."""

    rows: list[RawRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    headers: dict[tuple[str, str], str] = field(default_factory=dict)


def read(content: bytes) -> Reading:
    """The workbook's rows. Raises FileRefused."""
    book = read_workbook(content)
    reading = Reading(warnings=list(book.warnings))
    merged = _merged(content)
    for sheet in book.sheets:
        if sheet.name not in UNREAD_SHEETS:
            _read_sheet(_filled(sheet, merged.get(sheet.name, [])), reading)
    if not reading.rows:
        raise FileRefused(
            "Filen har inga rader att läsa in. Hämta mallen, fyll i bladen och skicka in den: rubrikerna ska stå "
            "ovanför raderna."
        )
    if len(reading.rows) > MOST_ROWS:
        raise FileRefused(f"Filen har fler än {MOST_ROWS} rader. Dela upp den i flera filer.")
    return reading


def _read_sheet(sheet: Sheet, reading: Reading) -> None:
    found = _headers(sheet)
    if found is None:
        if any(any(cell not in (None, "") for cell in row) for row in sheet.rows):
            reading.warnings.append(f"Bladet {sheet.name} har inga rubriker som känns igen och läses inte in.")
        return
    kind, place, columns = found
    if missing := [kind.headers[name] for name in REQUIRED_COLUMNS[kind.title] if name not in columns]:
        reading.warnings.append(f"Bladet {sheet.name} saknar kolumner som behövs: {', '.join(missing)}.")
    for name, column in columns.items():
        reading.headers[sheet.name, name] = str(sheet.rows[place][column]).strip()
    for number, row in enumerate(sheet.rows[place + 1 :], start=place + 2):
        cells = {name: row[column] for name, column in columns.items() if column < len(row)}
        filled = {name: cell for name, cell in cells.items() if cell not in (None, "") and str(cell).strip()}
        if filled and not str(filled.get("id", "")).startswith(EXAMPLE):
            reading.rows.append(RawRow(kind, sheet.name, number, filled))


# What every row must have.
REQUIRED_COLUMNS: dict[str, tuple[str, ...]] = {
    "Överenskommelser": ("title", "starts"),
    "Mål": ("problem", "text", "direction", "responsible"),
    "Åtgärder": ("problem", "title", "kind", "prevention", "responsible", "function", "starts"),
    "Åtgärdsplaner": ("title", "starts"),
}


def _headers(sheet: Sheet) -> tuple[SheetKind, int, dict[str, int]] | None:
    """The kind that most headers speak for, the row that they stand in, and each field's column."""
    best: tuple[int, SheetKind, int, dict[str, int]] | None = None
    for place, row in enumerate(sheet.rows[:LOOKED_FOR_HEADERS]):
        for kind in READ:
            columns = _columns(kind, row)
            score = len(columns) * 2 + any(word in sheet.name.lower() for word in SHEET_WORDS[kind.title])
            if KEY[kind.title] in columns and len(columns) >= 2 and (best is None or score > best[0]):
                best = score, kind, place, columns
    return best[1:] if best else None


def _columns(kind: SheetKind, row: tuple[Cell, ...]) -> dict[str, int]:
    """Field → column. Our own header goes before a synonym, the first of two alike before the second."""
    words = [plain(cell) for cell in row]
    found: dict[str, int] = {}
    for names in (_own(kind), SYNONYMS[kind.title]):
        for name, headers in names.items():
            for header in headers:
                place = next((n for n, word in enumerate(words) if word == plain(header)), None)
                if place is not None and name not in found and place not in found.values():
                    found[name] = place
    return found


def _own(kind: SheetKind) -> dict[str, tuple[str, ...]]:
    return {name: (header,) for name, header in kind.headers.items()}


def plain(cell: Cell) -> str:
    """A header or a name as it is compared: small letters, no signs."""
    return _NOT_LETTERS.sub(" ", str(cell or "").lower()).strip()


# --- Merged cells ---------------------------------------------------------------------------------------------------


def _filled(sheet: Sheet, merged: list[tuple[int, int, int, int]]) -> Sheet:
    """The sheet where every part of a merged cell has its value; ranges reach no further than the rows do."""
    if not merged:
        return sheet
    rows = [list(row) for row in sheet.rows]
    if sum(max(min(bottom, len(rows)) - top + 1, 0) for _, top, _, bottom in merged) > MOST_MERGED:
        raise FileRefused(f"Bladet {sheet.name} har för många sammanfogade celler. Dela dem i Excel och försök igen.")
    for left, top, right, bottom in merged:
        if top > len(rows) or left > len(rows[top - 1]):
            continue
        value = rows[top - 1][left - 1]
        for row in rows[top - 1 : bottom]:
            last = min(right, max(len(row), left))
            row.extend([None] * (last - len(row)))
            row[left - 1 : last] = [value] * (last - left + 1)
    return Sheet(sheet.name, [tuple(row) for row in rows])


def _merged(content: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Ranges of merged cells by sheet, as (left, top, right, bottom). The workbook has been inspected already."""
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        targets = _targets(_text(archive, "xl/_rels/workbook.xml.rels", names))
        for tag in _SHEET.findall(_text(archive, "xl/workbook.xml", names)):
            attributes = dict(_ATTRIBUTE.findall(tag))
            part = targets.get(attributes.get("r:id", ""), "")
            ranges = _MERGED.findall(_text(archive, part, names))
            if ranges:
                name = html.unescape(attributes.get("name", ""))
                found[name] = [_corners(one) for one in ranges]
    return found


def _corners(merged: str) -> tuple[int, int, int, int]:
    first, _, last = merged.partition(":")
    (top, left), (bottom, right) = xl_cell_to_rowcol(first), xl_cell_to_rowcol(last or first)
    return left + 1, top + 1, right + 1, bottom + 1


def _targets(relations: str) -> dict[str, str]:
    """Part by the id that the list of sheets knows it by."""
    pairs = [dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(relations)]
    return {one.get("Id", ""): _part(one.get("Target", "")) for one in pairs}


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _text(archive: zipfile.ZipFile, part: str, names: set[str]) -> str:
    return archive.read(part).decode("utf-8", "replace") if part in names else ""
