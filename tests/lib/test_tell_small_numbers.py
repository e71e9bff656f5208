"""What the sentence does not say: a change between few cases, or over a break in the series."""

import pytest

from lib.charts import line_chart
from lib.series import Series, describe

YEARS = ["2014", "2015", "2024", "2025"]


def line(*values, **more):
    return Series("Lycksele", list(zip(YEARS[-len(values) :], values, strict=True)), emphasis=True, **more)


def told(series):
    return describe("Bilbrott", [series], "Antal")


@pytest.mark.parametrize("counts", [(4, 7), (4, 20), (20, 7)])
def test_few_cases_at_either_end_tell_no_change(counts):
    assert told(line(33, 58, counts=counts)) == (
        "Bilbrott i Lycksele låg på 33 (2024) och 58 (2025). "
        "Talen är för små för att säga om det har skett en förändring."
    )


@pytest.mark.parametrize("counts", [(), (20, 20), (None, None), (20, 3, 20)])
def test_enough_or_unknown_cases_tell_a_change(counts):
    values = (33, 40, 58)[: len(counts)] if len(counts) == 3 else (33, 58)

    assert "har ökat från" in told(line(*values, counts=counts))


def test_the_same_figure_twice_is_just_told():
    assert told(line(33, 33, counts=(4, 4))) == "Bilbrott i Lycksele låg på 33 både 2024 och 2025."


def test_few_says_where_also_in_the_middle():
    assert line(33, 40, 58, counts=(20, 3, 20)).few == [(1, 3)]


def test_nothing_is_compared_over_a_break():
    assert told(line(90, 30, 40, 50, since=1)).startswith("Bilbrott i Lycksele har ökat från 30 till 50 mellan 2015")


def test_few_cases_before_the_break_do_not_count():
    assert line(9, 30, 40, 50, since=1, counts=(3, 30, 40, 50)).few == []


def test_a_series_that_ended_before_the_break_is_still_told():
    assert "har minskat från 90 till 30 mellan 2014 och 2015" in told(line(90, 30, None, None, since=2))


def test_a_short_name_stands_beside_the_line_and_the_long_one_in_the_table():
    drawn = line_chart("Bilbrott", [Series("Liknande kommuner", [("2024", 1), ("2025", 2)], short="Alike")], unit="")

    assert drawn.lines[0].label.text == "Alike"
    assert drawn.columns == ["Liknande kommuner"]


def test_a_star_marks_a_preliminary_place():
    drawn = line_chart("Bilbrott", [line(1, 2)], unit="", preliminary=["2025"])

    assert [tick.text for tick in drawn.x_ticks] == ["2024", "2025*"]
