"""A chart's drawing as SVG, written straight from its coordinates.

Written here and not by a template, since a page of thirty charts has some six thousand numbers and a template engine
asks for the type, the language and the escaping of each. Only texts are escaped: all else are numbers and colours of
our own. The title is the first child, where PDF tags look for it.
"""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from lib.charts import Chart, Line, Tick

GREY, INK, NAMES = "#d9d6cd", "#4a5563", "Source Sans 3, sans-serif"


def svg(chart: "Chart") -> SafeString:
    """The whole drawing. No style attribute: a strict content policy allows none."""
    width, height, frame = chart.width, chart.height, chart.frame
    across = f'x1="{frame.left}" x2="{frame.right}"'
    return mark_safe(
        f'<svg class="chart" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{NAMES}" font-size="{chart.font_size}"><title>{escape(chart.alternative)}</title>'
        f'<g class="chart-grid" stroke="{GREY}" stroke-width="0.7">{_grid(chart.y_ticks, across)}</g>'
        f'<g class="chart-scale" fill="{INK}">{_scales(chart)}</g>'
        f'<line {across} y1="{chart.zero}" y2="{chart.zero}" stroke="{INK}" stroke-width="0.9"/>'
        f"{_breaks(chart)}{''.join(map(_line, chart.lines))}{_names(chart)}</svg>"
    )


def _grid(ticks: Iterable["Tick"], across: str) -> str:
    return "".join(f'<line {across} y1="{tick.at}" y2="{tick.at}"/>' for tick in ticks)


def _scales(chart: "Chart") -> str:
    x = chart.scale_x
    heights = [
        f'<text x="{x}" y="{tick.text_at}" text-anchor="end">{escape(tick.text)}</text>' for tick in chart.y_ticks
    ]
    places = [
        f'<text x="{tick.at}" y="{tick.text_at}" text-anchor="middle">{escape(tick.text)}</text>'
        for tick in chart.x_ticks
    ]
    return "".join(heights + places)


def _breaks(chart: "Chart") -> str:
    upright = f'y1="{chart.frame.top}" y2="{chart.frame.bottom}" stroke="{INK}" stroke-width="0.9"'
    return "".join(
        f'<line class="chart-break" x1="{tick.at}" x2="{tick.at}" {upright} stroke-dasharray="1.5 2.5"/>'
        for tick in chart.breaks
    )


def _line(line: "Line") -> str:
    colour, dash = line.colour, f' stroke-dasharray="{line.dash}"' if line.dash else ""
    bands = "".join(
        f'<polygon class="chart-band" points="{band}" fill="{colour}" fill-opacity="0.14"/>' for band in line.bands
    )
    stretches = "".join(f'<polyline points="{stretch}"/>' for stretch in line.stretches)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.6" fill="{colour}"/>' for x, y in line.dots)
    return (
        f'{bands}<g class="chart-line" fill="none" stroke="{colour}" stroke-width="{line.width}" '
        f'stroke-linejoin="round" stroke-linecap="butt"{dash}>{stretches}</g>{dots}'
    )


def _names(chart: "Chart") -> str:
    """Each line's name where it ends, over all lines; a thin line joins the two where the name stands off."""
    return "".join(_name(line, chart.name_size) for line in chart.lines)


def _name(line: "Line", size: float) -> str:
    label, colour = line.label, line.colour
    if label is None:
        return ""
    (x, y), (joint_x, joint_y) = label.end, label.joint
    lead = (
        f'<line x1="{x}" y1="{y}" x2="{joint_x}" y2="{joint_y}" stroke="{colour}" stroke-width="0.8" '
        'stroke-dasharray="1 1.6"/>'
    )
    return (
        f"{lead if label.leads else ''}"
        f'<text class="chart-name" x="{label.x}" y="{label.y}" font-size="{size}" font-weight="{line.weight}" '
        f'fill="{colour}">{escape(label.text)}</text>'
    )
