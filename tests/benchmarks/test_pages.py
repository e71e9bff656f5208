"""Pages against the floor page, interleaved in one process. Promised: start and partnership 1.5, the list 2.0."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.measure import ratio, say

pytestmark = [pytest.mark.bench]


@pytest.fixture
def get(client, kommunpolis):
    client.force_login(kommunpolis)

    def fetch(address):
        def call():
            response = client.get(address)
            assert response.status_code == 200, address
            return response

        return call

    return fetch


def test_start_page(get, partnerships):
    measured = ratio(get("/"), get("/golv/"))

    say("startsidan, 100 samverkan", measured, 1.5)
    assert measured[0] <= 1.5


def test_partnership_page(get, partnerships):
    measured = ratio(get(f"/samverkan/{partnerships[0].pk}/"), get("/golv/"))

    say("samverkanssidan", measured, 1.5)
    assert measured[0] <= 1.5


def test_all_municipalities_with_the_map(get, partnerships):
    measured = ratio(get("/kommuner/?visa=alla"), get("/golv/"))

    say("290 kommuner med karta", measured, 2.0)
    assert measured[0] <= 2.0


def test_start_page_asks_as_much_for_a_hundred_partnerships_as_for_those_it_shows(get, partnerships, kommunpolis):
    with CaptureQueriesContext(connection) as many:
        shown = {group.partnership for group in get("/")().context["page"]}
    leave(kommunpolis, [one for one in partnerships if one not in shown])

    with CaptureQueriesContext(connection) as few:
        get("/")()

    assert len(few) == len(many)


def test_list_asks_as_much_with_a_hundred_partnerships_as_with_one(get, partnerships, kommunpolis):
    with CaptureQueriesContext(connection) as many:
        get("/kommuner/?visa=alla")()
    leave(kommunpolis, partnerships[1:])

    with CaptureQueriesContext(connection) as one:
        get("/kommuner/?visa=alla")()

    assert len(one) == len(many)


def leave(person, partnerships):
    """The person's organisation is no party of them any more."""
    organisation = person.memberships.get().organisation
    for partnership in partnerships:
        partnership.parties.filter(organisation=organisation).update(left="2021-01-01")
