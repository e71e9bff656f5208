"""Ten thousand measures as Excel: rows a second of the process, and no more memory than a thousand take."""

import gc
import resource
import time

import pytest

from agreements.exporting import export
from agreements.models import Measure, MeasureLog
from tests import factories

pytestmark = [pytest.mark.bench]


@pytest.fixture
def full(country, kommunpolis):
    """Two partnerships of the kommunpolis: one with a thousand measures, one with ten thousand, each with a log."""
    organisation = kommunpolis.memberships.get().organisation
    return [_filled(kommunpolis, organisation, count) for count in (1_000, 10_000)]


def _filled(by, organisation, count):
    problem = factories.ProblemFactory(cycle=factories.CycleFactory(created_by=by), created_by=by)
    party = factories.PartyFactory(partnership=problem.partnership, organisation=organisation)
    columns = {"prevention": "social", "kind": "presence", "function": "Områdespolis", "starts": "2026-04-01"}
    owned = {"partnership": problem.partnership, "cycle": problem.cycle, "problem": problem, "responsible": party}
    for first in range(0, count, 500):
        made = [
            Measure(title=f"Åtgärd {first + n}", description="Text. " * 40, created_by=by, **columns, **owned)
            for n in range(500)
        ]
        Measure.objects.bulk_create(made)
        MeasureLog.objects.bulk_create([MeasureLog(measure=one, text="Gjort. " * 10, created_by=by) for one in made])
    return problem.partnership


def test_ten_thousand_measures(full, kommunpolis):
    peaks = []
    for count, partnership in zip((1_000, 10_000), full, strict=True):
        gc.collect()
        began = time.process_time()
        with export(partnership, by=kommunpolis) as file:
            seconds, size = time.process_time() - began, file.seek(0, 2)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        rate = 2 * count / seconds
        print(
            f"\nexport: {count} åtgärder och loggrader, {rate:.0f} rader per processorsekund, {size / 1e6:.1f} MB",
            end="",
        )

    print(f"\nminne: {peaks[0]:.0f} MB efter 1 000, {peaks[1] - peaks[0]:+.1f} MB efter 10 000", end="")
    assert peaks[1] - peaks[0] < 25
    assert rate >= 1_000
