"""Charts as ready coordinates: plain functions from numbers to points, drawn by lib.chart_svg.

The same drawing serves pages and PDFs, so it uses SVG attributes only (a strict content policy allows no inline
style, and WeasyPrint lets no outer style sheet into an SVG). Lines differ by dash as well as by colour, and each is
named at its end, so that a grey print says as much as the screen. Every chart carries a table and a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from lib import swedish
from lib.axes import Frame, fitting, nice_ticks, push_apart, runs, shorten, text_width
from lib.chart_svg import svg
from lib.rings import Bar, Ring, bar, ring
from lib.series import Interval, Series, alike, describe, is_number, places_of, unbroken

__all__ = ["Bar", "Chart", "Ring", "Series", "bar", "line_chart", "ring"]

FONT_SIZE = 10.0
NAME_SIZE = 10.5
NAME_STEP = 13.0  # between the base lines of two names: taller than the letters, so that they never touch
STAR = "*"  # after a place on the axis whose figures are preliminary
MAIN_COLOUR = "#17457a"
OTHER_COLOURS = ("#2f72a5", "#5b6470", "#7a5200", "#1f6b4a", "#9a4a12")
DASHES = ("7 3", "2 2.5", "9 3 2 3", "4 2", "1 3")


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it is, where its text stands, and what it says."""

    at: float
    text_at: float
    text: str


@dataclass(frozen=True)
class Label:
    """A line's name beside its end; `leads` when it stands so far off that a thin line must join the two."""

    x: float
    y: float
    text: str
    end: tuple[float, float]
    joint: tuple[float, float]
    leads: bool


@dataclass(frozen=True)
class Line:
    """A drawn series: unbroken stretches, dots for lone figures, the band of its intervals, and its name."""

    name: str
    colour: str
    width: float
    weight: int
    dash: str
    emphasis: bool
    stretches: list[str]
    dots: list[tuple[float, float]]
    bands: list[str]
    label: Label | None


@dataclass(frozen=True)
class Row:
    """A row of the table behind the chart: the place on the axis and one figure per series."""

    label: str
    cells: list[str]


@dataclass(frozen=True)
class Chart:
    """A line chart, ready to draw."""

    title: str
    unit: str
    width: float
    height: float
    frame: Frame
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    breaks: list[Tick]
    lines: list[Line]
    columns: list[str]
    table: list[Row]
    sentence: str
    font_size: float = FONT_SIZE
    name_size: float = NAME_SIZE

    @property
    def svg(self) -> SafeString:
        """The drawing, ready for a page or a PDF."""
        return svg(self)

    @property
    def alternative(self) -> str:
        """What a screen reader says instead of the drawing."""
        return f"{self.title}. {self.sentence}"

    @property
    def scale_x(self) -> float:
        """Where the scale's numbers end, left of the lines."""
        return round(self.frame.left - 5, 1)

    @property
    def zero(self) -> float:
        """The height of the axis that the lines stand on."""
        return self.frame.y(0)


def line_chart(
    title: str,
    series: Sequence[Series],
    *,
    unit: str,
    width: float = 340,
    height: float = 186,
    breaks: Sequence[str] = (),
    preliminary: Sequence[str] = (),
    sentence: str = "",
) -> Chart:
    """Lines over one common axis, from zero, with gaps where figures are missing.

    Every series has the same places on the axis in the same order (ValueError otherwise). `breaks` names the places
    from which figures are made in a new way and are not comparable with earlier ones; `preliminary` names those whose
    figures may change, and a star follows them on the axis. `sentence` replaces the one made from the figures. A chart
    with more names than fit beside it grows in height.
    """
    axis = [label for label, _ in series[0].points] if series else []
    if any([label for label, _ in one.points] != axis for one in series):
        raise ValueError("Diagrammets serier måste ha samma punkter på axeln.")
    series = _clean(series)
    ticks = nice_ticks(_all_values(series))
    texts = [swedish.number(value) for value in ticks]
    places = places_of(value for one in series for _, value in one.known)
    height = max(height, len(series) * NAME_STEP + 46)
    frame = Frame(
        left=_left_margin(texts, axis),
        right=round(width - _room_for_names(series, width), 1),
        top=12,
        bottom=height - 20,
        low=ticks[0],
        high=ticks[-1],
        count=len(axis),
    )
    return Chart(
        title=title,
        unit=unbroken(unit),
        width=width,
        height=height,
        frame=frame,
        y_ticks=[
            Tick(frame.y(value), round(frame.y(value) + 3, 1), text) for value, text in zip(ticks, texts, strict=True)
        ],
        x_ticks=_x_ticks([f"{place}{STAR}" if place in preliminary else place for place in axis], frame),
        breaks=[
            Tick(frame.x(axis.index(place)), frame.x(axis.index(place)), place) for place in breaks if place in axis
        ],
        lines=_lines(series, frame, width),
        columns=[one.name for one in series],
        table=[Row(place, [alike(one.points[index][1], places) for one in series]) for index, place in enumerate(axis)],
        sentence=sentence or describe(title, series, unit),
    )


