"""Alarm clocks: they wake `fetching` and `delivering`, which look at the rows."""

import logging
from collections.abc import Sequence
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_ready
from django.db import transaction
from kombu.exceptions import OperationalError

from indicators import delivering, fetching
from lib.dates import now

logger = logging.getLogger(__name__)


# Longer than a fetch may take, shorter than the broker's patience with a task that is not yet acknowledged.
@shared_task(name="indicators.fetch", soft_time_limit=300, time_limit=330)
def fetch(*, fetch_id: int) -> None:
    fetching.run(fetch_id)


@shared_task(name="indicators.read_file")
def read_file(*, file_id: int) -> None:
    delivering.run(file_id)


@shared_task(name="indicators.wake_lost")
def wake_lost() -> None:
    for fetch_id in fetching.requeue_lost(now()):
        fetch.delay(fetch_id=fetch_id)
    for file_id in delivering.requeue_lost(now()):
        read_file.delay(file_id=file_id)


def wake(fetch_id: int) -> None:
    """Wake a worker for the fetch when its order is committed."""
    transaction.on_commit(lambda: _publish(fetch, "fetch_id", [fetch_id]))


def wake_files(file_ids: Sequence[int]) -> None:
    """Wake workers for the files when they are committed."""
    transaction.on_commit(lambda: _publish(read_file, "file_id", file_ids))


def _publish(task: Task[..., None], name: str, ids: Sequence[int]) -> None:
    """A silent broker is asked once and loses nothing: the sweep wakes again."""
    try:
        for one in ids:
            task.delay(**{name: one})
    except (OperationalError, OSError):
        logger.warning("%s of %s: the broker did not answer; the sweep will wake", task.name, name)


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What an earlier worker left behind is looked for at once, not at the next tick of the clock."""
    wake_lost.delay()
