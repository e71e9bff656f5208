"""A workbook as Brå's for one municipality, with invented figures: for demos and for trying out the import.

Every sheet says "Demodata" in its title. The same municipality and seed give the same figures, of a plausible
size: the nation's level, a county a little off it, a municipality further off and more unsteady the smaller it is.
County and nation have the same figures in every municipality's workbook, as they have in Brå's.
"""

import datetime as dt
import io
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from municipalities.models import Municipality

YEARS = range(2016, 2026)
SURVEY_YEARS = range(2017, 2026)
NATION_POPULATION = 10_500_000
COUNTY_POPULATION = 480_000
SUPPRESSED = ".."
NOTE = "Demodata – påhittade siffror."
# Figures that rest on fewer answers than this are withheld.
FEWEST_ANSWERS = 35
FEWEST_CRIMES = 3

Written = str | int | float
Rows = Iterator[list[Written]]

# Sheet, what the title says, the nation's level (per 100 000 inhabitants; percent), and its change per year.
REPORTED: tuple[tuple[str, str, float, float], ...] = (
    ("Totalt (anmälda)", "Anmälda brott totalt", 14_300, -0.006),
    ("Skadegörelsebrott (anmälda)", "Anmälda skadegörelsebrott", 1_950, -0.012),
    ("Narkotikabrott (anmälda)", "Anmälda narkotikabrott", 1_150, 0.02),
    ("Våld utomhus vuxna (anmälda)", "Anmäld misshandel utomhus mot vuxna", 190, -0.015),
    ("Personrån barn (anmälda)", "Anmälda personrån mot barn", 12, 0.01),
    ("Stöldbrott (anmälda)", "Anmälda stöldbrott", 3_400, -0.035),
    ("Bilbrott (anmälda)", "Anmälda bilbrott", 720, -0.03),
    ("Bostadsinbrott (anmälda)", "Anmälda bostadsinbrott", 150, -0.06),
)
SURVEY: tuple[tuple[str, str, float, float], ...] = (
    ("Misshandel-NTU", "Andel utsatta för misshandel", 2.9, 0.0),
    ("Sexualbrott-NTU", "Andel utsatta för sexualbrott", 4.8, -0.01),
    ("Rån-NTU", "Andel utsatta för personrån", 1.3, 0.0),
    ("Försäljningsbedrägeri-NTU", "Andel utsatta för försäljningsbedrägeri", 5.4, 0.02),
    ("Kort_kreditbedrägeri-NTU", "Andel utsatta för kort- eller kreditbedrägeri", 5.1, 0.03),
    ("Cykelstöld-NTU", "Andel hushåll utsatta för cykelstöld", 10.2, -0.03),
    ("Otrygghet utomhus-NTU", "Andel otrygga vid utevistelse sent på kvällen", 27.5, -0.005),
    ("Oro för misshandel-NTU", "Andel som ofta oroar sig för misshandel", 11.8, 0.0),
    ("Oro för sexualbrott-NTU", "Andel som ofta oroar sig för sexualbrott", 9.6, -0.01),
    ("Oro för rån-NTU", "Andel som ofta oroar sig för rån", 11.2, -0.01),
    ("Oro för bostadsinbrott-NTU", "Andel som ofta oroar sig för bostadsinbrott", 21.0, -0.03),
    ("Oro stöld skadegörelse bil-NTU", "Andel som ofta oroar sig för stöld av eller skada på bil", 14.4, -0.02),
    ("Valt annan väg-NTU", "Andel som valt annan väg på grund av oro", 20.3, -0.01),
    ("Avstått aktivitet-NTU", "Andel som avstått från aktivitet på grund av oro", 10.1, -0.01),
    ("Skadegörelse-NTU", "Andel som ser skadegörelse som ett problem i området", 19.7, -0.01),
    ("Klotter-NTU", "Andel som ser klotter som ett problem i området", 15.3, -0.01),
    ("Fortkörning-NTU", "Andel som ser fortkörning som ett problem i området", 44.2, 0.0),
    ("Störande körning-NTU", "Andel som ser störande körning som ett problem i området", 30.8, 0.0),
    ("Påverkad alkohol droger-NTU", "Andel som ser påverkade personer som ett problem i området", 24.5, 0.0),
    ("Gäng i området-NTU", "Andel som ser gäng som ett problem i området", 14.9, -0.01),
    ("Öppen narkotikahandel-NTU", "Andel som ser öppen narkotikahandel som ett problem i området", 13.6, 0.0),
)
# The questions that Brå gives as rows of areas under merged years; the others are rows of years with intervals.
MERGED = {"Sexualbrott-NTU", "Rån-NTU", "Cykelstöld-NTU"}


