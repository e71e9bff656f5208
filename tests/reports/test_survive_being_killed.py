"""A report is made once, whoever dies on the way. Real workers, killed without farewell."""

import hashlib

import pytest

from tests.house import House, until

pytestmark = [pytest.mark.house, pytest.mark.slow, pytest.mark.xdist_group("killing")]
PATIENCE = 90


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.close()


def running(house, pk, attempt=1):
    """Whether that attempt has come to the setting of pages: a dead worker's row says running too."""

    def is_running():
        status, progress, attempts = house.states()[pk]
        return status == "running" and progress >= 25 and attempts == attempt

    return is_running


def whole(path):
    return path.read_bytes().startswith(b"%PDF") and path.stem == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_report_whose_worker_is_killed_is_made_by_the_next(house):
    (pk,) = house.order(rows=150)
    first = house.start_worker()
    assert until(running(house, pk), PATIENCE), house.logs()
    house.kill(first)

    house.start_worker()

    assert until(house.all_done, PATIENCE), (house.states(), house.logs())
    assert house.states()[pk] == ("done", 100, 2)
    assert len(house.files()) == 1
    assert whole(house.files()[0])


def test_reports_are_made_once_though_the_broker_forgets_everything(house):
    house.order(count=3, rows=40)
    house.start_worker()
    assert until(lambda: any(state[0] == "running" for state in house.states().values()), PATIENCE), house.logs()
    house.lose_the_broker()

    assert until(house.all_done, PATIENCE), (house.states(), house.logs())
    assert [attempts for _, _, attempts in house.states().values()] == [1, 1, 1]
    assert len(house.files()) == 1, "the same content is one file"
    assert whole(house.files()[0])


def test_a_report_that_kills_every_worker_is_given_up_with_a_sentence(house):
    (pk,) = house.order(rows=150)
    for attempt in (1, 2, 3):
        worker = house.start_worker()
        assert until(running(house, pk, attempt), PATIENCE), (house.states(), house.logs())
        house.kill(worker)

    house.start_worker()

    assert until(lambda: house.states()[pk][0] == "failed", PATIENCE), (house.states(), house.logs())
    assert "flera försök" in house.query("SELECT error FROM reports_report")[0][0]
    assert [path for path in house.files() if path.suffix == ".pdf"] == []
