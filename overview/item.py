"""One thing that waits for a person."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One thing to do. `urgency` sorts: the lower, the more urgent; then the longest wait."""

    urgency: int
    since: dt.date
    kind: str
    title: str
    url: str
    text: str
    word: str
    tone: str
