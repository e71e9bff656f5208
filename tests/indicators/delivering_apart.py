"""Deliveries put in and aged by a process of its own (see tests/house.py)."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from indicators import delivering, tasks
from indicators.example_workbook import build
from indicators.models import DeliveredFile, Delivery
from lib.dates import now
from municipalities.actions import load_registers
from municipalities.models import Municipality
from tests import factories


def send_in(count: int) -> int:
    """So many municipalities' workbooks, and nobody woken; the delivery's id."""
    load_registers()
    everyone = Municipality.objects.select_related("county")[:count]
    files = [SimpleUploadedFile(f"{one.name}.xlsx", build(one)) for one in everyone]
    return delivering.receive(files, by=factories.UserFactory()).pk


def confirm(delivery_id: int) -> None:
    """A person says yes to all that was read."""
    delivery = Delivery.objects.get(pk=delivery_id)
    delivering.confirm_all(delivery, by=delivery.created_by)


def wake(delivery_id: int) -> None:
    """What a page does when files have been sent in or said yes to: the queue is told of each."""
    tasks.wake_files(delivering.to_wake(Delivery.objects.get(pk=delivery_id)))


def let_a_while_pass() -> None:
    """All that is not settled has been silent for five minutes."""
    then = now() - dt.timedelta(minutes=5)
    DeliveredFile.objects.unsettled().update(woken_at=then, heartbeat_at=then)
