"""The red thread of a full cycle against the floor page: ten problems, five causes each, five measures for each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.benchmarks.measure import ratio, say
from tests.overview.test_read_thread import fill

pytestmark = [pytest.mark.bench]


# Five measures for each problem, and five for each cause.
@pytest.mark.parametrize("measures", [1, 5])
def test_thread(client, country, kommunpolis, measures):
    police = kommunpolis.memberships.get().organisation
    cycle = factories.CycleFactory(created_by=kommunpolis)
    party = factories.PartyFactory(partnership=cycle.partnership, organisation=police)
    fill(cycle, party, country["lycksele"], problems=10, causes=5, measures=measures)
    client.force_login(kommunpolis)

    def get(address):
        def call():
            response = client.get(address)
            assert response.status_code == 200

        return call

    with CaptureQueriesContext(connection) as asked:
        get(f"/omgangar/{cycle.pk}/rod-trad/")()
    questions = len(asked)  # counted now: later requests empty the log
    measured = ratio(get(f"/omgangar/{cycle.pk}/rod-trad/"), get("/golv/"))

    say(f"röda tråden, {50 * measures} åtgärder, {questions} frågor", measured, 3.0)
    assert 0 < questions <= 12
    assert measured[0] <= 3.0
