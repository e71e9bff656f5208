"""Where a publisher's way of counting changed, so that the years before say nothing beside those after.

The years stand in a file of the project's. An indicator gets its own when it is made; an administrator may change it.
"""

import csv
from functools import cache
from pathlib import Path

BREAKS = Path(__file__).parent / "data" / "series_breaks.csv"


@cache
def break_years() -> dict[str, int]:
    """The first year with the new way of counting, by the indicators' topic."""
    with BREAKS.open(encoding="utf-8", newline="") as lines:
        return {row["topic"]: int(row["break_year"]) for row in csv.DictReader(lines)}
