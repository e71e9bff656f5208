"""Kolada's API v3, asked politely and believed no further than its documented shape.

Base `https://api.kolada.se/v3`, no key; at most 25 ids in a segment of an address, at most 5 000 rows in a page.
Everything that is not a whole, well-formed answer raises KoladaFailed, so that nothing is ever half read.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import product
from types import TracebackType
from typing import Any, NoReturn, Self

import httpx

from lib.uploads import in_megabytes

IDS_PER_SEGMENT = 25
ROWS_PER_PAGE = 5_000
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds between tries when Kolada is busy
LONGEST_WAIT = 60.0  # when it says itself how long; longer than this we give up rather than disobey
SILENCE = 20.0  # seconds without a byte before a try is given up
BREATH = 3.0  # seconds between signs of life

SILENT = "Kolada svarar inte just nu. Försök igen om en stund."
BUSY = "Kolada är upptaget och svarar med ett fel. Försök igen om en stund."
CLOSED = (
    "Kolada har stängt den version av sitt API som används här. Systemförvaltningen behöver ange adressen till en ny "
    "version."
)
SLOW = "Hämtningen tog för lång tid och avbröts. Välj färre nyckeltal, kommuner eller år."
UNREADABLE = "Kolada svarade med något som inte går att läsa. Inget har lästs in. Försök igen om en stund."
ELSEWHERE = "Kolada hänvisade till en annan adress än den som är angiven. Inget har lästs in."
IN_CIRCLES = "Kolada hänvisade till samma sida två gånger. Inget har lästs in. Försök igen om en stund."
NO_ADDRESS = "Adressen till Kolada går inte att använda. Systemförvaltningen behöver rätta KOLADA_URL."
ASK_AGAIN = "Kolada ber oss vänta längre än vi kan. Försök igen senare."


class KoladaFailed(Exception):
    """Kolada did not answer as documented. The message tells the person who asked."""


class _Busy(Exception):
    """Worth another try, after as many seconds as Kolada asked for, if it did."""

    def __init__(self, sentence: str, asked: float | None = None) -> None:
        super().__init__(sentence)
        self.asked = asked


@dataclass(frozen=True)
class Answer:
    """One page: the path that was asked, and its rows as they came."""

    address: str
    values: list[Any]


class Kolada:
    """One conversation, with limits on the bytes it receives and the seconds it takes.

    `alive` is called every few seconds; what it raises ends the conversation.
    """

    def __init__(
        self,
        address: str,
        *,
        most_bytes: int,
        most_seconds: float,
        alive: Callable[[], None] = lambda: None,
    ) -> None:
        self._base = _base(address)
        self._alive, self._breathed = alive, time.monotonic()
        self._ends = time.monotonic() + most_seconds
        self._limit = self._bytes_left = most_bytes
        self._client = httpx.Client(
            timeout=min(SILENCE, most_seconds),
            follow_redirects=False,
            headers={"Accept": "application/json", "User-Agent": "Samverkan"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def figures(
        self,
        kpis: Sequence[str],
        places: Sequence[str],
        years: Sequence[int],
        *,
        progress: Callable[[int, int], None] = lambda asked, whole: None,
    ) -> list[Answer]:
        """Every page of /data/kpi/…/municipality/…/year/…, in as many questions as it takes. Raises KoladaFailed."""
        questions = list(product(_parts(kpis), _parts(places), _parts([str(year) for year in years])))
        answers: list[Answer] = []
        for asked, (some_kpis, some_places, some_years) in enumerate(questions):
            progress(asked, len(questions))
            answers += self._pages(f"/data/kpi/{some_kpis}/municipality/{some_places}/year/{some_years}")
        return answers

    def titles(self, kpis: Sequence[str]) -> dict[str, str]:
        """The title of each key figure that Kolada knows. Raises KoladaFailed."""
        found: dict[str, str] = {}
        for some in _parts(kpis):
            for answer in self._pages(f"/kpi/{some}"):
                for one in answer.values:
                    if not isinstance(one, dict) or not isinstance(one.get("title"), str):
                        raise KoladaFailed(UNREADABLE)
                    found[str(one.get("id"))] = one["title"]
        return found

    # --- Pages ---

    def _pages(self, path: str) -> Iterator[Answer]:
        address: httpx.URL | None = httpx.URL(f"{self._base}{path}", params={"per_page": ROWS_PER_PAGE})
        seen: set[httpx.URL] = set()
        while address:
            if address in seen:
                raise KoladaFailed(IN_CIRCLES)
            seen.add(address)
            page = self._ask(address)
            if not isinstance(page.get("values"), list):
                raise KoladaFailed(UNREADABLE)
            yield Answer(address.raw_path.decode("ascii").removeprefix(self._base.path), page["values"])
            # Older descriptions of the API call it next_page.
            address = self._following(address, page.get("next_url") or page.get("next_page"))

    def _following(self, address: httpx.URL, following: object) -> httpx.URL | None:
        """The next page's address, always on the host that was given: an answer may not send us anywhere else."""
        if not following:
            return None
        if not isinstance(following, str):
            raise KoladaFailed(UNREADABLE)
        try:
            url = address.join(following)
        except (httpx.InvalidURL, ValueError) as error:
            raise KoladaFailed(ELSEWHERE) from error
        # Behind a proxy Kolada may call itself http: the scheme is ours, whatever it says.
        if url.host != self._base.host or url.port not in (None, self._base.port) or url.userinfo:
            raise KoladaFailed(ELSEWHERE)
        if not url.path.startswith(f"{self._base.path.rstrip('/')}/"):
            raise KoladaFailed(ELSEWHERE)
        return self._base.copy_with(raw_path=url.raw_path)

    # --- One question ---

    def _ask(self, address: httpx.URL) -> dict[str, Any]:
        """The answer as JSON, after as many tries as patience allows."""
        for wait in WAITS:
            try:
                return _object_in(self._received(address))
            except _Busy as busy:
                self._wait(max(wait, busy.asked or 0), busy)
        try:
            return _object_in(self._received(address))
        except _Busy as busy:
            raise KoladaFailed(str(busy)) from busy

    def _received(self, address: httpx.URL) -> bytes:
        chunks = []
        self._breathe()
        try:
            with self._client.stream("GET", address) as response:
                _judge(response)
                for chunk in response.iter_bytes():
                    self._breathe()
                    self._bytes_left -= len(chunk)
                    if self._bytes_left < 0:
                        raise KoladaFailed(
                            f"Svaret är större än {in_megabytes(self._limit)}. Välj färre nyckeltal, kommuner eller år."
                        )
                    chunks.append(chunk)
        except httpx.TransportError as error:  # no connection, no answer in time, or an answer that stopped half-way
            raise _Busy(SILENT) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise KoladaFailed(UNREADABLE) from error
        return b"".join(chunks)

    def _wait(self, seconds: float, busy: _Busy) -> None:
        if seconds > LONGEST_WAIT:
            raise KoladaFailed(ASK_AGAIN) from busy
        until = time.monotonic() + seconds
        if until > self._ends:
            raise KoladaFailed(str(busy)) from busy
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, BREATH))
            self._breathe()

    def _breathe(self) -> None:
        moment = time.monotonic()
        if moment > self._ends:
            raise KoladaFailed(SLOW)
        if moment - self._breathed >= BREATH:
            self._breathed = moment
            self._alive()


