"""Every kind of page that a role can reach by following links: it answers, axe finds nothing, it fits a phone."""

from urllib.parse import quote, urlsplit

import pytest
from django.urls import Resolver404, resolve

READERS = {
    # The longest walk first, so that nobody waits for it in the end.
    "administrator": "admin@demo.example",
    "visitor": None,
    "kommunpolis": "kommunpolis@demo.example",
    "samordnare": "samordnare@demo.example",
    "undertecknare": "kommundirektor@demo.example",
    "lokaladmin": "lokaladmin@demo.example",
    "utforare": "utforare@demo.example",
    "tom kommun": "mala@demo.example",
    "lansstyrelsen": "lansstyrelsen@demo.example",
    "bra": "bra@demo.example",
}
LEAVE = ("/konto/logout/", "/admin/logout/", "/static/", "/admin/jsi18n/")
FILES = (
    "reports:download",
    "indicators:original",
    "agreements:annex",
    "agreements:export",
    "agreements:import_original",
    "agreements:import_template",
    "agreements:log_file",
    "agreements:plan_workbook",
    "residents:calendar",
    "residents:county_feed",
    "residents:data_set",
    "residents:municipality_feed",
    "residents:nation_feed",
    "residents:openapi",
    "residents:promise_feed",
    "residents:schema",
    "dialogues:photo",
)
MOST = 200


def kind(address):
    """The address' pattern with what its query asks for: one page of each kind is enough.

    Filters and orders are combined freely; each is met alone. In admin the pattern is enough.
    """
    path, _, query = address.partition("?")
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    keys = sorted({part.partition("=")[0] for part in query.split("&") if part})
    if name.startswith("admin:"):
        keys = []
    if name == "overview:municipalities":
        keys = keys[:1]
    return f"{name}?{'&'.join(keys)}"


def pages(visitor, start):
    """Walk the links breadth first, one page of each kind."""
    seen, queue = set(), [start]
    while queue and len(seen) < MOST:
        address = queue.pop(0)
        name = kind(address)
        if name is None or name in seen or name.split("?")[0] in FILES or urlsplit(address).path.startswith(LEAVE):
            continue
        seen.add(name)
        response = visitor.page.goto(address)
        yield name, address, response
        links = visitor.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        queue += [link.split("#")[0] for link in links if link.startswith(("/", "?")) and not link.startswith("//")]
        queue = [urlsplit(address).path + link if link.startswith("?") else link for link in queue]


@pytest.fixture(scope="session")
def checked(tmp_path_factory, testrun_uid):
    """A file for each kind of page that some process of this run has taken on."""
    folder = tmp_path_factory.getbasetemp().parent / f"checked-{testrun_uid}"
    folder.mkdir(exist_ok=True)
    return folder


def is_new(name, checked):
    """A kind of page is checked the first time somebody meets it; those that differ with the reader, every time.

    Django admin's lists and forms are made by the same few templates for all models: axe reads every fourth.
    """
    try:
        (checked / quote(name, safe="")).touch(exist_ok=False)
    except FileExistsError:
        return name.startswith("overview:")
    return not name.startswith("admin:") or len(list(checked.glob("admin*"))) % 4 == 1


@pytest.mark.parametrize("reader", READERS)
def test_every_page(request, reader, checked):
    visitor = request.getfixturevalue("phone" if reader in ("visitor", "samordnare") else "desktop")
    start = "/medborgarloften/"
    if READERS[reader]:
        visitor.sign_in(READERS[reader])
        start = "/"
    faults, met = [], 0
    for name, address, response in pages(visitor, start):
        if response.status != 200:
            faults.append(f"{response.status} {address}")
        if is_new(name, checked):
            faults += visitor.axe()
            faults += [] if visitor.fits() or name.startswith("admin:") else [f"scrolls sideways: {address}"]
        visitor.picture(f"pages/{reader}/{name.replace(':', '-').replace('?', '_')}")
        met += 1
    assert faults + visitor.complaints == []
    assert met < MOST, "the walk was cut: some kind of page was never met"
