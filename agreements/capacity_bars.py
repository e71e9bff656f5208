"""The bars of the capacity page: a function's twelve months, drawn on the server as SVG."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.capacity import HOUR, Cell, Line
from lib.swedish import MONTHS, decimal, plural

HEIGHT, WIDTH, STEP, BAR = 64, 360, 30, 20


@dataclass(frozen=True)
class Bar:
    """One month: what fits in the time that was set aside, what goes beyond it, and the mark of what was set aside."""

    x: int
    y: float
    height: float
    over_y: float
    over_height: float
    mark: float | None


@dataclass(frozen=True)
class Drawing:
    """The bars of a line and the sentence that says the same."""

    bars: list[Bar]
    says: str


@dataclass(frozen=True)
class ShownCell:
    """A month in words: planned hours, what was set aside, and "Över" where it is exceeded."""

    month: dt.date
    short: str
    planned: str
    aside: str
    over: str


@dataclass(frozen=True)
class ShownLine:
    line: Line
    cells: list[ShownCell]
    outside: str
    total: str
    drawing: Drawing


def shown(line: Line, months: Sequence[dt.date]) -> ShownLine:
    """A line ready for the page."""
    cells = line.cells(months)
    return ShownLine(line, [_cell(one) for one in cells], hours(line.outside(months)), hours(line.total), draw(cells))


def hours(minutes: int) -> str:
    """Hours with at most one decimal, as they are read: "12,5"; less than a tenth of an hour is not shown as none."""
    if 0 < minutes < HOUR / 20:
        return "< 0,1"
    text = decimal(round(minutes / HOUR, 1), 1)
    return text.removesuffix(",0")


def short(month: dt.date) -> str:
    """jan 26."""
    return f"{MONTHS[month.month - 1][:3]} {month:%y}"


def _cell(cell: Cell) -> ShownCell:
    aside = "" if cell.aside is None else hours(cell.aside)
    over = f"Över {hours(cell.over)}" if cell.over else ""
    return ShownCell(cell.month, short(cell.month), hours(cell.planned), aside, over)


def draw(cells: Sequence[Cell]) -> Drawing:
    highest = max([cell.planned for cell in cells] + [cell.aside or 0 for cell in cells] + [1])

    def tall(minutes: int) -> float:
        return round(HEIGHT * minutes / highest, 1)

    bars = []
    for place, cell in enumerate(cells):
        within, beyond = tall(cell.planned - cell.over), tall(cell.over)
        mark = None if cell.aside is None else round(HEIGHT - tall(cell.aside), 1)
        x = place * STEP + (STEP - BAR) // 2
        over_y = round(HEIGHT - within - beyond, 1)
        bars.append(Bar(x, round(HEIGHT - within, 1), within, over_y, beyond, mark))
    return Drawing(bars, _says(cells))


def _says(cells: Sequence[Cell]) -> str:
    planned = hours(sum(cell.planned for cell in cells))
    over = [cell for cell in cells if cell.over]
    told = [f"Planerat {planned} timmar på tolv månader"]
    if all(cell.aside is None for cell in cells):
        told.append("ingen avsatt tid är angiven")
    elif over:
        told.append(f"över det som är avsatt i {plural(len(over), 'månad', 'månader')}")
    else:
        told.append("inom det som är avsatt")
    return ", ".join(told)
