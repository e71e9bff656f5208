"""An action plan as an Excel workbook: one row per measure, with the numbers by which the system knows things."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter

from agreements import plan_content
from agreements.models import ActionPlan

# Header, width, and what stands there. The first columns are stable numbers: by them a row is known again.
COLUMNS: list[tuple[str, int]] = [
    ("Åtgärd, id", 11),
    ("Problem, id", 11),
    ("Orsak, id", 11),
    ("Problem", 30),
    ("Nummer", 9),
    ("Orsak", 40),
    ("Åtgärd", 40),
    ("Beskrivning", 40),
    ("Operativa mål", 40),
    ("Före-värde", 30),
    ("Start", 12),
    ("Slut", 12),
    ("Ansvarig part", 28),
    ("Ansvarig funktion", 24),
    ("Medverkande", 36),
    ("Moment", 40),
    ("Kommun", 16),
    ("Plats", 24),
    ("Åtgärdstyp", 24),
    ("Slag", 22),
    ("Prevention", 14),
    ("Metod", 20),
    ("Evidens", 16),
    ("Timmar", 9),
    ("Kronor", 11),
    ("Finansiering", 24),
    ("Uppföljning", 20),
    ("Kommentar till uppföljningen", 36),
    ("Skäl när orsak saknas", 36),
]
DAYS = {"Start", "Slut"}
LONGEST = 32_767  # characters in a cell; Excel holds no more
CUT = " … (hela texten finns i systemet)"


def written(plan: ActionPlan) -> IO[bytes]:
    """The workbook as an open file at its beginning; rows are written as they come, so memory stays flat."""
    content = plan_content.shown(plan)
    # Not closed here: the answer that sends it closes it, and with that it is gone.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        # A fixed day of making, so that the same plan is the same bytes.
        book.set_properties({"title": content["title"], "created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        _plan(book, content)
        _facts(book, plan, content)
    file.seek(0)
    return file


def _plan(book: xlsxwriter.Workbook, content: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Åtgärdsplan")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for number, cells in enumerate(rows(content), start=1):
        for column, ((name, _), value) in enumerate(zip(COLUMNS, cells, strict=True)):
            if value is None or value == "":
                continue
            if name in DAYS:
                sheet.write_datetime(number, column, dt.datetime.fromisoformat(value), day)
            elif isinstance(value, int):
                sheet.write_number(number, column, value, text)
            else:
                sheet.write_string(number, column, _cut(value), text)


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[: LONGEST - len(CUT)] + CUT


def rows(content: dict[str, Any]) -> Iterator[list[Any]]:
    """One row per measure, under the cause where it stands. The other causes it is aimed at are named beside it."""
    pointing: dict[int, list[str]] = {}
    for group in content["groups"]:
        for row in group["rows"]:
            if row["see"]:
                pointing.setdefault(row["see"]["id"], []).append(f"{row['cause']['number']}. {row['cause']['text']}")
    for group in content["groups"]:
        for row in group["rows"]:
            if row["measure"]:
                yield _cells(group["problem"], row, pointing.get(row["measure"]["id"], []))


def _cells(problem: dict[str, Any], row: dict[str, Any], others: list[str]) -> list[Any]:
    measure, cause = row["measure"], row["cause"]
    causes = [f"{cause['number']}. {cause['text']}", *others] if cause else []
    return [
        measure["id"],
        problem["id"],
        cause["id"] if cause else None,
        problem["title"],
        row["number"],
        "\n".join(causes),
        measure["title"],
        measure["description"],
        "\n".join([*(goal["text"] for goal in measure["goals"]), measure["planned"]]).strip(),
        measure["baseline"],
        measure["starts"],
        measure["ends"],
        measure["party"],
        measure["function"],
        "\n".join(measure["participants"]),
        "\n".join(part["text"] for part in measure["parts"]),
        measure["municipality"],
        measure["place"],
        measure["type"],
        measure["kind"],
        measure["prevention"],
        measure["method"],
        measure["evidence"],
        measure["hours"],
        measure["kronor"],
        measure["funding"],
        measure["follow_up"]["word"],
        measure["follow_up"]["text"],
        row["reason"],
    ]


def _facts(book: xlsxwriter.Workbook, plan: ActionPlan, content: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Om planen")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 80, wrap)
    decision = content["decision"] or {}
    facts = [
        ("Plan, id", str(plan.pk)),
        ("Titel", content["title"]),
        ("Slag", content["kind_label"]),
        ("Samverkan", content["partnership"]),
        ("Kommun", content["municipality"] or "hela samverkan"),
        ("Gäller från och med", content["starts"]),
        ("Gäller till och med", content["ends"] or "tills vidare"),
        ("Läge", plan.state_word),
        ("Beslutat av", decision.get("by", "")),
        ("Beslutsdag", decision.get("day", "")),
        ("Protokoll", decision.get("reference", "")),
        ("Kontrollsumma", plan.checksum),
        *((one["label"], one["text"]) for one in content["texts"]),
    ]
    for number, (label, text) in enumerate(facts):
        sheet.write_string(number, 0, label)
        sheet.write_string(number, 1, _cut(text or "–"))
