"""Pages that have been made, for the next visitor: in the memory of each process, for a minute.

See docs/adr/0018. Nothing here is ever taken away when something changes: a page says how old it is, and no one,
neither we nor a browser, gives it to a reader when it is older than a minute.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import brotli

MOST_BYTES = 32 * 1024 * 1024  # in each process; a municipality's page is some tens of kB
WORTH_PACKING = 500
# The best packing first. Each packing of a page has its own tag: they are not the same bytes.
PACKINGS = ("br", "gzip")


def asked(query: str, asks: Iterable[str]) -> bool:
    """Whether the query asks something that the page answers, by the names as Django reads them ("%73ok" is "sok")."""
    return bool(query) and not {name for name, _ in parse_qsl(query, keep_blank_values=True)}.isdisjoint(asks)


@dataclass
class Page:
    """An answer as it is given again and again."""

    status: int
    headers: dict[str, str]
    body: bytes
    asks: tuple[str, ...]
    made: float
    changed: float
    sum: str = ""
    packed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = f"{self.status}{self.headers}".encode()
        self.sum = hashlib.blake2b(told + self.body, digest_size=12).hexdigest()

    def in_packing(self, packing: str) -> bytes:
        """The body packed: once, for all who ask for it so."""
        if packing not in self.packed:
            pack = brotli.compress(self.body, quality=5) if packing == "br" else gzip.compress(self.body, 6, mtime=0)
            self.packed[packing] = pack
        return self.packed[packing]

    def answers(self, query: str) -> bool:
        """Whether this is the page also with the question: nothing in it is asked for here."""
        return not asked(query, self.asks)

    @property
    def size(self) -> int:
        return len(self.body) * 2  # with its packings, roughly


class Shelf:
    """The latest pages by their path; when it is full, those that were made first give way."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.bytes = most, 0
        self.pages: OrderedDict[str, Page] = OrderedDict()
        self.lock = threading.Lock()

    def find(self, path: str, query: str, seconds: int) -> Page | None:
        """The page, if it is not too old. A clock that has been set back makes it too old as well."""
        page = self.pages.get(path)
        if page is None or not 0 <= time.time() - page.made < seconds or not page.answers(query):
            return None
        return page

    def put(self, path: str, page: Page) -> Page:
        """Keep it. A page that says what it said a minute ago was changed when that was."""
        with self.lock:
            old = self.pages.pop(path, None)
            if old:
                self.bytes -= old.size
                if old.sum == page.sum:
                    page.changed, page.packed = old.changed, old.packed
            self.pages[path] = page
            self.bytes += page.size
            while self.bytes > self.most and self.pages:
                _, gone = self.pages.popitem(last=False)
                self.bytes -= gone.size
        return page

    def clear(self) -> None:
        """Forget all: for tests, and for whoever cannot wait a minute."""
        with self.lock:
            self.pages.clear()
            self.bytes = 0


shelf = Shelf()
