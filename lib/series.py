"""Figures over time: a named series with gaps and uncertainty, and the Swedish sentence that tells what it shows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from lib import swedish

Value = int | float | None
Point = tuple[str, Value]
Interval = tuple[float, float] | None

# Names that are common nouns stand in lower case inside a sentence; places keep their capital.
MANY = 4  # more lines than this are told as a range
COMMON_NAMES = {"Länet", "Riket", "Kommunen", "Kommungruppen", "Liknande kommuner"}


@dataclass(frozen=True)
class Series:
    """One line: its name, its points in the order of the axis, and perhaps each point's confidence interval."""

    name: str
    points: Sequence[Point]
    emphasis: bool = False
    intervals: Sequence[Interval] = ()

    @property
    def known(self) -> list[tuple[int, float]]:
        """Place and value of every figure there is."""
        return [(index, value) for index, (_, value) in enumerate(self.points) if is_number(value)]

    @property
    def last(self) -> tuple[int, float] | None:
        """Place and value of the newest figure there is."""
        known = self.known
        return known[-1] if known else None


def is_number(value: Value) -> TypeGuard[int | float]:
    """What is no finite number counts as missing."""
    return value is not None and math.isfinite(value)


def describe(title: str, series: Sequence[Series], unit: str) -> str:
    """One sentence on the series that matters: from what to what, when, and where the others stood at the end.

    "Skadegörelsebrott i Lycksele har ökat från 1 210 till 1 490 per 100 000 invånare mellan 2016 och 2025; länet låg
    på 1 120 och riket på 1 050." A second sentence gives the newest figure's confidence interval, where there is one.
    """
    main = next((one for one in series if one.emphasis), series[0] if series else None)
    if main is None or main.last is None:
        return f"Uppgift saknas om {title[:1].lower()}{title[1:]}."
    last, value = main.last
    others = [one for one in series if one is not main]
    change = _change(title, main, unit)
    return f"{change}{_comparison(others, last)}.{_uncertainty(main, last, value, unit)}"


def _change(title: str, main: Series, unit: str) -> str:
    (first, old), (last, new) = main.known[0], main.known[-1]
    where = "" if main.name == title else f" {_preposition(main.name)} {_inside(main.name)}"
    start, end = main.points[first][0], main.points[last][0]
    if first == last:
        return f"{title}{where} låg på {_with_unit(new, unit)} ({end})"
    if swedish.number(old) == swedish.number(new):
        return f"{title}{where} låg på {_with_unit(new, unit)} både {start} och {end}"
    verb = "ökat" if new > old else "minskat"
    return f"{title}{where} har {verb} från {swedish.number(old)} till {_with_unit(new, unit)} mellan {start} och {end}"


def _with_unit(value: float, unit: str) -> str:
    if unit.lower() in {"antal", ""}:
        return swedish.number(value)
    return f"{swedish.number(value)} {unit[:1].lower()}{unit[1:]}"


def _preposition(name: str) -> str:
    return "bland" if name == "Liknande kommuner" else "i"


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:] if name in COMMON_NAMES else name


def _comparison(others: Sequence[Series], last: int) -> str:
    """Where the others stood at the same place; one without a figure there is left out."""
    stood = [
        f"{_inside(one.name)} {{}}på {swedish.number(value)}"
        for one in others
        for index, value in one.known
        if index == last
    ]
    if not stood:
        return ""
    if len(stood) > MANY:
        values = sorted(value for one in others for index, value in one.known if index == last)
        return f"; de övriga {len(stood)} låg mellan {swedish.number(values[0])} och {swedish.number(values[-1])}"
    texts = [stood[0].format("låg "), *(text.format("") for text in stood[1:])]
    return f"; {swedish.listing(texts)}"


def _uncertainty(main: Series, last: int, value: float, unit: str) -> str:
    interval = main.intervals[last] if last < len(main.intervals) else None
    if interval is None:
        return ""
    low, high = (swedish.number(end) for end in interval)
    return f" Osäkerhetsintervallet för {main.points[last][0]} är {low}{swedish.DASH}{high}."
