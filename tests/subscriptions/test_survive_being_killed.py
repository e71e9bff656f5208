"""A follower gets one letter, whoever dies on the way. Real workers at once, one killed without farewell."""

import re
import time
from collections import Counter

import pytest

from tests.house import House, until

pytestmark = [pytest.mark.house, pytest.mark.slow, pytest.mark.xdist_group("killing")]
PATIENCE = 120
FOLLOWERS = 600
TELL = """
import django; django.setup()
from tests.subscriptions.following import tell_many
tell_many({count})
"""


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.close()


def statuses(house):
    return Counter(row[0] for row in house.query("SELECT status FROM subscriptions_mailing"))


def delivered(house):
    """How many letters each follower has been sent, by the mail server's own files."""
    text = "".join(path.read_text() for path in (house.folder / "mail").glob("*"))
    return Counter(re.findall(r"^To: (\S+)$", text, re.MULTILINE))


def test_each_follower_gets_one_letter_though_one_of_two_workers_is_killed(house):
    house.run("-c", TELL.format(count=FOLLOWERS))
    first, _ = house.start_worker(), house.start_worker()
    assert until(lambda: 30 < statuses(house)["sent"] < FOLLOWERS - 50, PATIENCE), (statuses(house), house.logs())
    house.kill(first)
    at_the_kill = statuses(house)
    time.sleep(4)  # longer than the silence after which a worker is taken for dead

    house.start_worker()

    def is_settled():
        found = statuses(house)
        return found["sent"] + found["unclear"] == FOLLOWERS

    assert until(is_settled, PATIENCE), (at_the_kill, statuses(house), house.logs())
    letters, found = delivered(house), statuses(house)
    assert at_the_kill["sent"] < FOLLOWERS, "the worker was killed in the middle"
    assert set(letters.values()) == {1}, "nobody was written to twice"
    assert found["unclear"] <= 1, "a worker that dies leaves one letter unclear at most"
    assert FOLLOWERS - found["unclear"] <= len(letters) <= FOLLOWERS
    not_sent = house.query(
        "SELECT s.email FROM subscriptions_mailing m JOIN subscriptions_subscription s ON s.id = m.subscription_id"
        " WHERE m.status <> 'sent'"
    )
    assert {f"person{number}@example.se" for number in range(FOLLOWERS)} - set(letters) <= {row[0] for row in not_sent}
