"""Figures over time: a named series with gaps and uncertainty, and the Swedish sentence that tells what it shows."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

from lib import swedish

Value = int | float | None
Point = tuple[str, Value]
Interval = tuple[float, float] | None

MANY = 4  # more lines than this are told as a range
FEW = 20  # a figure that builds on fewer cases than this goes up and down by chance
# Names that are common nouns stand in lower case inside a sentence; places keep their capital.
COMMON_NAMES = {"Länet", "Riket", "Kommunen", "Kommungruppen", "Liknande kommuner"}


@dataclass(frozen=True)
class Series:
    """One line: its name, its points in the order of the axis, and perhaps each point's confidence interval.

    `counts` says how many cases each figure builds on, where that is known; `since` is the first place that can be
    compared with the newest, after a break; `short` is the name beside the line, where room is scarce.
    """

    name: str
    points: Sequence[Point]
    emphasis: bool = False
    intervals: Sequence[Interval] = ()
    counts: Sequence[int | None] = ()
    since: int = 0
    short: str = ""

    @cached_property
    def known(self) -> list[tuple[int, float]]:
        """Place and value of every figure there is."""
        return [(index, value) for index, (_, value) in enumerate(self.points) if is_number(value)]

    @cached_property
    def comparable(self) -> list[tuple[int, float]]:
        """The known figures that can be compared with the newest: those since the break, where there is one."""
        known = self.known
        return [one for one in known if one[0] >= self.since] or known

    @property
    def last(self) -> tuple[int, float] | None:
        """Place and value of the newest figure there is."""
        known = self.known
        return known[-1] if known else None

    def interval(self, index: int) -> Interval:
        """The confidence interval of the figure at the place, where there is one."""
        return self.intervals[index] if index < len(self.intervals) else None

    @property
    def stands_within_uncertainty(self) -> bool:
        """Whether the first and the last figure's intervals meet: then nothing is shown to have changed."""
        known = self.comparable
        first, last = self.interval(known[0][0]), self.interval(known[-1][0])
        return bool(first and last and first[0] <= last[1] and last[0] <= first[1])

    @property
    def few(self) -> list[tuple[int, int]]:
        """Place and count of every comparable figure that builds on few cases."""
        counted = ((index, self.counts[index]) for index, _ in self.comparable if index < len(self.counts))
        return [(index, count) for index, count in counted if count is not None and count < FEW]

    @property
    def ends_on_few(self) -> bool:
        """Whether the first or the last figure builds on so few cases that no change between them can be told."""
        known = self.comparable
        return any(index in (known[0][0], known[-1][0]) for index, _ in self.few)


def is_number(value: Value) -> TypeGuard[int | float]:
    """What is no finite number counts as missing."""
    return value is not None and math.isfinite(value)


def unbroken(unit: str) -> str:
    """A unit whose numbers stay on one line: "per 100 000 invånare" never breaks inside 100 000."""
    return re.sub(r"(?<=\d) (?=\d{3})", swedish.THOUSANDS, unit)


def places_of(values: Iterable[float]) -> int:
    """How many decimals the most exact of the figures has, so that all can be written alike."""
    broken = [value for value in values if not float(value).is_integer()]  # whole ones, mostly all, need no writing
    return max((len(swedish.number(value).partition(",")[2]) for value in broken), default=0)


def alike(value: Value, places: int) -> str:
    """A figure with so many decimals as those beside it: 3,0 beside 2,9."""
    if not is_number(value) or not places:
        return swedish.number(value)
    whole, _, fraction = swedish.number(value).partition(",")
    return f"{whole},{fraction.ljust(places, '0')}"


def describe(title: str, series: Sequence[Series], unit: str) -> str:
    """One sentence on the series that matters: from what to what, when, and where the others stood at the end.

    "Skadegörelsebrott i Lycksele har ökat från 1 210 till 1 490 per 100 000 invånare mellan 2016 och 2025; länet låg
    på 1 120 och riket på 1 050." A second sentence gives the newest figure's confidence interval, where there is one.
    A change inside the uncertainty, or between figures that build on few cases, is not told as one; and what lies
    before a break is not compared with what lies after it.
    """
    main = next((one for one in series if one.emphasis), series[0] if series else None)
    if main is None or main.last is None:
        return f"Uppgift saknas om {title[:1].lower()}{title[1:]}."
    telling = _Telling.of(main, [one for one in series if one is not main], unit)
    sentences = [_change(title, main, telling) + _comparison(telling), _difference(main), _uncertainty(main, telling)]
    return ". ".join(filter(None, sentences)) + "."


@dataclass(frozen=True)
class _Telling:
    """The others' figures at the time of the newest, and how every figure in the sentence is written."""

    others: Sequence[tuple[str, float]]
    unit: str
    places: int

    @classmethod
    def of(cls, main: Series, others: Sequence[Series], unit: str) -> "_Telling":
        known, last = main.comparable, main.known[-1][0]
        beside = [(one.name, value) for one in others for index, value in one.known if index == last]
        told = [known[0][1], known[-1][1], *(value for _, value in beside), *(main.interval(last) or ())]
        return cls(beside, unbroken(unit), places_of(told))

    def number(self, value: float) -> str:
        return alike(value, self.places)

    def with_unit(self, value: float) -> str:
        if self.unit.lower() in {"antal", ""}:
            return self.number(value)
        return f"{self.number(value)} {self.unit[:1].lower()}{self.unit[1:]}"


def _change(title: str, main: Series, telling: _Telling) -> str:
    (first, old), (last, new) = main.comparable[0], main.comparable[-1]
    where = "" if main.name == title else f" {_preposition(main.name)} {_inside(main.name)}"
    start, end = main.points[first][0], main.points[last][0]
    if first == last:
        return f"{title}{where} låg på {telling.with_unit(new)} ({end})"
    before, after = telling.number(old), telling.with_unit(new)
    if before == telling.number(new):
        return f"{title}{where} låg på {after} både {start} och {end}"
    if main.ends_on_few or main.stands_within_uncertainty:
        return f"{title}{where} låg på {before} ({start}) och {after} ({end})"
    verb = "ökat" if new > old else "minskat"
    return f"{title}{where} har {verb} från {before} till {after} mellan {start} och {end}"


def _difference(main: Series) -> str:
    """Why two figures that differ are not told as an increase or a decrease."""
    known = main.comparable
    if known[0][1] == known[-1][1]:
        return ""
    if main.ends_on_few:
        return "Talen är för små för att säga om det har skett en förändring"
    return "Skillnaden mellan åren ryms inom osäkerheten" if main.stands_within_uncertainty else ""


def _preposition(name: str) -> str:
    return "bland" if name == "Liknande kommuner" else "i"


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:] if name in COMMON_NAMES else name


def _comparison(telling: _Telling) -> str:
    """Where the others stood at the same time; one without a figure then is left out."""
    if not telling.others:
        return ""
    if len(telling.others) > MANY:
        values = sorted(value for _, value in telling.others)
        low, high = telling.number(values[0]), telling.number(values[-1])
        return f"; de övriga {len(values)} låg mellan {low} och {high}"
    stood = [f"{_inside(name)} {{}}på {telling.number(value)}" for name, value in telling.others]
    texts = [stood[0].format("låg "), *(text.format("") for text in stood[1:])]
    return f"; {swedish.listing(texts)}"


def _uncertainty(main: Series, telling: _Telling) -> str:
    last = main.known[-1][0]
    interval = main.interval(last)
    if interval is None:
        return ""
    low, high = (telling.number(end) for end in interval)
    return f"Osäkerhetsintervallet för {main.points[last][0]} är {low}{swedish.DASH}{high}"
