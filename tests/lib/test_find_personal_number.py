"""A personnummer is refused wherever it stands in a text; what only looks alike is left alone."""

import pytest
from django import forms

from lib.person_data import NoPersonData, has_personal_number

# The numbers are the tax agency's published test numbers, which belong to nobody.
REAL = [
    "19811228-9874",
    "811228-9874",
    "8112289874",
    "198112289874",
    "811228+9874",
    "811228 9874",
    "811228 – 9874",
    "811288-9871",  # a coordination number: the day plus sixty
    "Pojken (811228-9874) sågs vid torget.",
    "id811228-9874.",
    "８１１２２８-９８７４",
]
ALIKE = [
    "212000-2627",  # an organisation number
    "811228-9875",  # the check digit does not hold
    "811340-9874",  # no such day
    "2026-03-12",
    "KS 2026/00123-4567",
    "070-174 06 35",
    "1811228987412",
    "2 537 brott 2024 och 2 612 brott 2025",
    "",
]


@pytest.mark.parametrize("text", REAL)
def test_a_personal_number_is_found(text):
    assert has_personal_number(text)


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_looks_alike_is_left_alone(text):
    assert not has_personal_number(text)


def test_a_leap_day_of_either_century_is_a_date():
    assert has_personal_number("000229-1235")
    assert not has_personal_number("990229-1237")


class Note(NoPersonData, forms.Form):
    text = forms.CharField()
    count = forms.IntegerField(required=False)


def test_a_form_says_what_to_do_and_keeps_what_was_typed():
    form = Note({"text": "Se 811228-9874", "count": "8112289874"})

    assert not form.is_valid()
    assert "ser ut att innehålla ett personnummer" in form.errors["text"][0]
    assert list(form.errors) == ["text"]
    assert "811228-9874" in str(form["text"])
