"""Pages are kept for a minute, say so, and are the same for whoever asks."""

import datetime as dt
import gzip

import brotli
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from citizen_promises import actions
from residents.shelf import Page, Shelf, shelf
from tests import factories

PAGE = "/medborgarloften/lycksele/"
START = dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.KEEP_PAGES_SECONDS = 60
    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture(autouse=True)
def clock():
    """A clock that the test moves."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def queries(client, address=PAGE, **headers):
    with CaptureQueriesContext(connection) as asked:
        client.get(address, **headers)
    return len(asked)


def test_the_second_visitor_costs_no_question(client, published):
    assert queries(client) > 0
    assert queries(client) == 0


def test_a_page_says_how_old_it_is_and_how_old_it_may_be(client, published, clock):
    client.get(PAGE)
    clock.shift(25)
    response = client.get(PAGE)

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Age"] == "25"
    assert response["Vary"] == "Accept-Encoding"


def test_a_change_shows_within_a_minute_of_the_page_being_made(client, published, promise, clock):
    client.get(PAGE)
    factories.OutcomeFactory(promise=promise, text="Nyss hände det.")
    clock.shift(59)
    assert "Nyss hände det." not in client.get(PAGE).content.decode()
    clock.shift(1)

    assert "Nyss hände det." in client.get(PAGE).content.decode()


def test_what_is_withdrawn_is_gone_within_a_minute(client, published, bo, clock):
    assert "Synlig polis" in client.get(PAGE).content.decode()
    actions.withdraw(published, by=bo, reason="Fel.")
    clock.shift(60)
    response = client.get(PAGE)

    assert response.status_code == 410
    assert "Synlig polis" not in response.content.decode()


def test_who_has_the_page_already_is_told_so(client, published):
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": f'"x", W/{first["ETag"]}'}).status_code == 304
    assert client.get(PAGE, headers={"If-None-Match": '"x"'}).status_code == 200


def test_who_only_knows_the_time_is_told_so_too(client, published, promise, clock):
    first = client.get(PAGE)
    since = {"If-Modified-Since": first["Last-Modified"]}
    clock.shift(90)
    assert client.get(PAGE, headers=since).status_code == 304
    factories.OutcomeFactory(promise=promise, text="Nytt.")
    clock.shift(90)

    assert client.get(PAGE, headers=since).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None), ("gzip;q=0", None)],
)
def test_a_page_is_packed_as_the_reader_takes_it(client, published, accepted, packing):
    plain = client.get(PAGE).content
    response = client.get(PAGE, headers={"Accept-Encoding": accepted})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[packing]

    assert response.get("Content-Encoding") == packing
    assert unpack(response.content) == plain
    assert int(response["Content-Length"]) == len(response.content)


def test_each_packing_has_a_tag_of_its_own_and_all_are_known(client, published):
    tags = {client.get(PAGE, headers={"Accept-Encoding": one})["ETag"] for one in ("br", "gzip", "identity")}

    assert len(tags) == 3
    for tag in tags:
        assert client.get(PAGE, headers={"If-None-Match": tag, "Accept-Encoding": "br"}).status_code == 304


def test_a_head_has_all_but_the_body(client, published):
    whole, head = client.get(PAGE), client.head(PAGE)

    assert head.content == b""
    assert head["Content-Length"] == whole["Content-Length"]
    assert head["ETag"] == whole["ETag"]


def test_a_signed_in_person_reads_the_visitors_page_and_stays_signed_in(client, published, anna):
    visitor = client.get(PAGE).content
    shelf.clear()
    client.force_login(anna)
    response = client.get(PAGE)

    assert response.content == visitor
    assert not response.cookies
    assert "private" not in response["Cache-Control"]
    assert client.get("/").status_code == 200


def test_the_next_visitor_finds_nothing_of_who_was_there_before(client, published, anna):
    client.force_login(anna)
    client.get(PAGE)
    client.logout()

    assert anna.name not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("question", ["?fbclid=abc", "?utm_source=brev", "?sok=lycksele"])
def test_what_others_add_to_an_address_changes_nothing(client, published, question):
    client.get(PAGE)

    assert queries(client, PAGE + question) == 0


def test_a_search_is_answered_but_not_kept(client, published):
    client.get("/medborgarloften/")
    found = client.get("/medborgarloften/?sok=lycksele")

    assert "1 kommun hittades" in found.content.decode()
    assert queries(client, "/medborgarloften/?sok=lycksele") > 0
    assert "hittades" not in client.get("/medborgarloften/").content.decode()


def test_errors_are_not_kept(client, published):
    missing = client.get("/medborgarloften/lycksele/999/")

    assert missing.status_code == 404
    assert missing["Cache-Control"] == "no-cache"
    assert queries(client, "/medborgarloften/lycksele/999/") > 0


def test_the_parties_pages_and_the_form_are_never_kept(client, published, anna):
    client.force_login(anna)
    for address in ("/medborgarloften/arbete/", f"/medborgarloften/arbete/{published.pk}/"):
        assert "no-store" in client.get(address)["Cache-Control"]

    assert not shelf.pages


def test_a_kept_page_has_all_that_guards_it(client, published):
    made, kept = client.get(PAGE), client.get(PAGE)

    for name in ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "X-Content-Type-Options"):
        assert kept[name] == made[name]


def test_another_name_than_ours_gets_nothing_from_the_shelf(client, published):
    client.get(PAGE)

    assert client.get(PAGE, headers={"Host": "annan.example"}).status_code == 400


def test_the_shelf_gives_way_when_it_is_full():
    small = Shelf(most=250)
    for number in range(3):
        small.put(f"/{number}/", Page(200, {}, b"x" * 50, (), number, number))

    assert list(small.pages) == ["/1/", "/2/"]


def test_a_clock_that_is_set_back_makes_every_page_too_old(client, published, clock):
    client.get(PAGE)
    clock.shift(-3600)

    assert queries(client) > 0


def test_nothing_is_kept_where_the_operator_says_so(client, published, settings):
    settings.KEEP_PAGES_SECONDS = 0
    client.get(PAGE)

    assert queries(client) > 0


@pytest.mark.parametrize("question", ["?%73ok=VALFRI+TEXT", "?s%6Fk=VALFRI+TEXT", "?a=1&%73ok=VALFRI+TEXT"])
def test_nobody_shapes_the_page_that_the_next_visitor_is_given(client, published, question):
    mine = client.get(f"/medborgarloften/{question}").content.decode()

    assert "VALFRI TEXT" in mine
    assert "VALFRI TEXT" not in client.get("/medborgarloften/").content.decode()
