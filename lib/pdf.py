"""HTML becomes a tagged PDF (PDF/UA-1). The only file that knows WeasyPrint.

The same HTML and the same `created` give the same bytes in every process and on every day: no clock, no random
identifier. A document may only use our own static files, named relative to the static root ("css/print.css"); any
other address stops the rendering, so nothing that a person typed can make the server fetch anything.
"""

import datetime as dt
import functools
import gc
import io
import logging
import mimetypes
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from lib import swedish
from lib.pdf_access import PdfFault, make_accessible
from lib.pdf_text import break_long_words, clean

__all__ = ["STATIC_BASE", "PdfFault", "fetcher", "page_count", "render_html", "render_pdf", "warm_up"]

logger = logging.getLogger(__name__)

# A name that can never be looked up (RFC 2606): relative addresses need some base to be relative to.
STATIC_BASE = "https://static.invalid/"
VARIANT = "pdf/ua-1"

# WeasyPrint's fonts live in C structures shared by the whole process: one document at a time.
_one_at_a_time = threading.Lock()


def render_html(template: str, context: Mapping[str, object]) -> str:
    """The document's HTML, for the PDF and for assertions in tests."""
    return render_to_string(template, dict(context))


def render_pdf(html: str, *, created: dt.datetime, progress: Callable[[str], None] | None = None) -> bytes:
    """The HTML as a PDF file, dated `created` (with time zone).

    `progress` is told in Swedish what is under way. Raises PdfFault when WeasyPrint reports an error and ValueError
    for a `created` without time zone.
    """
    if created.tzinfo is None:
        raise ValueError("created must have a time zone")
    with _one_at_a_time, _no_faults(), _paused_collector():
        return _print(clean(html), created.isoformat(timespec="seconds"), progress or (lambda text: None))


def warm_up() -> None:
    """Pay the slow import once, when a worker process starts, instead of with its first document."""
    _press()


def page_count(made: bytes) -> int:
    """How many pages a finished file has."""
    # Slow import: half a second that pages without files should not pay when the site starts.
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(made)) as file:
        return len(file.pages)


def _print(html: str, created: str, tell: Callable[[str], None]) -> bytes:
    """Nothing outside holds on to the document, so it is garbage by the time the collector wakes again."""
    tell("Sätter sidorna")
    document = _press().lay_out(html)
    document.metadata.created = document.metadata.modified = created
    tell(f"Skriver {swedish.plural(len(document.pages), 'sida', 'sidor')}")
    made: bytes = document.write_pdf(finisher=_finish, pdf_variant=VARIANT, pdf_identifier=True)
    return made


def _finish(document: Any, pdf: Any) -> None:
    """Just before the file is written: the accessibility that WeasyPrint leaves open, and each stream packed once.

    Otherwise the file's identifier, which is made from its content, costs a second packing of everything.
    """
    make_accessible(document, pdf)
    for item in pdf.objects:
        if getattr(item, "compress", False):
            packed = zlib.compress(b"\n".join(map(_as_bytes, item.stream)))
            item.stream, item.compress = [packed], False
            item.extra["Filter"] = "/FlateDecode"


def _as_bytes(token: Any) -> bytes:
    if isinstance(token, bytes):
        return token
    return token.data if hasattr(token, "data") else str(token).encode("ascii")


def fetcher() -> Any:
    """WeasyPrint's door to our static files, and to nothing else; for who wants to measure WeasyPrint alone."""
    return _press().fetcher


@functools.cache
def _press() -> "_Press":
    return _Press()


class _Press:
    """WeasyPrint with what it can keep between documents: unpacked fonts and parsed style sheets."""

    def __init__(self) -> None:
        # Slow import: a second, which only a process that makes PDFs should pay.
        import weasyprint  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

        class StaticFiles(URLFetcher):  # type: ignore[misc]
            """Fetches static files where Django finds them, and nothing else from anywhere."""

            def fetch(self, url: str, headers: object = None) -> Any:
                kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
                return URLFetcherResponse(url, _static_file(url), {"Content-Type": kind})

        self.weasyprint = weasyprint
        self.fonts = FontConfiguration()
        self.fetcher = StaticFiles(fail_on_errors=True)
        self.unfetchable = FatalURLFetchingError
        self.sheets: dict[str, Any] = {}

    def lay_out(self, html: str) -> Any:
        """The document set in pages; PdfFault when it names a file that is not ours."""
        try:
            source = self.weasyprint.HTML(string=html, base_url=STATIC_BASE, url_fetcher=self.fetcher)
            sheets = [self.sheet(address) for address in _take_sheets(source.etree_element)]
            break_long_words(source.etree_element.find("body"))
            return source.render(font_config=self.fonts, stylesheets=sheets, pdf_variant=VARIANT)
        except self.unfetchable as error:
            raise PdfFault(f"{error}: {error.__cause__}") from error

    def sheet(self, address: str) -> Any:
        """A style sheet, parsed the first time it is asked for."""
        if address not in self.sheets:
            self.sheets[address] = self.weasyprint.CSS(
                url=STATIC_BASE + address, url_fetcher=self.fetcher, font_config=self.fonts
            )
        return self.sheets[address]


def _static_file(url: str) -> bytes:
    path = unquote(url.removeprefix(STATIC_BASE))
    found = finders.find(path) if url.startswith(STATIC_BASE) else None
    if not isinstance(found, str):
        raise FileNotFoundError(f"A document may only use its own static files, not {url}")
    return Path(found).read_bytes()


def _take_sheets(document: Any) -> list[str]:
    """Takes the links to style sheets out of the document, so that they are not parsed anew for each document."""
    head = document.find("head")
    links = [link for link in head.findall("link") if link.get("rel") == "stylesheet"]
    for link in links:
        head.remove(link)
    return [link.get("href") for link in links]


class _Complaints(logging.Handler):
    """Collects what WeasyPrint says instead of letting it pass to the log, where it would repeat what people wrote."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: set[str] = set()
        self.warnings: set[str] = set()
        self.unknown_letters = 0

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.levelno >= logging.ERROR:
            self.errors.add(text)
        elif text.startswith(".notdef glyph"):
            self.unknown_letters += 1
        else:
            self.warnings.add(text)


@contextmanager
def _no_faults() -> Iterator[None]:
    """WeasyPrint only logs its errors and goes on; a report that breaks its promises must not leave the house.

    Errors are unreadable files, missing alternative texts and links to nowhere. What else it says is logged once.
    """
    complaints = _Complaints()
    speaker = logging.getLogger("weasyprint")
    propagates, speaker.propagate = speaker.propagate, False
    speaker.addHandler(complaints)
    try:
        yield
    finally:
        speaker.removeHandler(complaints)
        speaker.propagate = propagates
    for text in sorted(complaints.warnings):
        logger.warning("%s", text)
    if complaints.unknown_letters:
        logger.info("%s letters are in none of the fonts", complaints.unknown_letters)
    if complaints.errors:
        raise PdfFault("; ".join(sorted(complaints.errors)))


@contextmanager
def _paused_collector() -> Iterator[None]:
    """A layout makes hundreds of thousands of objects that all live until the end: collecting in between is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
