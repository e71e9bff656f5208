"""A large order, put in by a process of its own (see tests/house.py)."""

import copy
import datetime as dt

from reports import actions, content
from tests import factories
from tests.lib.sample_report import sample


def order_large(*, rows: int) -> int:
    """A report whose tables are long enough for its making to take seconds; returns the id of its row."""
    large = copy.deepcopy(sample())
    for part in ("measures", "promises", "follow_ups"):
        large[part] = (large[part] * rows)[:rows]
    content.build = lambda *args, **kwargs: large
    partnership = factories.PartnershipFactory()
    return actions.order(partnership, by=partnership.created_by, day=dt.date(2026, 11, 20)).pk