def _base(address: str) -> httpx.URL:
    try:
        base = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise KoladaFailed(NO_ADDRESS) from error
    if base.scheme not in ("http", "https") or not base.host:
        raise KoladaFailed(NO_ADDRESS)
    return base


def _parts(ids: Sequence[str]) -> list[str]:
    """The ids as segments of an address: "a,b,…", 25 at the most in each."""
    return [",".join(ids[start : start + IDS_PER_SEGMENT]) for start in range(0, len(ids), IDS_PER_SEGMENT)]


def _judge(response: httpx.Response) -> None:
    """Nothing if the answer may be read; raises _Busy or KoladaFailed."""
    if response.status_code == httpx.codes.OK:
        return
    if response.status_code == httpx.codes.GONE:
        raise KoladaFailed(CLOSED)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        raise _Busy(BUSY, _asked_wait(response.headers.get("Retry-After", "")))
    raise KoladaFailed(f"Kolada svarade med felkod {response.status_code}. Inget har lästs in.")


def _asked_wait(text: str) -> float | None:
    """Retry-After in seconds, which may also be a moment; None where it says nothing that can be followed."""
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (moment - dt.datetime.now(moment.tzinfo)).total_seconds()


def _object_in(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise KoladaFailed(UNREADABLE) from error
    if not isinstance(found, dict):
        raise KoladaFailed(UNREADABLE)
    return found


def _not_json(word: str) -> NoReturn:
    """NaN and Infinity, which Python's reader would take for numbers."""
    raise ValueError(word)
