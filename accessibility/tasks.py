"""The alarm clock: it wakes `actions`, which look at the rows."""

import logging

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from accessibility import actions

logger = logging.getLogger(__name__)


@shared_task(name="accessibility.tell")
def tell() -> None:
    actions.tell()


def wake() -> None:
    """Send letters when what they tell of is committed. A silent broker loses nothing: the clock wakes again."""

    def publish() -> None:
        try:
            tell.delay()
        except (OperationalError, OSError):
            logger.warning("the broker did not answer; the clock will send what waits")

    transaction.on_commit(publish)