def _clean(series: Sequence[Series]) -> list[Series]:
    """What is no number counts as missing, and the only line there is, is the one that matters."""
    return [
        replace(
            one,
            points=[(place, value if is_number(value) else None) for place, value in one.points],
            emphasis=one.emphasis or len(series) == 1,
        )
        for one in series
    ]


def _all_values(series: Sequence[Series]) -> list[float]:
    values = [value for one in series for _, value in one.points if value is not None]
    return values + [end for one in series for interval in one.intervals if interval for end in interval]


def _room_for_names(series: Sequence[Series], width: float) -> float:
    """Beside the lines: for the longest name, but never more than a third of the drawing."""
    longest = max((text_width(one.short or one.name, NAME_SIZE) for one in series), default=0)
    return min(longest + 14, width / 3)


def _left_margin(texts: Sequence[str], axis: Sequence[str]) -> float:
    """Wide enough for the scale's numbers, and for the half of the first place that hangs out to the left."""
    widths = [text_width(text, FONT_SIZE) + 8 for text in texts]
    return round(max(*widths, text_width(axis[0], FONT_SIZE) / 2 if axis else 0), 1)


def _x_ticks(axis: Sequence[str], frame: Frame) -> list[Tick]:
    places = fitting(axis, frame.right - frame.left, FONT_SIZE)
    return [Tick(frame.x(index), frame.bottom + 14, axis[index]) for index in places]


def _lines(series: Sequence[Series], frame: Frame, width: float) -> list[Line]:
    """Drawn in order of weight, the line that matters last and on top; a series without a figure has no line."""
    labels = _labels(series, frame, width)
    looks = iter(zip(OTHER_COLOURS * len(series), DASHES * len(series), strict=True))
    lines = []
    for one, label in zip(series, labels, strict=True):
        colour, dash = (MAIN_COLOUR, "") if one.emphasis else next(looks)
        stretches, dots = _stretches(one, frame)
        lines.append(
            Line(
                name=one.name,
                colour=colour,
                width=2.4 if one.emphasis else 1.5,
                weight=700 if one.emphasis else 400,
                dash=dash,
                emphasis=one.emphasis,
                stretches=stretches,
                dots=dots + ([label.end] if one.emphasis and label else []),
                bands=_bands(one.intervals, frame),
                label=label,
            )
        )
    return sorted((line for line in lines if line.label), key=lambda line: line.emphasis)


def _stretches(series: Series, frame: Frame) -> tuple[list[str], list[tuple[float, float]]]:
    """The line between gaps as lists of coordinates; a figure with a gap on both sides is a dot."""
    drawn = [[(frame.x(index), frame.y(value)) for index, value in run] for run in runs([v for _, v in series.points])]
    return [_coordinates(run) for run in drawn if len(run) > 1], [run[0] for run in drawn if len(run) == 1]


def _bands(intervals: Sequence[Interval], frame: Frame) -> list[str]:
    """The shaded area between low and high, one polygon per unbroken stretch."""
    lows = runs([interval[0] if interval else None for interval in intervals])
    highs = runs([interval[1] if interval else None for interval in intervals])
    outlines = [low + high[::-1] for low, high in zip(lows, highs, strict=True) if len(low) > 1]
    return [_coordinates([(frame.x(index), frame.y(value)) for index, value in outline]) for outline in outlines]


def _coordinates(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _labels(series: Sequence[Series], frame: Frame, width: float) -> list[Label | None]:
    """Each line's name at the height where it ends, pushed apart where ends lie close; none without figures."""
    heights = iter(push_apart([frame.y(one.last[1]) for one in series if one.last], NAME_STEP, frame.top, frame.bottom))
    return [_label(one, one.last, next(heights), frame, width) if one.last else None for one in series]


def _label(series: Series, last: tuple[int, float], height: float, frame: Frame, width: float) -> Label:
    end = (frame.x(last[0]), frame.y(last[1]))
    x = round(frame.right + 8, 1)
    return Label(
        x=x,
        y=round(height + 3, 1),
        text=shorten(series.short or series.name, width - x, NAME_SIZE),
        end=end,
        joint=(round(x - 2, 1), round(height, 1)),
        leads=abs(height - end[1]) > 2.5 or end[0] < frame.right,
    )
