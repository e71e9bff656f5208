"""The five-step ring and the progress bar, as ready coordinates for templates/components/_ring.html and _bar.html.

Done, under way and not begun differ in thickness and not only in colour, so that they differ in grey too.
"""

import math
from dataclasses import dataclass

from lib import swedish

STEPS = 5
ORDINALS = ("", "första", "andra", "tredje", "fjärde", "femte")
CENTRE = 60.0
OUTER = 54.0
LOOKS = {"done": (17.0, "#1f6b4a", ""), "now": (17.0, "#e8eef6", "#17457a"), "todo": (5.0, "#a9a69d", "")}
GAP = 4.0  # degrees between two segments
BAR_WIDTH = 60.0


@dataclass(frozen=True)
class Segment:
    """One of the five steps as a closed piece of the ring."""

    state: str
    path: str
    fill: str
    outline: str


@dataclass(frozen=True)
class Ring:
    """How far a cycle has come, at tile size."""

    segments: list[Segment]
    figure: str
    sentence: str


@dataclass(frozen=True)
class Bar:
    """Progress as a bar with its figure beside it."""

    width: float
    filled: float
    figure: str
    sentence: str


def ring(done: int, now: int | None) -> Ring:
    """The first `done` of five steps are done; `now` is the number (1–5) of the step under way, if any."""
    states = ["done" if number <= done else "todo" for number in range(1, STEPS + 1)]
    under_way = ""
    if now is not None and states[now - 1] == "todo":
        states[now - 1] = "now"
        under_way = f", det {ORDINALS[now]} pågår"
    count = "Alla fem" if done == STEPS else f"{swedish.in_words(done).capitalize()} av fem"
    return Ring(
        segments=[_segment(index, state) for index, state in enumerate(states)],
        figure=f"{done} av {STEPS}",
        sentence=f"{count} steg {'är klart' if done == 1 else 'är klara'}{under_way}.",
    )


def bar(percent: float) -> Bar:
    """Progress in percent; what lies outside 0–100 is drawn as the nearest end but told as it is."""
    share = min(max(percent, 0), 100) / 100
    figure = f"{swedish.decimal(percent, 0)} %"
    return Bar(BAR_WIDTH, round(BAR_WIDTH * share, 1), figure, f"{swedish.decimal(percent, 0)} procent klart.")


def _segment(index: int, state: str) -> Segment:
    thickness, fill, outline = LOOKS[state]
    return Segment(state, _piece(index, thickness), fill, outline)


def _piece(index: int, thickness: float) -> str:
    """A ring segment, clockwise from the top: out along the outer edge and back along the inner one."""
    start, end = index * 360 / STEPS + GAP / 2, (index + 1) * 360 / STEPS - GAP / 2
    inner = OUTER - thickness
    return (
        f"M{_place(start, OUTER)} A{OUTER:g} {OUTER:g} 0 0 1 {_place(end, OUTER)} "
        f"L{_place(end, inner)} A{inner:g} {inner:g} 0 0 0 {_place(start, inner)} Z"
    )


def _place(degrees: float, radius: float) -> str:
    angle = math.radians(degrees - 90)
    return f"{CENTRE + radius * math.cos(angle):.2f} {CENTRE + radius * math.sin(angle):.2f}"
