"""Small files in the layouts that Brå publishes, to be read in by tests."""

import datetime as dt
import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

NATION = "Hela landet"
COUNTY = "Västerbottens län"
TOTAL = "Totalt (anmälda)"
SURVEY = "Otrygghet utomhus-NTU"


def workbook(sheets):
    """An .xlsx of sheets by name, each a list of rows; a cell that begins with "=" is a formula without value."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, column, cell, None, "")
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return content.getvalue()


def reported(*rows, years=(2023, 2024)):
    """A sheet of reported crimes: for each area, count and rate of each year."""
    header = ["", *(title for year in years for title in (f"Antal {year}", f"Antal per 100 000 inv {year}"))]
    return [["Anmälda brott i Lycksele, Västerbottens län och hela landet"], header, *map(list, rows)]


def years_down(*rows, areas=("Lycksele", NATION)):
    """A sheet of the survey, a row per year, blocks of areas with intervals."""
    names = ["", *(cell for area in areas for cell in (area, "", ""))]
    header = ["År", *(["Andel", "KI undre gräns", "KI övre gräns"] * len(areas))]
    return [["Otrygga, enligt NTU 2017–2024. Andel (%)"], names, header, *map(list, rows)]


def areas_down(*rows, periods=("2017/2018", "2019/2020")):
    """A sheet of the survey, a row per area under merged years."""
    return [["Otrygga, enligt NTU. Andel (%)"], ["Område", *periods], *map(list, rows)]


def lycksele_workbook(count=1500, rate=12400):
    """Reported crimes of two years for municipality, county and nation: twelve figures."""
    return workbook(
        {
            TOTAL: reported(
                ["Lycksele", 1450, 11900, count, rate],
                [COUNTY, 33000, 11800, 33500, 11950],
                [NATION, 1480000, 14000, 1489319, 14087],
            )
        }
    )


def yearly(*lines, header="Kommun;Antal;Per 100 000 inv.", encoding="utf-8-sig"):
    """Brå's yearly file; no header where it is empty."""
    return "\r\n".join([*([header] if header else []), *lines, ""]).encode(encoding)


def sent(content, name="Lycksele.xlsx"):
    """The file as a page receives it."""
    return SimpleUploadedFile(name, content)
