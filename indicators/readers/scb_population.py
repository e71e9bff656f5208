"""SCB's population, as the statistics database hands it out, and as lists of code, name and population.

From the database: perhaps a title line, a header with "region" and a column for each year, "Folkmängd 2024"; cells of
regions as "0114 Upplands Väsby". With more dimensions (age, sex) only whole populations and the sexes are read.
A list without any year in it needs to be told its year.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.models import Indicator, Observation, Unit
from indicators.readers import labels
from indicators.readers.kolada_export import SEX, SEXES
from indicators.readers.places import Places
from indicators.readers.results import Collector, Measure, Period, ReadResult
from lib.spreadsheets import Cell, Sheet
from lib.uploads import FileRefused
from municipalities.matching import normal_form

MEASURE = Measure("folkmangd-antal", "Folkmängd", Unit.COUNT, topic=Indicator.Topic.OTHER)
HEADER_WITHIN = 10
AREAS = ("region", "regioner", "kommun_kod", "kommunkod", "kommun", "område")
NAMES = ("kommun_namn", "kommunnamn", "namn", "kommun")
YEARS = ("år", "tid", "year")
VALUES = ("folkmängd", "population", "invånare", "antal invånare", "befolkning")
WHOLE = ("totalt", "samtliga", "total", "alla", "tot")

ASK_YEAR = "Ange vilket år filen gäller. Det står inte i filen."
PART = "Bara hela befolkningen läses in, inte delar av den."


@dataclass(frozen=True)
class Layout:
    """The row where figures begin, and the columns' places; a value's period is None where the header has no year."""

    start: int
    area: int
    name: int | None
    year: int | None
    sex: int | None
    values: dict[int, Period | None]
    others: list[int] = field(default_factory=list)

    @property
    def lacks_year(self) -> bool:
        return self.year is None and None in self.values.values()


def layout(sheets: Sequence[Sheet]) -> tuple[Sheet, Layout] | None:
    """The sheet that holds populations and how it is laid out; None when none does."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            if found := _layout([normal_form(labels.text(cell)) for cell in row], number + 1):
                return sheet, found
    return None


def read(sheet: Sheet, found: Layout, places: Places, *, year: int | None, last_year: int) -> ReadResult:
    """All figures; `year` is theirs where the file has none. Raises FileRefused when it is needed and not given."""
    if found.lacks_year and year is None:
        raise FileRefused(ASK_YEAR)
    given = Period(year, year, f"{year}") if year else None
    collector = Collector("Folkmängd från SCB", places, last_year=last_year)
    for number, row in enumerate(sheet.rows[found.start :], start=found.start + 1):
        _read_row([labels.text(cell) for cell in row], row, found, collector, (number, given))
    result = collector.finish()
    if result.rows and all(row.sex != Observation.Sex.ALL for row in result.rows):
        result.warnings.append(
            "Filen har bara kvinnor och män var för sig. Hämta den med båda könen tillsammans, så syns de i diagrammen."
        )
    return result


def _read_row(
    words: list[str], row: Sequence[Cell], found: Layout, collector: Collector, at: tuple[int, Period | None]
) -> None:
    number, given = at
    words += [""] * (max(found.area, found.name or 0, found.year or 0, found.sex or 0, *found.others, 0) + 1)
    label = _label(words, found)
    if not label or not any(words[column] for column in found.values if column < len(row)):
        return  # an empty row, or a note under the table
    if part := next((words[one] for one in found.others if not _is_whole(words[one])), None):
        collector.leave_out_alike(number, part, PART)
        return
    sex = SEXES.get(normal_form(words[found.sex])) if found.sex is not None else Observation.Sex.ALL
    area = collector.find(label, f"rad {number}")
    if area is None or sex is None:
        if area:
            collector.leave_out(f"rad {number}", words[found.sex or 0], PART)
        return
    for column, period in found.values.items():
        period = labels.period_of(words[found.year]) if found.year is not None else period or given
        if period is None:
            collector.leave_out(f"rad {number}", label, labels.NO_YEAR)
        elif column < len(row):
            collector.add(MEASURE, area, period, row[column], place=f"rad {number}, {period.label}", sex=sex)


def _label(words: list[str], found: Layout) -> str:
    """Code and name together; Excel takes the first zero of a code."""
    label = words[found.area]
    if label.isdigit() and len(label) == 3:
        label = f"0{label}"
    return f"{label} {words[found.name]}".strip() if found.name is not None else label


def _is_whole(words: str) -> bool:
    return not words or normal_form(words).startswith(WHOLE)


def _layout(titles: list[str], start: int) -> Layout | None:
    area = next((titles.index(name) for name in AREAS if name in titles), None)
    values = {column: labels.period_within(one) for column, one in enumerate(titles) if _is_value(one)}
    if area is None or not values:
        return None
    is_code = "kod" in titles[area]
    name = next((titles.index(one) for one in NAMES if is_code and one in titles), None)
    year = next((titles.index(one) for one in YEARS if one in titles), None)
    sex = titles.index(SEX) if SEX in titles else None
    known = {area, name, year, sex, *values}
    others = [column for column, title in enumerate(titles) if title and column not in known]
    return Layout(start, area, name, year, sex, values, others)


def _is_value(title: str) -> bool:
    """ "Folkmängd 2024", "population"; never a change, a share or a density of it."""
    return normal_form(labels.subject_of(title)) in VALUES
