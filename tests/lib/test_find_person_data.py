"""A personnummer is refused wherever it stands in a text; what only looks alike is left alone."""

import pytest
from django import forms

from lib.person_data import NoPersonData, has_personal_number, pointed_out

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


PHONES = [
    "070-174 06 35",
    "0701740635",
    "+46 70 174 06 35",
    "+46(0)70-174 06 35",
    "08-465 004 00",
    "0950-166 00",
    "010-114 14 00",
]
NO_PHONES = [
    "114 14",
    "112",
    "2026-03-12",
    "KS 2026/00123-4567",
    "kl. 0730-1630",
    "0,6–0,9 procent",
    "100 000 invånare",
    "2016–2025",
    "212000-2627",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_telephone_number_is_found(text):
    assert [what for what, _ in pointed_out(f"Ring {text} i kväll.")] == ["ett telefonnummer"]


@pytest.mark.parametrize("text", NO_PHONES)
def test_what_does_not_ring_is_left_alone(text):
    assert pointed_out(text) == []


@pytest.mark.parametrize("text", ["ABC 123", "ABC123", "MLB84A"])
def test_a_registration_plate_is_found(text):
    assert pointed_out(f"Bilen {text} vid torget") == [("ett registreringsnummer", text)]


@pytest.mark.parametrize("text", ["LPO 2026", "SOU 2021:49", "S3.4", "abc 123", "NTU 2025"])
def test_what_is_no_plate_is_left_alone(text):
    assert pointed_out(text) == []


@pytest.mark.parametrize(
    "text", ["två bröder", "3 unga personer", "Fyra elever", "en elev", "1 ungdom", "En ung kille", "en 15-årig flicka"]
)
def test_a_count_of_a_few_is_found_where_groups_are_described(text):
    assert pointed_out(text, groups=True) == [("en liten grupp", text)]
    assert pointed_out(text) == []


@pytest.mark.parametrize(
    "text", ["tjugo elever", "två kommuner", "46 personer", "en person per kvarter", "en grupp barn", "2 fotpatruller"]
)
def test_other_counts_are_left_alone(text):
    assert pointed_out(text, groups=True) == []


def test_what_the_page_sends_along_is_not_searched():
    class Signing(NoPersonData, forms.Form):
        checksum = forms.CharField(widget=forms.HiddenInput)

    assert Signing({"checksum": "0701234567ab19900101-0017"}).is_valid()


def test_the_form_asks_once_and_then_lets_the_text_in():
    asked = Note({"text": "Växeln har 0950-166 00"})

    assert not asked.is_valid()
    assert "ett telefonnummer (0950-166 00)" in asked.errors["text"][0]
    assert "checked" in asked.fields
    assert Note({"text": "Växeln har 0950-166 00", "checked": "on"}).is_valid()


def test_a_personal_number_is_refused_though_the_box_is_ticked():
    assert not Note({"text": "Se 811228-9874", "checked": "on"}).is_valid()
