"""Answers residents before anybody has asked who they are: with the page that the last visitor got, if it is fresh.

Outermost but for the guard of https. A page for residents is made without knowing who asks (the cookies are taken
away first), so there is nothing in it that the next reader may not see.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import http_date, parse_http_date_safe
from django.utils.text import compress_sequence

from residents.doors import questions
from residents.shelf import PACKINGS, WORTH_PACKING, Page, asked, shelf

ROOM = "/medborgarloften/"
# A page that says what is there, and a page that says why it is no longer there. Never an error.
KEPT = (200, 410)
OURS = ("vary", "content-length", "cache-control", "etag", "last-modified", "set-cookie")


class KeepPages:
    """Gives the kept page, or lets one be made and keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(ROOM) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        request.get_host()  # a name that is not ours is refused here as everywhere
        page = shelf.find(path, request.META.get("QUERY_STRING", ""), settings.KEEP_PAGES_SECONDS)
        return give(page, request) if page else self._make(path, request)

    def _make(self, path: str, request: HttpRequest) -> HttpResponseBase:
        try:
            asks = questions(resolve(path).func)
        except Resolver404:
            asks = None
        if asks is None:
            return self.get_response(request)
        if not asked(request.META.get("QUERY_STRING", ""), asks):
            request.META["QUERY_STRING"] = ""  # then nothing in it can shape a page that others are given
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        # Before it is made: what changes meanwhile shall not be taken for older than the page.
        began = time.time()
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) or response.status_code == 304:
            return _poured(response, request)
        if not isinstance(response, HttpResponse) or response.status_code not in KEPT:
            response.headers["Cache-Control"] = "no-cache"
            return response
        headers = {name: value for name, value in response.items() if name.lower() not in OURS}
        page = Page(response.status_code, headers, response.content, asks, began, began)
        # What is searched for is not kept: there is no end to what may be typed.
        if settings.KEEP_PAGES_SECONDS and not request.META.get("QUERY_STRING"):
            page = shelf.put(path, page)
        return give(page, request)


def give(page: Page, request: HttpRequest) -> HttpResponse:
    """The page as this reader takes it: packed or not, whole or only "you have it already"."""
    packing = _packing(page, request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.in_packing(packing) if packing else page.body
    headers = page.headers | {
        "Cache-Control": f"public, max-age={settings.KEEP_PAGES_SECONDS}",
        "Age": str(max(0, int(time.time() - page.made))),
        "ETag": f'"{page.sum}-{packing}"' if packing else f'"{page.sum}"',
        "Last-Modified": http_date(page.changed),
        "Vary": "Accept-Encoding",
    }
    if page.status == 200 and _has_it(page, request):
        headers.pop("Content-Type", None)
        return HttpResponse(status=304, headers=headers)
    headers |= {"Content-Length": str(len(body))} | ({"Content-Encoding": packing} if packing else {})
    return HttpResponse(b"" if request.method == "HEAD" else body, status=page.status, headers=headers)


def _packing(page: Page, accepted: str) -> str:
    """The best packing that the reader takes; none where it says so or the page is too short to gain by it."""
    if len(page.body) < WORTH_PACKING or not accepted:
        return ""
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        wanted[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((packing for packing in PACKINGS if wanted.get(packing)), "")


def _has_it(page: Page, request: HttpRequest) -> bool:
    """Whether the reader's own copy is this one, by its tag or else by its time."""
    if tags := request.META.get("HTTP_IF_NONE_MATCH", ""):
        return tags.strip() == "*" or any(_sum_of(tag) == page.sum for tag in tags.split(","))
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and int(page.changed) <= since


def _sum_of(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"').partition("-")[0]


def _poured(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    """What is too large to keep is made for each reader, a piece at a time, and packed on its way."""
    response.headers["Cache-Control"] = f"public, max-age={settings.KEEP_PAGES_SECONDS}"
    response.headers["Vary"] = "Accept-Encoding"
    if not isinstance(response, StreamingHttpResponse):
        return response
    if request.method == "HEAD":
        return HttpResponse(headers=dict(response.items()))
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response.streaming_content = compress_sequence(response.streaming_content)  # type: ignore[arg-type]
        response.headers["Content-Encoding"] = "gzip"
        if tag := response.headers.get("ETag"):
            response.headers["ETag"] = f"W/{tag}"
    return response
