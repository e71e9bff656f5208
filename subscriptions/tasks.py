"""Alarm clocks: they wake `noticing` and `sending`, which look at the rows."""

import logging
import time
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import transaction
from kombu.exceptions import OperationalError

from lib.dates import now
from subscriptions import actions, noticing, sending

logger = logging.getLogger(__name__)

# So long does one task go on; then it leaves the worker to others, and the next goes on where it was.
SECONDS = 40.0


@shared_task(name="subscriptions.sweep")
def sweep() -> None:
    """Once a minute: what has happened is written down and queued, and what lies in the queue is woken."""
    noticing.notice()
    noticing.spread()
    sending.requeue_lost(now())
    send.delay()


# Longer than a slow mail server may make it, shorter than the broker's patience.
@shared_task(name="subscriptions.send", soft_time_limit=420, time_limit=450)
def send() -> None:
    began = time.monotonic()
    while sending.send_some():
        if time.monotonic() - began > SECONDS:
            send.delay()
            return


@shared_task(name="subscriptions.forget")
def forget() -> None:
    """Once a day: addresses that were never confirmed, or have done their service, are deleted."""
    actions.forget(now())


def wake() -> None:
    """Send a letter that somebody waits for. A silent broker loses nothing: the sweep wakes again."""

    def publish() -> None:
        try:
            send.delay()
        except (OperationalError, OSError):
            logger.warning("the broker did not answer; the sweep will send what waits")

    transaction.on_commit(publish)


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What an earlier worker left behind is looked for at once, not at the next tick of the clock."""
    sweep.delay()
