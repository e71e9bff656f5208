"""Line charts: scales people would choose, names that never lie on each other, gaps where figures are missing."""

import itertools
import math
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib import axes
from lib.charts import NAME_SIZE, NAME_STEP, Series, line_chart

YEARS = ["2022", "2023", "2024", "2025"]
steady = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
figures = st.one_of(st.none(), st.floats(0, 1e9), st.integers(-5000, 5000))


def series(name, *values, emphasis=False, intervals=()):
    return Series(name, list(zip(YEARS, values, strict=False)), emphasis, intervals)


def chart(*lines, **more):
    return line_chart("Skadegörelse", lines, unit="Anmälda brott", **more)


@st.composite
def charts(draw):
    length = draw(st.integers(1, 6))
    names = st.text("abcåäöW ", max_size=50)
    drawn = draw(
        st.lists(st.tuples(names, st.lists(figures, min_size=length, max_size=length), st.booleans()), max_size=12)
    )
    lines = [
        Series(name, [(str(place), one) for place, one in enumerate(values)], main) for name, values, main in drawn
    ]
    return line_chart("Prov", lines, unit="Antal")


@steady
@given(drawn=charts())
def test_every_drawing_is_whole_xml_with_as_many_names_as_lines(drawn):
    root = ElementTree.fromstring(drawn.svg)

    assert root[0].tag == "title"
    assert len(root.findall("text[@class='chart-name']")) == len(drawn.lines)
    assert len(root.findall("polygon")) == sum(len(line.bands) for line in drawn.lines)


@steady
@given(charts())
def test_names_never_lie_on_each_other(drawn):
    heights = sorted(line.label.y for line in drawn.lines)

    assert all(below - above >= NAME_STEP - 0.11 for above, below in itertools.pairwise(heights))


@steady
@given(charts())
def test_names_lie_inside_the_drawing(drawn):
    for line in drawn.lines:
        assert NAME_SIZE * 0.8 <= line.label.y <= drawn.height - 2
        assert line.label.x + axes.text_width(line.label.text, NAME_SIZE) <= drawn.width + NAME_SIZE * 2


@steady
@given(charts())
def test_every_point_lies_inside_the_frame(drawn):
    frame = drawn.frame
    stretches = [stretch for line in drawn.lines for stretch in line.stretches]

    for x, y in (map(float, place.split(",")) for stretch in stretches for place in stretch.split()):
        assert frame.left - 0.1 <= x <= frame.right + 0.1
        assert frame.top - 0.1 <= y <= frame.bottom + 0.1


@steady
@given(st.lists(st.floats(-1e9, 1e9), max_size=20))
def test_a_scale_covers_its_values_evenly_from_zero(values):
    ticks = axes.nice_ticks(values)
    steps = [high - low for low, high in itertools.pairwise(ticks)]

    slack = max(map(abs, [*values, 1.0])) * 1e-6
    assert 0 in ticks
    assert ticks[0] - slack <= min([0, *values])
    assert ticks[-1] + slack >= max([0, *values])
    assert all(math.isclose(step, steps[0], rel_tol=1e-6) for step in steps)


@steady
@given(st.lists(st.floats(0, 100), max_size=7))
def test_pushing_apart_keeps_order_distance_and_bounds(wanted):
    placed = axes.push_apart(wanted, 12, 0, 100)

    assert sorted(range(len(wanted)), key=wanted.__getitem__) == sorted(range(len(wanted)), key=placed.__getitem__)
    assert all(-1e-6 <= height <= 100 + 1e-6 for height in placed)
    assert all(b - a >= 12 - 1e-6 for a, b in itertools.pairwise(sorted(placed)))


def test_what_has_room_stays_where_it_is():
    assert axes.push_apart([80, 10, 40], 12, 0, 100) == [80, 10, 40]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([], [0, 0.25, 0.5, 0.75, 1]),
        ([1490], [0, 500, 1000, 1500]),
        ([30], [0, 10, 20, 30]),
        ([-10, 10], [-10, -5, 0, 5, 10]),
    ],
)
def test_ticks_are_numbers_people_choose(values, ticks):
    assert axes.nice_ticks(values) == ticks


def test_the_scale_speaks_swedish():
    assert [tick.text for tick in chart(series("Lycksele", 1210, 1490)).y_ticks][-1] == "1\N{NO-BREAK SPACE}500"


def test_a_gap_breaks_the_line_and_a_lone_figure_is_a_dot():
    line = chart(series("Lycksele", 5, None, 7, 8), series("Länet", 1, None, 2, None)).lines

    assert [len(stretch.split()) for stretch in line[0].stretches] == [2]
    assert [len(one.dots) for one in line] == [1, 2]


def test_the_line_that_matters_is_drawn_last_and_undashed():
    first, last = chart(series("Lycksele", 1, 2, emphasis=True), series("Riket", 3, 4)).lines

    assert (last.name, last.dash, last.weight) == ("Lycksele", "", 700)
    assert first.dash


def test_lines_differ_without_colour():
    drawn = chart(*(series(f"Kommun {number}", number, number) for number in range(5)))

    assert len({line.dash for line in drawn.lines}) == 5


def test_a_series_without_figures_has_a_column_but_no_line():
    drawn = chart(series("Lycksele", 1, 2), series("Länet", None, float("nan")))

    assert [line.name for line in drawn.lines] == ["Lycksele"]
    assert drawn.table[0].cells == ["1", "uppgift saknas"]


def test_the_interval_is_a_band_where_it_is_known():
    drawn = chart(series("Lycksele", 2, 3, 4, intervals=[(1, 3), (2, 4), None]))

    assert len(drawn.lines[0].bands) == 1
    assert len(drawn.lines[0].bands[0].split()) == 4


def test_a_break_in_the_series_is_marked():
    assert chart(series("Lycksele", 1, 2, 3), breaks=["2023", "1999"]).breaks[0].text == "2023"


def test_series_with_different_places_are_refused():
    with pytest.raises(ValueError, match="samma punkter"):
        chart(series("Lycksele", 1, 2), series("Länet", 1))


def test_a_long_name_is_cut():
    text = chart(series("Lokalpolisområde Södra Lappland och Norra Inlandet", 1, 2)).lines[0].label.text

    assert text.endswith("…")


def test_the_drawing_needs_no_style_and_begins_with_its_alternative():
    svg = render_to_string("components/_chart_line.html", {"chart": chart(series("<b>Å</b>", 1.5, 2.5))})

    assert "style=" not in svg
    assert "<b>" not in svg
    assert svg.split(">", 2)[1] == "<title"
    assert ',"' not in svg.replace("Source Sans 3, sans-serif", "")


def test_coordinates_have_a_decimal_point_whatever_the_language():
    svg = render_to_string("components/_chart_line.html", {"chart": chart(series("Lycksele", 1, 2.25))})

    assert 'font-size="10.5"' in svg
