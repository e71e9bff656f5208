"""The sentence that tells what a chart shows."""

import pytest

from lib.series import Series, describe

UNIT = "Anmälda brott per 100 000 invånare"


def line(name, *values, emphasis=False, intervals=()):
    places = [str(2026 - len(values) + index) for index in range(len(values))]
    return Series(name, list(zip(places, values, strict=True)), emphasis, intervals)


def told(*series, unit=UNIT, title="Skadegörelsebrott"):
    return describe(title, series, unit).replace("\N{NO-BREAK SPACE}", " ")


def test_from_what_to_what_and_where_the_others_stood():
    assert told(line("Riket", 1640, 1050), line("Lycksele", 1210, 1490, emphasis=True), line("Länet", 1300, 1120)) == (
        "Skadegörelsebrott i Lycksele har ökat från 1 210 till 1 490 anmälda brott per 100 000 invånare "
        "mellan 2024 och 2025; riket låg på 1 050 och länet på 1 120."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((9, 4), "har minskat från 9 till 4 mellan 2024 och 2025."),
        ((4, 5, 4), "låg på 4 både 2023 och 2025."),
        ((None, 4, None), "låg på 4 (2024)."),
        ((None, 4, 6, None), "har ökat från 4 till 6 mellan 2023 och 2024."),
    ],
)
def test_how_it_went(values, words):
    assert told(line("Lycksele", *values), unit="Antal") == f"Skadegörelsebrott i Lycksele {words}"


def test_missing_everywhere():
    assert told(line("Lycksele", None, None)) == told() == "Uppgift saknas om skadegörelsebrott."


def test_others_are_compared_at_the_same_time_only():
    text = told(line("Lycksele", 1, 2, emphasis=True), line("Länet", 5, None), unit="Antal")

    assert "länet" not in text


def test_many_others_are_told_as_a_range():
    others = [line(f"Kommun {number}", 0, number) for number in range(10)]

    assert told(line("Lycksele", 1, 2, emphasis=True), *others, unit="").endswith("; de övriga 10 låg mellan 0 och 9.")


def test_a_change_inside_the_uncertainty_is_not_told_as_one():
    uncertain = line("Lycksele", 2.5, 3.4, emphasis=True, intervals=[(1.1, 3.9), (1.8, 5)])

    assert told(uncertain, line("Riket", 3.1, 3), unit="Procent", title="Misshandel") == (
        "Misshandel i Lycksele låg på 2,5 (2024) och 3,4 procent (2025); riket låg på 3,0. "
        "Skillnaden mellan åren ryms inom osäkerheten. Osäkerhetsintervallet för 2025 är 1,8–5,0."
    )


def test_a_change_outside_the_uncertainty_is_told():
    certain = line("Lycksele", 2.5, 9, intervals=[(1.1, 3.9), (7, 11)])

    assert "har ökat från 2,5 till 9,0 procent" in told(certain, unit="Procent")


def test_numbers_in_units_stay_on_one_line():
    assert "100\N{NO-BREAK SPACE}000" in describe("Brott", [line("Lycksele", 1, 2)], UNIT)


def test_uncertainty_is_told():
    uncertain = line("Lycksele", 26, 28.7, intervals=[(20, 32), (23.1, 34.5)])

    assert told(uncertain, unit="Procent").endswith("Osäkerhetsintervallet för 2025 är 23,1–34,5.")
