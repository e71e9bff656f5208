"""The arithmetic of drawing: round scales, which labels fit on an axis, and names that must not lie on each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

CHAR_WIDTH = 0.54  # mean width of a letter in Source Sans, in font sizes; with a little room to spare


@dataclass(frozen=True)
class Frame:
    """Where the drawing area lies, and how values and places on the axis become coordinates."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int

    @cached_property
    def places(self) -> list[float]:
        """Evenly spread over the width; a single place lies in the middle."""
        width = self.right - self.left
        shares = [index / (self.count - 1) for index in range(self.count)] if self.count > 1 else [0.5]
        return [round(self.left + share * width, 1) for share in shares]

    def x(self, index: int) -> float:
        return self.places[index]

    def y(self, value: float) -> float:
        """Low at the bottom, high at the top."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top), 1)


def text_width(text: str, size: float) -> float:
    """About how wide a text is in a font of this size."""
    return len(text) * size * CHAR_WIDTH


def shorten(text: str, room: float, size: float) -> str:
    """The text, cut with an ellipsis where it is wider than the room; never shorter than three letters."""
    letters = max(int(room / (size * CHAR_WIDTH)), 4)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def nice_ticks(values: Sequence[float]) -> list[float]:
    """Three to six marks from zero (or below, for negative values) that cover all values.

    The step is 1, 2, 2.5 or 5 times a power of ten, so that every mark is a number people would choose themselves.
    """
    low, high = min([0.0, *values]), max([0.0, *values])
    if high - low < 1e-9:
        high = low + 1
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power > rough * 0.999999)
    first, last = math.floor(low / step + 1e-6), math.ceil(high / step - 1e-6)
    decimals = max(1 - math.floor(math.log10(step)), 0)
    return [round(index * step, decimals) for index in range(first, last + 1)]


def fitting(labels: Sequence[str], width: float, size: float) -> list[int]:
    """Which labels to write: as many as fit without touching, evenly spread, and always the last."""
    if not labels:
        return []
    room = max(text_width(label, size) for label in labels) + 8
    gaps = max(int(width / room), 1)
    every = max(math.ceil((len(labels) - 1) / gaps), 1)
    return list(range(len(labels) - 1, -1, -every))[::-1]


def push_apart(wanted: Sequence[float], step: float, top: float, bottom: float) -> list[float]:
    """Heights at least `step` apart and as near the wanted ones as that allows, in the same order.

    All lie between top and bottom when there is room for them. The means of crowded neighbours are pooled
    (isotonic regression), so a crowd spreads evenly round where it belongs instead of being pushed one way.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    pools: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        total, size = wanted[index] - rank * step, 1
        while pools and pools[-1][0] / pools[-1][1] > total / size:
            earlier, members = pools.pop()
            total, size = total + earlier, size + members
        pools.append((total, size))
    starts = [total / size for total, size in pools for _ in range(size)]
    lowest = max(bottom - (len(wanted) - 1) * step, top)
    placed = [0.0] * len(wanted)
    for rank, (index, start) in enumerate(zip(order, starts, strict=True)):
        placed[index] = min(max(start, top), lowest) + rank * step
    return placed


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The unbroken stretches between missing values, with each value's place."""
    stretches: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append((index, value))
    return [stretch for stretch in stretches if stretch]
