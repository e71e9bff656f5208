"""SKR's workbook Öppna jämförelser Trygghet och säkerhet: a row per municipality, a column per indicator.

The sheet is called "Indikatorer i bostavsordning" (spelt so); its header is the row whose first cell is "K-kod", and
below it stand headings of counties and rows of summaries between the municipalities. Years stand in the columns'
titles, or the file must be told its year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.readers import labels
from indicators.readers.places import Place, Places
from indicators.readers.results import Collector, Measure, Period, ReadResult
from lib.spreadsheets import Cell, Sheet
from lib.swedish import plural
from lib.uploads import FileRefused
from municipalities.matching import normal_form

CODE = "k kod"
HEADER_WITHIN = 20
NAMES = {"kommun", "kommunnamn", "kommuner", "namn", "län", "länskod", "länsnamn", "kommungrupp"}
SHOWN_COLUMNS = 4
ASK_YEAR = "Ange vilket år filen gäller. Det står inte i filens rubriker."
NO_INDICATORS = "Ingen kolumn har en rubrik som anger enheten, till exempel ”per 1 000 invånare”."
NO_CODE = "Raden saknar kommunkod: rubriker och sammanfattningar läses inte in."


@dataclass(frozen=True)
class Layout:
    """The row where figures begin, each column's indicator and period, and the titles that have no unit of ours."""

    start: int
    columns: dict[int, tuple[Measure, Period | None]]
    passed_over: list[str]

    @property
    def lacks_year(self) -> bool:
        return any(period is None for _, period in self.columns.values())


def layout(sheets: Sequence[Sheet]) -> tuple[Sheet, Layout] | None:
    """The sheet with the indicators and how it is laid out; None when there is none."""
    named = sorted(sheets, key=lambda sheet: "indikatorer" not in normal_form(sheet.name))
    for sheet in named:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            if row and normal_form(labels.text(row[0])) == CODE:
                return sheet, _layout([labels.text(cell) for cell in row], number + 1)
    return None


def read(sheet: Sheet, found: Layout, places: Places, *, year: int | None, last_year: int) -> ReadResult:
    """All figures; `year` is theirs where a column's title has none. Raises FileRefused when it is needed."""
    if not found.columns:
        named = f" Kolumner som inte kan läsas: {_shown(found.passed_over)}." if found.passed_over else ""
        raise FileRefused(f"{NO_INDICATORS}{named}")
    collector = Collector("Öppna jämförelser Trygghet och säkerhet", places, last_year=last_year)
    columns = {column: (measure, period or _given(year)) for column, (measure, period) in found.columns.items()}
    for number, row in enumerate(sheet.rows[found.start :], start=found.start + 1):
        values = {column: row[column] for column in columns if column < len(row)}
        if not any(labels.text(value) for value in values.values()):
            continue  # a heading of a county
        if area := _area(row, number, collector):
            for column, value in values.items():
                measure, period = columns[column]
                collector.add(measure, area, period, value, place=f"rad {number}, {measure.title}")
    if found.passed_over:
        several = plural(len(found.passed_over), "kolumn", "kolumner")
        collector.warn(f"{several} utan enhet som kan läsas hoppas över: {_shown(found.passed_over)}.")
    return collector.finish()


def _shown(titles: list[str]) -> str:
    more = " med flera" if len(titles) > SHOWN_COLUMNS else ""
    return ", ".join(f"”{one}”" for one in titles[:SHOWN_COLUMNS]) + more


def _given(year: int | None) -> Period:
    if year is None:
        raise FileRefused(ASK_YEAR)
    return Period(year, year, f"{year}")


def _area(row: Sequence[Cell], number: int, collector: Collector) -> Place | None:
    code = labels.text(row[0])
    if not code.isdigit() or not 3 <= len(code) <= 4:
        collector.leave_out(f"rad {number}", " ".join(labels.text(cell) for cell in row[:2]).strip(), NO_CODE)
        return None
    return collector.find(code.zfill(4), f"rad {number}")


def _layout(titles: list[str], start: int) -> Layout:
    """Columns with a unit; code, name and county stand first and are no figures."""
    columns, passed_over = {}, []
    for column, title in enumerate(titles):
        if column == 0 or not title or normal_form(title) in NAMES:
            continue
        unit = labels.unit_of(title)
        if unit is None:
            passed_over.append(title)
            continue
        subject = labels.subject_of(title) or title
        short = labels.title_of(f"{subject[:1].upper()}{subject[1:]}")
        code = labels.code_of("oj", subject, labels.SHORT_UNIT[unit])
        measure = Measure(
            code,
            short,
            unit,
            topic=labels.topic_of(subject),
            description=title,
            averaged_years=labels.averaged_years_of(title),
        )
        columns[column] = measure, labels.period_within(title)
    return Layout(start, columns, passed_over)
