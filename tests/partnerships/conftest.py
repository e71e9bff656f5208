import threading

import pytest
from django.db import connection, connections

from partnerships.models import Seat
from tests import factories

needs_row_locks = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite lets one writer in at a time and its test database lives in one process: "
    "two cannot meet there. Runs on PostgreSQL.",
)


@pytest.fixture
def seat(partnership, municipality_party, lycksele, bo):
    """The coordinator's function in Lycksele, vacant."""
    return factories.SeatFactory(
        partnership=partnership,
        organisation=municipality_party.organisation,
        municipality=lycksele,
        function=Seat.Function.COORDINATOR,
        created_by=bo,
    )


@pytest.fixture
def holding(seat, bo):
    """Karin has had it since long ago."""
    return factories.HoldingFactory(seat=seat, name="Karin Påhittad", created_by=bo)


@pytest.fixture
def go(client):
    """Get a page as somebody, or post a form to it."""

    def visit(person, address, form=None):
        client.force_login(person)
        return client.get(address) if form is None else client.post(address, form)

    return visit


@pytest.fixture
def at_once():
    """Run the calls in a thread each, as near the same moment as can be; their answers, or what they raised."""

    def run(*calls):
        answers, gate = [None] * len(calls), threading.Barrier(len(calls))

        def one(place, call):
            gate.wait()
            try:
                answers[place] = call()
            except Exception as error:
                answers[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    return run
