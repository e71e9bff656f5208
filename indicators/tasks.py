"""Alarm clocks: they wake `fetching`, which looks at the rows."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import transaction
from kombu.exceptions import OperationalError

from indicators import fetching
from lib.dates import now

logger = logging.getLogger(__name__)


# Longer than a fetch may take, shorter than the broker's patience with a task that is not yet acknowledged.
@shared_task(name="indicators.fetch", soft_time_limit=300, time_limit=330)
def fetch(*, fetch_id: int) -> None:
    fetching.run(fetch_id)


@shared_task(name="indicators.wake_lost")
def wake_lost() -> None:
    for fetch_id in fetching.requeue_lost(now()):
        fetch.delay(fetch_id=fetch_id)


def wake(fetch_id: int) -> None:
    """Wake a worker when the order is committed. A silent broker loses nothing: the sweep wakes again."""

    def publish() -> None:
        try:
            fetch.delay(fetch_id=fetch_id)
        except (OperationalError, OSError):
            logger.warning("fetch %s: the broker did not answer; the sweep will wake it", fetch_id)

    transaction.on_commit(publish)


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What an earlier worker left behind is looked for at once, not at the next tick of the clock."""
    wake_lost.delay()
