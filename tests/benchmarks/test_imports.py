"""A country's workbooks through the worker's own tasks: how many a second, and how much memory they leave behind.

First by the worker's tasks in this process, on the database that is measured: the broker is left out, so that one
process does all the work and its memory can be read. Then by a real worker.
"""

import gc
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators import delivering, tasks
from indicators.example_workbook import build
from indicators.models import ImportBatch, Observation
from municipalities.models import Municipality
from tests import factories
from tests.house import House, until
from tests.indicators.test_survive_being_killed import apart, done

pytestmark = [pytest.mark.bench]

WARM = 50


def resident():
    """Megabytes of memory that the process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def work(delivery):
    """What the worker does of it; seconds, and megabytes held after the first fifty and after all."""
    held, began = [], time.perf_counter()
    for number, pk in enumerate(delivering.to_wake(delivery), start=1):
        tasks.read_file.apply(kwargs={"file_id": pk}, throw=True)
        if number == WARM:
            held.append(resident())
    held.append(resident())
    return time.perf_counter() - began, *held


def test_all_municipalities_workbooks(country, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    everyone = Municipality.objects.select_related("county")
    files = [SimpleUploadedFile(f"{one.name}.xlsx", build(one)) for one in everyone]
    began = time.perf_counter()
    delivery = delivering.receive(files, by=factories.UserFactory())
    received = time.perf_counter() - began
    del files
    gc.collect()
    gc.freeze()  # as the worker does when it starts

    reading, warm, read = work(delivery)
    assert delivering.confirm_all(delivery, by=delivery.created_by) == 290
    confirming, _, confirmed = work(delivery)

    rate = 290 / (reading + confirming)
    print(f"\n290 arbetsböcker: mottagna på {received:.1f} s", end="")
    print(
        f"\nlästa och inlästa: {rate:.1f} i sekunden (granskade på {reading:.1f} s, inlästa på {confirming:.1f} s)",
        end="",
    )
    print(
        f"\nminne: {warm:.0f} MB efter {WARM}, {read:.0f} MB efter 290 lästa, {confirmed:.0f} MB efter 290 inlästa",
        end="",
    )
    assert ImportBatch.objects.imported().count() == 290
    assert Observation.objects.values("area_code").distinct().count() == 290 + 21 + 1
    assert {file.attempts for file in delivery.files.all()} == {1}
    assert rate >= 5
    assert max(read, confirmed) - warm < 20


def test_a_worker_with_a_broker_between(tmp_path):
    """The same by a worker in a process of its own: from the first file that is done to the last."""
    house = House(tmp_path)
    try:
        delivery = apart(house, "send_in(290)")
        worker = house.start_worker()
        reading = _time_until_all(house, delivery, "read")
        apart(house, f"confirm({delivery})")
        confirming = _time_until_all(house, delivery, "confirm")
        held = _held_by(worker.pid)
    finally:
        house.close()
    rate = 290 / (reading + confirming)
    print(f"\n290 arbetsböcker av en arbetsprocess med kö: {rate:.1f} i sekunden, ", end="")
    print(f"granskade på {reading:.1f} s, inlästa på {confirming:.1f} s; som mest {held:.0f} MB i en process", end="")
    assert rate >= 5


def _time_until_all(house, delivery, stage):
    apart(house, f"wake({delivery})")
    assert until(lambda: done(house, stage) > 0, 90), house.logs()
    began = time.perf_counter()
    assert until(lambda: done(house, stage) == 290, 300), house.logs()
    return time.perf_counter() - began


def _held_by(pid):
    """Megabytes of the largest process that the worker has started."""
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in started]
    return max(int(status.split("VmHWM:")[1].split()[0]) for status in statuses) / 1024
