"""Numbers, dates, counts and order as a Swedish reader expects them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import swedish

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (2537, f"2{NBSP}537"),
        (1_234_567, f"1{NBSP}234{NBSP}567"),
        (-4, "−4"),
        (1210.0, f"1{NBSP}210"),
        (7.25, "7,25"),
        (Decimal("0.10"), "0,1"),
        (1e16, f"10{NBSP}000{NBSP}000{NBSP}000{NBSP}000{NBSP}000"),
        (None, "uppgift saknas"),
        (float("nan"), "uppgift saknas"),
    ],
)
def test_number(value, text):
    assert swedish.number(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (7.25, None, "7,25"),
        (7.25, 1, "7,3"),
        (2.5, 0, "3"),
        (3, 1, "3,0"),
        (-0.04, 1, "0,0"),
        (None, 1, "uppgift saknas"),
    ],
)
def test_decimal(value, places, text):
    assert swedish.decimal(value, places) == text


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12))
def test_a_number_can_be_read_back(value):
    assert int(swedish.number(value).replace(NBSP, "").replace("−", "-")) == value


@settings(deadline=None)
@given(st.one_of(st.floats(allow_nan=False), st.integers()))
@example(-0.0)
@example(0.001)
@example(999999999999999.9)
def test_a_number_is_written_as_its_exact_decimal_would_be(value):
    assert swedish.number(value) == swedish.number(Decimal(str(value)))


@pytest.mark.parametrize(
    "day", [dt.date(2026, 3, 12), dt.datetime(2026, 3, 12, 23, 59), "2026-03-12", "2026-03-12T08:00:00+01:00"]
)
def test_date_from_dates_and_iso_strings(day):
    assert swedish.date(day) == "12 mars 2026"


def test_missing_day():
    assert swedish.date(None) == swedish.month_year("") == "uppgift saknas"


def test_month():
    assert swedish.month_year("2026-05-01") == "maj 2026"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-01-01", "2026-12-31", "2026"),
        ("2026-01-01", "2029-12-31", "2026–2029"),
        ("2026-11-03", "2026-11-15", "3–15 november 2026"),
        ("2026-01-01", "2026-11-15", "1 januari – 15 november 2026"),
        ("2025-07-01", "2026-06-30", "1 juli 2025 – 30 juni 2026"),
        ("2026-11-03", "2026-11-03", "3 november 2026"),
        ("2026-11-03", None, "från och med 3 november 2026"),
        (None, "2026-11-03", "till och med 3 november 2026"),
        (None, None, "uppgift saknas"),
    ],
)
def test_period(first, last, text):
    assert swedish.period(first, last) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 åtgärder"), (1, "1 åtgärd"), (2, "2 åtgärder")])
def test_plural(count, text):
    assert swedish.plural(count, "åtgärd", "åtgärder") == text


@pytest.mark.parametrize(
    ("texts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_listing(texts, text):
    assert swedish.listing(texts) == text


def test_swedish_letters_come_last():
    names = ["Örebro", "Älmhult", "Åre", "Zinkgruvan", "Ystad", "Habo", "älvdalen", "ale"]

    assert sorted(names, key=swedish.sort_key) == [
        "ale", "Habo", "Ystad", "Zinkgruvan", "Åre", "Älmhult", "älvdalen", "Örebro",
    ]  # fmt: skip


def test_accents_hyphens_and_composition_do_not_change_the_order():
    assert swedish.sort_key("Upplands-Bro") == swedish.sort_key("upplands bro")
    assert swedish.sort_key("Idé") == swedish.sort_key("ide")
    assert swedish.sort_key("A\u030are") == swedish.sort_key("Åre")
    assert sorted(["Vara", "Wara", "Xerxes"], key=swedish.sort_key) == ["Vara", "Wara", "Xerxes"]


@settings(deadline=None)
@given(st.text(alphabet="abcåäöÅÄÖéü -"))
def test_the_key_orders_alike_in_every_database(text):
    assert swedish.sort_key(text).isascii()
