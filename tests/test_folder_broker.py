"""The demo's queue is a folder: what is put in comes out whole, once, and a broken message stops nobody."""

import logging
import threading
from queue import Empty

import pytest
from kombu import Connection

from samverkan.celery import app


@pytest.fixture
def connect(tmp_path):
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    return lambda: Connection("filesystem://", transport_options=options)


def channel(connection):
    return connection.default_channel


def test_the_application_uses_it():
    with Connection("filesystem://") as connection:
        assert type(connection.transport).__module__ == "samverkan.folder_broker"
    assert app.main == "samverkan"


def test_messages_come_out_in_the_order_they_were_put(connect):
    with connect() as connection:
        for number in range(5):
            channel(connection)._put("celery", {"number": number})

        assert [channel(connection)._get("celery")["number"] for _ in range(5)] == [0, 1, 2, 3, 4]


def test_a_broken_message_is_left_out_and_logged(connect, tmp_path, caplog):
    (tmp_path / "queue" / "0_broken.celery.msg").touch()
    with connect() as connection, caplog.at_level(logging.WARNING):
        channel(connection)._put("celery", {"whole": True})

        assert channel(connection)._get("celery") == {"whole": True}
    assert "unreadable" in caplog.text


def test_another_queues_message_is_left_alone(connect):
    with connect() as connection:
        channel(connection)._put("other", {})

        with pytest.raises(Empty):
            channel(connection)._get("celery")
        assert channel(connection)._get("other") == {}


def test_nobody_reads_half_a_message_and_nobody_reads_one_twice(connect):
    found, done = [], threading.Event()

    def read():
        with connect() as connection:
            while True:
                over = done.is_set()  # asked before the queue: what is put last is still to be found
                try:
                    found.append(channel(connection)._get("celery")["number"])
                except Empty:
                    if over:
                        return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with connect() as connection:
        for number in range(200):
            channel(connection)._put("celery", {"number": number, "filling": "x" * 20_000})
    done.set()
    for reader in readers:
        reader.join()

    assert sorted(found) == list(range(200))
