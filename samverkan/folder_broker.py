"""A queue that is a folder, for the demo and the tests: Kombu's own, made safe for several processes.

Kombu's opens a message's file before it writes it, so a quick reader finds it empty, and an unreadable message stops
the worker. Here a message appears whole or not at all, and one that cannot be read is logged and left out: the rows in
the database are the truth, and the sweep wakes again what was lost.
"""

import logging
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)

TRIES, PAUSE = 20, 0.05  # for a table that another process is just writing


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # as Kombu's
        """Write beside, then rename: readers see whole messages only."""
        path = Path(self.data_folder_out, f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg")
        unfinished = path.with_suffix(".new")
        unfinished.write_text(dumps(payload), encoding="utf-8")
        os.replace(unfinished, path)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest message of the queue; whoever renames it has it."""
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            message = Path(self.data_folder_in, name)
            taken = message.with_suffix(".taken")
            try:
                message.rename(taken)
            except FileNotFoundError:
                continue
            text = taken.read_text(encoding="utf-8", errors="replace")
            taken.unlink()
            try:
                return loads(text)
            except ValueError:
                logger.warning("An unreadable message was left out: %s", name)
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """The exchange's queues; a table that is being written is waited for."""
        for _ in range(TRIES):
            try:
                return list(super().get_table(exchange))
            except ValueError:
                time.sleep(PAUSE)
        return []


class Transport(filesystem.Transport):
    Channel = Channel
