"""Forms without a cookie: where they come from, how old they are, and how many."""

import datetime as dt

import pytest
import time_machine
from django import forms
from django.core.cache import cache

from lib import visitor_forms
from lib.visitor_forms import VisitorForm, comes_from_here, daily_name, is_within, visitor


class Wish(VisitorForm):
    purpose = "wish"
    most_an_hour = 3

    text = forms.CharField()


class Other(Wish):
    purpose = "other"


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything_today():
    cache.clear()


@pytest.fixture
def send(rf):
    def do(text="Lampor", kind=Wish, stamped=Wish, **more):
        request = rf.post("/", **more)
        stamp = stamped(request=request)["stamp"].value()
        return kind({"text": text, "stamp": stamp}, request=request)

    return do


def test_what_comes_from_our_own_page_is_taken(send):
    assert send().is_valid()
    assert not send().errors


def test_the_stamp_of_another_form_or_none_at_all_is_refused_with_a_new_one(send, rf):
    for form in (send(kind=Other), Wish({"text": "Lampor"}, request=rf.post("/"))):
        assert form.non_field_errors() == [visitor_forms.TOO_OLD]
        again = form["stamp"].value()
        assert type(form)({"text": "Lampor", "stamp": again}, request=rf.post("/")).is_valid()


def test_only_what_is_taken_is_counted(send):
    for _ in range(5):
        assert not send("").is_valid()
    for _ in range(3):
        assert send().is_valid()

    assert send().non_field_errors() == [visitor_forms.TOO_MANY]
    assert send(REMOTE_ADDR="10.1.1.1").is_valid()


def test_the_count_begins_anew(send):
    with time_machine.travel(dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)):
        assert [is_within(1, 3600, "wish", "a") for _ in range(2)] == [True, False]
    with time_machine.travel(dt.datetime(2026, 6, 1, 11, tzinfo=dt.UTC)):
        assert is_within(1, 3600, "wish", "a")


def test_a_network_has_another_name_tomorrow_and_its_address_is_in_none(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 192.0.2.7"})
    with time_machine.travel(dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)):
        today = visitor(request)
        assert today == daily_name("visitor", "192.0.2.7"), "what the proxy wrote, not what the visitor did"
    with time_machine.travel(dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)):
        assert visitor(request) != today
    assert "192" not in today


def test_without_a_proxy_nobody_chooses_a_name(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert visitor(rf.get("/", headers={"X-Forwarded-For": "192.0.2.7"})) == visitor(rf.get("/"))


def test_a_telephone_is_one_network_whatever_address_it_takes(rf):
    names = {visitor(rf.get("/", REMOTE_ADDR=f"2001:db8::{last}")) for last in ("1", "2:3", "ffff")}

    assert len(names) == 1
    assert visitor(rf.get("/", REMOTE_ADDR="2001:db8:0:1::1")) not in names


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver.example.com"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_where_it_comes_from(rf, headers, here):
    assert comes_from_here(rf.post("/", headers=headers)) == here


def test_the_trap_is_told_apart(rf):
    request = rf.post("/")
    form = Wish({"text": "x", "stamp": Wish(request=request)["stamp"].value(), "homepage": "x"}, request=request)

    assert form.is_valid()
    assert form.is_robot


def test_an_address_that_is_none_comes_from_elsewhere(rf):
    assert not comes_from_here(rf.post("/", headers={"Origin": "http://[x"}))


def test_an_old_address_is_the_same_however_it_is_written(rf):
    written = [rf.post("/", REMOTE_ADDR=address) for address in ("192.0.2.7", "::ffff:192.0.2.7", "::ffff:192.0.2.8")]

    plain, mapped, other = (visitor(request) for request in written)

    assert plain == mapped != other
