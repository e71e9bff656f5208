"""Alarm clocks: they wake `actions`, which look at the rows."""

import gc
import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init, worker_ready
from django.db import transaction
from kombu.exceptions import OperationalError

from lib import pdf
from lib.dates import now
from reports import actions

logger = logging.getLogger(__name__)


@shared_task(name="reports.make")
def make(*, report_id: int) -> None:
    actions.make(report_id)


@shared_task(name="reports.wake_lost")
def wake_lost() -> None:
    for report_id in actions.requeue_lost(now()):
        make.delay(report_id=report_id)


def wake(report_id: int) -> None:
    """Wake a worker when the order is committed. A silent broker loses nothing: the sweep wakes again."""

    def publish() -> None:
        try:
            make.delay(report_id=report_id)
        except (OperationalError, OSError):
            logger.warning("report %s: the broker did not answer; the sweep will wake it", report_id)

    transaction.on_commit(publish)


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What an earlier worker left behind is looked for at once, not at the next tick of the clock."""
    wake_lost.delay()


@worker_process_init.connect
def warm_up(**_: Any) -> None:
    """Load the slow library once per process, and take what is loaded out of the garbage collector's rounds."""
    pdf.warm_up()
    gc.freeze()
