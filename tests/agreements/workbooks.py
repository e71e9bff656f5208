"""Workbooks to send in: sheets of rows as people write them."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

MEASURE = {
    "Problem": "Otrygghet i centrum",
    "Åtgärd": "Hot spot-patrullering",
    "Slag": "Närvaro och kontroll",
    "Prevention": "Situationell",
    "Plats": "Torget",
    "Ansvarig part": "Polisen, lokalpolisområde Södra Lappland",
    "Ansvarig funktion": "Områdespolis",
    "Start": "2026-03-01",
}
AGREEMENT = {
    "Titel": "Överenskommelse 2018–2019",
    "Parter": "Polisen; Lycksele kommun",
    "Gäller från och med": "2018-01-01",
    "Gäller till och med": "2019-12-31",
    "Undertecknad den": "2018-02-12",
    "Syfte": "Tryggare centrum.",
}


def book(sheets, *, change=None):
    """The bytes of a workbook; each sheet is a list of rows as dicts, the first one's keys are the headers."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        headers = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append(headers)
        for row in rows:
            sheet.append([row.get(name) for name in headers])
    if change:
        change(made)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def upload(data, name="plan.xlsx"):
    return SimpleUploadedFile(name, data)


def measures(*changes, title="Åtgärder"):
    """A sheet of measures, one for each change of the plain one."""
    return book({title: [MEASURE | change for change in changes]})
