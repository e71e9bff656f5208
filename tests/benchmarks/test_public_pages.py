"""What a resident waits for, and what it costs to serve a town that reads the same page at once."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from citizen_promises.actions import publish
from lib.npm_finder import NPM_FILES
from residents.shelf import shelf
from samverkan.wsgi import application
from tests import factories
from tests.benchmarks.floor import floor
from tests.benchmarks.measure import ratio, say

pytestmark = [pytest.mark.bench]
PAGE = "/medborgarloften/lycksele/"
HEAVIEST = 100_000

urlpatterns = [
    path("golv/", floor),
    path("ord/", login_not_required(lambda request: HttpResponse("ord"))),
    path("", include("samverkan.urls")),
]


@pytest.fixture
def promised(partnerships, country, settings):
    """A municipality with four promises and what came of them."""
    settings.ROOT_URLCONF = "tests.benchmarks.test_public_pages"
    cycle = partnerships[0].cycles.get()
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=country["lycksele"])
    for promise in factories.PromiseFactory.create_batch(4, document=document):
        factories.OutcomeFactory.create_batch(3, promise=promise)
    publish(document, by=cycle.created_by)
    shelf.clear()
    # The test's own connection is not the request's to close.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shelf.clear()


def test_a_page_that_nobody_has_asked_for_before(client, kommunpolis, promised, settings):
    settings.KEEP_PAGES_SECONDS = 0
    visitor = type(client)()
    client.force_login(kommunpolis)
    measured = ratio(lambda: visitor.get(PAGE), lambda: client.get("/golv/"))

    say("kommunens löften, första läsaren", measured, 1.0)
    assert measured[0] <= 1.0


def test_a_page_that_is_kept(promised, settings):
    """Against a view of one word behind the same middleware, through the door that the web server uses."""
    settings.KEEP_PAGES_SECONDS = 60
    measured = ratio(asked(PAGE), asked("/ord/"), rounds=400)

    say("kommunens löften, nästa läsare", measured, 2.0)
    assert measured[0] <= 2.0


def asked(address):
    environ = RequestFactory(headers={"Accept-Encoding": "gzip, br"}).get(address, SERVER_NAME="localhost").environ

    def call():
        told = []
        response = application(dict(environ), lambda status, headers: told.append(status))
        body = b"".join(response)
        response.close()
        assert told[0].startswith("200"), told
        return body

    return call


def test_what_goes_over_the_wire(client, promised, settings):
    """The page packed, its styles as they lie on disk (not packed), and the fonts that it uses."""
    response = client.get(PAGE, headers={"Accept-Encoding": "br"})
    page = client.get(PAGE).content.decode()
    styles = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page)
    texts = [(settings.BASE_DIR / "static" / name).read_text() for name in styles]
    fonts = {name for name in NPM_FILES if re.search(r"source-sans-3-latin-(400|600|700)-normal", name)}
    weights = [len(response.content), *(len(text.encode()) for text in texts)]
    weights += [(settings.NPM_ROOT / NPM_FILES[name]).stat().st_size for name in fonts]
    print(f"\nkommunens löften, över tråden {sum(weights):,} byte (högst {HEAVIEST:,})", end="")

    assert len(fonts) == 3
    assert "<script" not in page
    assert sum(weights) <= HEAVIEST
