"""Brå's yearly file of reported crimes per municipality: one total per municipality, no types of crime.

As published 2023–2025: UTF-8 with mark, semicolon, header "Kommun;Antal;Per 100 000 inv." or with "(prel.)",
names without "kommun", spaces in thousands, perhaps a last row "Hela landet". As published 2021: no header,
names as "Arjeplogs kommun", city districts among them. The year stands only in the file's name.
"""

import re
from collections.abc import Sequence

from indicators.models import Unit
from indicators.readers.figures import NotAFigure, read_figure
from indicators.readers.places import Places
from indicators.readers.results import Collector, Measure, Period, ReadResult
from lib.spreadsheets import Cell, read_table
from lib.uploads import FileRefused
from municipalities.matching import normal_form

COUNT = Measure("totalt-anmalda-antal", "Anmälda brott totalt", Unit.COUNT)
RATE = Measure("totalt-anmalda-per-100000", "Anmälda brott totalt", Unit.PER_100000)
HEADER_WITHIN = 5

NOT_THIS_FILE = (
    "Filen ser inte ut som Brås årsfil med anmälda brott per kommun. Den ska ha kolumnerna Kommun, Antal och "
    "Per 100 000 inv. Kontrollera att det är rätt fil."
)


def guess_year(file_name: str) -> int | None:
    """The year in a file name as "Anmälda brott kommunerna 2024.csv"; None if there is none, or several."""
    years = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", file_name))
    return int(years.pop()) if len(years) == 1 else None


def fits(rows: Sequence[Sequence[Cell]], places: Places) -> bool:
    """Whether the table has the file's header; without one, whether its first row is an area with two figures."""
    for row in rows[:HEADER_WITHIN]:
        titles = [normal_form(str(cell or "")) for cell in row]
        if titles[:1] == ["kommun"]:
            return all(any(one.startswith(start) for one in titles) for start in ("antal", "per 100 000 inv"))
    first = [str(cell or "") for cell in next((row for row in rows if any(row)), ())]
    return len(first) == 3 and _looks_like_figures(first) and places.find(first[0]) is not None


def read(content: bytes, places: Places, *, year: int, last_year: int) -> ReadResult:
    """The file's figures for the year. Raises FileRefused."""
    rows = read_table(content)
    start, columns, preliminary = _header(rows)
    period = Period(year, year, f"{year}", preliminary)
    collector = Collector(f"Anmälda brott per kommun {year}", places, last_year=last_year)
    for number, row in enumerate(rows[start:], start=start + 1):
        place = f"rad {number}"
        if not row:
            continue
        if len(row) <= max(columns):
            collector.leave_out(place, row[0], "Raden har för få kolumner.")
        elif area := collector.find(row[columns[0]], place):
            for measure, column in zip((COUNT, RATE), columns[1:], strict=True):
                collector.add(measure, area, period, row[column], place=f"{place}, {measure.unit}")
    result = collector.finish()
    if not result.rows:
        raise FileRefused(NOT_THIS_FILE)
    if preliminary:
        result.warnings.append("Siffrorna är preliminära och märks så tills den slutliga filen läses in.")
    return result


def _header(rows: list[list[str]]) -> tuple[int, list[int], bool]:
    """Where the figures start, the columns of name, count and rate, and whether they are preliminary."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        titles = [normal_form(title) for title in row]
        if titles[:1] != ["kommun"]:
            continue
        columns = [
            next((column for column, title in enumerate(titles) if title.startswith(start)), None)
            for start in ("kommun", "antal", "per 100 000 inv")
        ]
        found = [column for column in columns if column is not None]
        if len(found) < len(columns):
            raise FileRefused(NOT_THIS_FILE)
        return number + 1, found, any("prel" in title for title in titles)
    first = next((number for number, row in enumerate(rows) if row), None)
    if first is None or not _looks_like_figures(rows[first]):
        raise FileRefused(NOT_THIS_FILE)
    return first, [0, 1, 2], False


def _looks_like_figures(row: list[str]) -> bool:
    """Without a header the first row must be a name and two figures."""
    try:
        return len(row) >= 3 and not row[0].isdigit() and all(read_figure(cell) for cell in row[1:3])
    except NotAFigure:
        return False
