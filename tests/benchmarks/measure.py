"""Interleaved timing in one process: what is compared runs turn by turn, so that the machine's moods hit both."""

import gc
import statistics
import time
from collections.abc import Callable


def ratio(what: Callable[[], object], floor: Callable[[], object], *, rounds: int = 40) -> tuple[float, float, float]:
    """(median of the pairwise ratios what/floor, median seconds of what, median seconds of the floor)."""
    what(), floor()
    gc.collect()
    gc.freeze()  # as samverkan/wsgi.py does: otherwise the collector walks all of pytest, now in one, now in the other
    pairs = [(_seconds(what), _seconds(floor)) for _ in range(rounds)]
    ratios = [a / b for a, b in pairs]
    return (
        statistics.median(ratios),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def say(name: str, measured: tuple[float, float, float], limit: float) -> None:
    """One line of the benchmark's table."""
    found, this, floor = measured
    verdict = "inom" if found <= limit else "ÖVER"
    print(
        f"\n{name:<44} {found:5.2f} × golvet ({verdict} {limit:.2f})   {this * 1e3:7.1f} ms mot {floor * 1e3:6.1f} ms",
        end="",
    )
