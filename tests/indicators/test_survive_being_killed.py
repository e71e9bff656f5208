"""Many files are read and let in once each, whoever dies on the way. Real workers, killed without farewell."""

import pytest

from tests.house import House, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("killing")]
PATIENCE = 90
COUNT = 30


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.close()


def apart(house, call):
    told = house.run(
        "-c",
        f"import django; django.setup()\nfrom tests.indicators import delivering_apart\nprint(delivering_apart.{call})",
    )
    return told.splitlines()[-1]


def done(house, stage):
    return house.query(f"SELECT count(*) FROM indicators_deliveredfile WHERE status='done' AND stage='{stage}'")[0][0]


def killed_midway(house, stage):
    """A worker that is killed when it has done some of the files, and not all."""
    worker = house.start_worker()
    assert until(lambda: done(house, stage) >= 3, PATIENCE), house.logs()
    house.kill(worker)
    assert done(house, stage) < COUNT, "the worker was killed too late to prove anything"
    apart(house, "let_a_while_pass()")


def test_files_whose_worker_is_killed_are_read_and_let_in_by_the_next_and_none_twice(house):
    delivery = apart(house, f"send_in({COUNT})")
    apart(house, "let_a_while_pass()")
    killed_midway(house, "read")
    worker = house.start_worker()
    assert until(lambda: done(house, "read") == COUNT, PATIENCE), house.logs()
    house.kill(worker)

    apart(house, f"confirm({delivery})")
    apart(house, "let_a_while_pass()")
    killed_midway(house, "confirm")
    house.start_worker()
    assert until(lambda: done(house, "confirm") == COUNT, PATIENCE), house.logs()

    assert house.query("SELECT status, count(*) FROM indicators_importbatch GROUP BY status") == [("imported", COUNT)]
    confirmed = house.query("SELECT subject, count(*) FROM journal_event WHERE verb='confirm' GROUP BY subject")
    assert {count for _, count in confirmed} == {1}
    assert len(confirmed) == COUNT + 1, "every file, and the delivery"