@dataclass(frozen=True)
class Area:
    """A row or block of a sheet: how far the area lies from the nation, and how large and unsteady it is."""

    name: str
    level: float
    population: int
    unsteadiness: float
    answers: int
    chance: random.Random
    is_own: bool = False


@dataclass(frozen=True)
class Course:
    """How a figure goes: the nation's level the first year, and the yearly change there and in the municipality."""

    level: float
    change: float
    years: Sequence[int]
    own_change: float


def build(municipality: Municipality, *, seed: int = 0, changes: Mapping[str, float] | None = None) -> bytes:
    """The bytes of an .xlsx in the layouts of Brå's workbook; see indicators.readers.bra_workbook.

    `changes` gives by sheet how the municipality's figures change each year, where it is not as the nation's do.
    """
    changes = changes or {}
    areas = _areas(municipality, seed)
    where = f"i {municipality.formal_name}, {municipality.county.name} och hela landet"
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        # A fixed day of making, so that the same figures are the same bytes.
        book.set_properties({"title": "Demodata", "created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        for sheet, title, level, change in REPORTED:
            rows = _reported(areas, Course(level, change, YEARS, changes.get(sheet, change)))
            _write(book, sheet, [f"{NOTE} {title} {where}, 2016–2025"], rows)
        for sheet, title, level, change in SURVEY:
            shape = _areas_down if sheet in MERGED else _years_down
            rows = shape(areas, Course(level, change, SURVEY_YEARS, changes.get(sheet, change)))
            _write(book, sheet, [f"{NOTE} {title} {where}, enligt NTU 2017–2025. Andel (%)"], rows)
    return content.getvalue()


def _areas(municipality: Municipality, seed: int) -> list[Area]:
    population = municipality.population or 15_000
    county = municipality.county
    own, shared, nation = (random.Random(f"{code}/{seed}") for code in (municipality.code, county.code, "00"))
    unsteadiness = 4 / math.sqrt(population)
    return [
        Area(
            municipality.name,
            own.uniform(0.7, 1.05),
            population,
            unsteadiness,
            round(population * 0.008),
            own,
            is_own=True,
        ),
        Area(county.name, shared.uniform(0.85, 1.0), COUNTY_POPULATION, 0.02, 3_900, shared),
        Area("Hela landet", 1.0, NATION_POPULATION, 0.01, 74_000, nation),
    ]


def _reported(areas: list[Area], course: Course) -> Rows:
    """Rows of areas; count and rate side by side for each year."""
    yield ["Område", *(title for year in course.years for title in (f"Antal {year}", f"Antal per 100 000 inv {year}"))]
    for area in areas:
        row: list[Written] = [area.name]
        for year in course.years:
            count = round(_level(area, course, year) * area.population / 100_000)
            row += [SUPPRESSED] * 2 if 0 < count < FEWEST_CRIMES else [count, round(count / area.population * 100_000)]
        yield row


def _areas_down(areas: list[Area], course: Course) -> Rows:
    """Rows of areas under merged years, shares alone."""
    pairs = [(year, year + 1) for year in course.years[:-1:2]]
    yield ["Område", *(f"{first}/{second}" for first, second in pairs)]
    for area in areas:
        withheld = 2 * area.answers < FEWEST_ANSWERS
        yield [
            area.name,
            *(SUPPRESSED if withheld else round(_level(area, course, year), 1) for year, _ in pairs),
        ]


def _years_down(areas: list[Area], course: Course) -> Rows:
    """Rows of years under blocks of areas, shares with the ends of their intervals."""
    yield ["", *(name for area in areas for name in (area.name, "", ""))]
    yield ["År", *(["Andel", "KI undre gräns", "KI övre gräns"] * len(areas))]
    for year in course.years:
        row: list[Written] = [year]
        for area in areas:
            level = _level(area, course, year)
            error = math.sqrt(level * (100 - level) / max(area.answers, 1))
            share = min(max(level + area.chance.gauss(0, error / 2), 0.1), 100)
            margin = 1.96 * error
            ends = [share, max(share - margin, 0), min(share + margin, 100)]
            row += [SUPPRESSED] * 3 if area.answers < FEWEST_ANSWERS else [round(end, 1) for end in ends]
        yield row


def _level(area: Area, course: Course, year: int) -> float:
    drift = (1 + (course.own_change if area.is_own else course.change)) ** (year - course.years[0])
    return max(course.level * area.level * drift * (1 + area.chance.gauss(0, area.unsteadiness)), 0.1)


def _write(book: xlsxwriter.Workbook, name: str, title: list[Written], rows: Rows) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate([title, *rows]):
        sheet.write_row(number, 0, row)
