"""A country's workbooks read in by one process: how many a second, and how much memory they leave behind."""

import gc
import io
import resource
import time

import pytest

from indicators import actions
from indicators.example_workbook import build
from indicators.models import ImportBatch, Observation
from municipalities.models import Municipality
from tests import factories

pytestmark = [pytest.mark.bench]

WARMING = 20


def read_in(files, by):
    """Previewed and confirmed, one after the other."""
    for name, content in files:
        file = io.BytesIO(content)
        file.name = name
        actions.confirm(actions.preview(file, by=by), by=by)


def test_all_municipalities_workbooks(country, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    everyone = Municipality.objects.select_related("county")
    files = [(f"{one.name}.xlsx", build(one)) for one in everyone]
    importer = factories.UserFactory()
    read_in(files[:WARMING], importer)
    gc.collect()
    gc.freeze()  # as samverkan/wsgi.py does
    after_warming = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    began, busy = time.perf_counter(), time.process_time()
    read_in(files[WARMING:], importer)
    rate = (len(files) - WARMING) / (time.perf_counter() - began)
    own = (time.process_time() - busy) / (len(files) - WARMING)

    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - after_warming) / 1024
    print(f"\narbetsböcker: {rate:.1f} i sekunden ({own * 1e3:.0f} ms egen tid var)", end="")
    print(f"\nminne: {after_warming / 1024:.0f} MB efter {WARMING}, +{growth:.0f} MB efter {len(files)}", end="")
    assert ImportBatch.objects.imported().count() == len(files) == 290
    assert Observation.objects.values("area_code").distinct().count() == 290 + 21 + 1
    assert rate >= 5
    assert growth < 60
