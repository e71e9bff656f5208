"""Two people at the same moment, on a database that lets them be: PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from indicators import actions
from indicators.models import ImportBatch, Observation, ObservationChange
from tests import factories
from tests.indicators.workbooks import lycksele_workbook, sent

ROUNDS = 5
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_writers():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite släpper in en skrivare i taget: provet körs på PostgreSQL.")


@pytest.fixture
def people(lycksele):
    return [factories.UserFactory(), factories.UserFactory()]


def confirm_at_once(batches, people):
    """Each person confirms a batch in a thread of their own; what each was told."""
    ready = threading.Barrier(len(people))

    def confirm(pk, person):
        batch = ImportBatch.objects.get(pk=pk)
        ready.wait()
        try:
            return actions.confirm(batch, by=person)
        except actions.AlreadyImported as told:
            return str(told)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(confirm, [batch.pk for batch in batches], people))


def test_one_of_two_confirmations_of_a_file_is_told(people):
    for _ in range(ROUNDS):
        Observation.objects.all().delete()
        batch = actions.preview(sent(lycksele_workbook()), by=people[0])
        told = confirm_at_once([batch, batch], people)
        assert sorted(isinstance(answer, str) for answer in told) == [False, True]
        assert "Filen är redan inläst. Inget har lästs in en gång till." in told
        assert Observation.objects.count() == 12


def test_two_files_with_the_same_figures_take_turns(people):
    for _ in range(ROUNDS):
        Observation.objects.all().delete()
        batches = [
            actions.preview(sent(lycksele_workbook(count=count)), by=person)
            for count, person in zip((1500, 1510), people, strict=True)
        ]
        told = confirm_at_once(batches, people)
        assert sorted((one.new, one.changed, one.unchanged) for one in told) == [(0, 1, 11), (12, 0, 0)]
        assert ObservationChange.objects.count() == 1
