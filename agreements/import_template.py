"""The workbook to fill in: the same sheets and headers as the export, an example in each, and a page of help."""

import io
from typing import Any

import xlsxwriter

from agreements.exporting import SETTINGS, Looks, head
from agreements.import_reading import EXAMPLE, HELP_SHEET, READ, REQUIRED_COLUMNS
from agreements.models import ActionPlan, Agreement, Goal, Measure
from agreements.sheets import SheetKind
from lib.swedish import listing

EXAMPLES: dict[str, dict[str, str]] = {
    "Överenskommelser": {
        "title": "Överenskommelse 2018–2019",
        "kind": "Samlad överenskommelse",
        "parties": "Polisen; Kommunen",
        "starts": "2018-01-01",
        "ends": "2019-12-31",
        "signed_on": "2018-02-12",
        "areas": "Trygghet\nUngdomar i riskzon",
    },
    "Mål": {
        "problem": "Otrygghet i centrum",
        "text": "Andelen otrygga ska minska",
        "kind": "Effektmål",
        "direction": "Minska",
        "unit": "procent",
        "baseline": "38",
        "baseline_period": "2017",
        "target": "30",
        "ends": "2019-12-31",
        "responsible": "Kommunen",
    },
    "Åtgärder": {
        "problem": "Otrygghet i centrum",
        "title": "Hot spot-patrullering",
        "kind": "Närvaro och kontroll",
        "prevention": "Situationell",
        "place": "Torget",
        "responsible": "Polisen",
        "function": "Områdespolis",
        "starts": "2018-03-01",
        "ends": "2019-11-30",
        "planned_count": "40",
        "unit": "pass",
        "status": "Genomförd",
        "assessment": "Grön",
        "assessment_text": "Färre anmälda misshandelsbrott på torget.",
    },
    "Åtgärdsplaner": {"title": "Åtgärdsplan 2018", "starts": "2018-01-01", "ends": "2018-12-31"},
}
HELP = [
    "Fyll i de blad du behöver. En rad är en sak. Rader som börjar med EXEMPEL läses inte in.",
    "Kolumner får stå i vilken ordning som helst och får saknas, utom de som behövs (nedan).",
    "Lämna Id tomt. Det används för att känna igen det som redan finns, till exempel ÅTG-123.",
    "Datum skrivs som 2018-03-01. Bara ett år går också bra: då räknas årets första eller sista dag.",
    "Åtgärder hör till den samverkansomgång som startdatumet ligger i. Finns ingen sådan omgång: ta med "
    "överenskommelsen från den tiden, så läggs omgången in.",
    "En överenskommelse som har slutat gälla läses in som historia, med texten ”Inläst i efterhand”. En som gäller än "
    "läses in som utkast, så att parterna kan skriva under här.",
    "Skriv aldrig uppgifter som kan kopplas till en enskild person.",
]


def build() -> bytes:
    """The bytes of an .xlsx."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, SETTINGS | {"in_memory": True, "constant_memory": False}) as book:
        looks = Looks(book)
        _help(book.add_worksheet(HELP_SHEET), looks)
        for kind in READ:
            _sheet(book.add_worksheet(kind.title), looks, kind)
    return data.getvalue()


def _sheet(sheet: Any, looks: Looks, kind: SheetKind) -> None:
    head(sheet, looks, kind.columns)
    sheet.freeze_panes(1, 1)
    example = {"id": EXAMPLE} | EXAMPLES[kind.title]
    for place, column in enumerate(kind.columns):
        sheet.write_string(1, place, example.get(column.name, ""))


def _help(sheet: Any, looks: Looks) -> None:
    sheet.set_column(0, 0, 110)
    lines = [*HELP, "", *(_needed(kind) for kind in READ), "", *_words()]
    sheet.write_string(0, 0, "Så fyller du i", looks.head)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)


def _needed(kind: SheetKind) -> str:
    names = [kind.headers[name] for name in REQUIRED_COLUMNS[kind.title]]
    return f"Bladet {kind.title} behöver: {listing(names)}."


def _words() -> list[str]:
    """What may be written where there are only some words to choose among."""
    chosen: list[tuple[str, Any]] = [
        ("Överenskommelser, Typ", Agreement.Kind),
        ("Mål, Slag", Goal.Kind),
        ("Mål, Rörelse", Goal.Direction),
        ("Åtgärder, Slag", Measure.Kind),
        ("Åtgärder, Prevention", Measure.Prevention),
        ("Åtgärder, Evidens", Measure.Evidence),
        ("Åtgärder, Läge", Measure.Status),
        ("Åtgärder, Bedömning", Measure.Assessment),
        ("Åtgärdsplaner, Slag", ActionPlan.Kind),
    ]
    return [f"{where}: {listing([str(label) for label in words.labels])}." for where, words in chosen]
