"""Feeds, calendar and panel: in the shape that readers expect, with nothing that is not public."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from citizen_promises import actions
from lib.dates import now
from residents.formats import folded
from tests import factories
from tests.residents import made

ATOM = "{http://www.w3.org/2005/Atom}"
ROOT = "/medborgarloften/"


def feed(client, path):
    response = client.get(ROOT + path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(client, path="lycksele/atom.xml"):
    return [
        {part.tag.removeprefix(ATOM): part.text for part in entry} for entry in feed(client, path).iter(f"{ATOM}entry")
    ]


def calendar(client, path="lycksele/kalender.ics"):
    response = client.get(ROOT + path)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def events(client):
    text = calendar(client).decode().replace("\r\n ", "")
    found = []
    for line in text.split("\r\n"):
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and ":" in line:
            name, _, value = line.partition(":")
            found[-1].setdefault(name, value)
    return found


@pytest.fixture
def told(published, promise, bo, cycle, lycksele):
    """Something of each kind."""
    actions.add_outcome(promise, by=bo, day=dt.date(2026, 6, 1), text="Sju pass & <mer>\x0b.", count=7)
    actions.settle(promise, by=bo, status="partly", reason="Två ställdes in.", day=dt.date(2026, 6, 10))
    actions.give_feedback(promise, by=bo, text="Så gick det.", day=dt.date(2026, 6, 12))
    made.result(made.dialogue(cycle, lycksele, bo), bo)


@pytest.mark.parametrize("path", ["atom.xml", "lan/vasterbottens-lan/atom.xml", "lycksele/atom.xml"])
def test_each_thing_that_happens_is_told_once(client, told, path):
    found = entries(client, path)
    kinds = {entry["id"].rpartition(":")[2].partition("-")[0] for entry in found}

    assert kinds == {"dokument", "utfall", "bedomning", "aterkoppling", "dialog"}
    assert len({entry["id"] for entry in found}) == len(found) == 5
    assert [entry["updated"] for entry in found] == sorted((entry["updated"] for entry in found), reverse=True)


def test_one_promise_has_a_feed_of_its_own(client, told, published, promise, publish):
    publish("Ett annat löfte")
    found = entries(client, f"lycksele/{published.pk}/{promise.pk}/atom.xml")

    assert len(found) == 3
    assert all("Synlig polis" in entry["title"] for entry in found)


def test_a_feed_says_what_it_must(client, told):
    root = feed(client, "lycksele/atom.xml")

    for name in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{name}") is not None
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    for entry in root.iter(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "link", "content"):
            assert entry.find(f"{ATOM}{name}") is not None
        dt.datetime.fromisoformat(entry.find(f"{ATOM}updated").text)


def test_what_xml_cannot_say_is_left_out(client, told):
    assert "Sju pass & <mer>." in [entry["content"] for entry in entries(client)]


def test_an_empty_feed_is_a_feed(client, lycksele):
    assert entries(client) == []
    assert feed(client, "lycksele/atom.xml").find(f"{ATOM}updated").text.endswith("Z")


def test_a_draft_is_told_to_nobody(client, draft, promise):
    assert entries(client) == []
    assert "Löften" not in calendar(client).decode().split("X-WR-CALNAME")[1].partition("\r\n")[2]


def test_a_withdrawal_is_told_with_its_reason_and_nothing_of_what_stood_there(client, told, published, promise, bo):
    actions.withdraw(published, by=bo, reason="Fel räknat.")
    found = entries(client)

    assert any(entry["content"] == "Fel räknat." for entry in found)
    assert not any("Synlig polis" in entry["title"] for entry in found)
    assert client.get(f"{ROOT}lycksele/{published.pk}/{promise.pk}/atom.xml").status_code == 410


def test_nobodys_name_is_told(client, told, bo, promise):
    text = client.get(f"{ROOT}lycksele/atom.xml").content.decode()

    assert bo.name not in text
    assert promise.function not in text


@pytest.mark.parametrize("path", ["atom.xml", "lycksele/kalender.ics"])
def test_as_many_questions_however_much_has_happened(client, told, publish, path):
    with CaptureQueriesContext(connection) as few:
        client.get(ROOT + path)
    for _ in range(3):
        factories.OutcomeFactory(promise=publish("Ett", "Två").promises.first())
    with CaptureQueriesContext(connection) as many:
        client.get(ROOT + path)

    assert len(many) == len(few)


def test_the_calendar_has_the_days_of_promises_and_dialogues(client, published, cycle, lycksele, bo):
    day = dt.timedelta(days=1)
    asked = made.dialogue(cycle, lycksele, bo, opens_at=now() - day, closes_at=now() + day)
    found = {event["UID"].partition("@")[0]: event for event in events(client)}

    assert found[f"dokument-{published.pk}-borjar"]["DTSTART;VALUE=DATE"] == "20260401"
    assert found[f"dokument-{published.pk}-slutar"]["DTSTART;VALUE=DATE"] == "20280331"
    assert found[f"dokument-{published.pk}-slutar"]["DTEND;VALUE=DATE"] == "20280401"
    assert found[f"dialog-{asked.pk}"]["SUMMARY"] == "Speed dating i Lycksele"


def test_a_dialogue_that_is_not_announced_is_in_no_calendar(client, cycle, lycksele, bo):
    made.dialogue(cycle, lycksele, bo)

    assert events(client) == []


def test_the_calendar_is_the_same_when_it_is_fetched_again(client, published):
    assert calendar(client) == calendar(client)


def test_the_calendars_lines_are_short_and_end_as_they_must(client, publish):
    publish(title="Å" * 150 + "; a, b \\ c")
    whole = calendar(client)

    assert whole.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert whole.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in whole.replace(b"\r\n", b"")
    assert max(len(line) for line in whole.split(b"\r\n")) <= 75
    assert "Å" * 150 + "\\; a\\, b \\\\ c" in whole.decode().replace("\r\n ", "")


@pytest.mark.parametrize("line", ["", "kort", "å" * 38, "🚓" * 40, "x" * 75, "x" * 76])
def test_folding_loses_nothing(line):
    parts = folded(line).split("\r\n")

    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_only_the_panel_may_be_framed(client, published):
    panel = client.get(f"{ROOT}lycksele/panel/")
    assert "frame-ancestors *" in panel["Content-Security-Policy"]
    assert "script-src 'self'" in panel["Content-Security-Policy"]
    assert "X-Frame-Options" not in panel

    for path in ("", "lycksele/", "lycksele/panel/infoga/", f"lycksele/{published.pk}/", "data/"):
        response = client.get(ROOT + path)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_the_panel_tells_in_short_and_leads_out_of_the_frame(client, published, promise):
    text = client.get(f"{ROOT}lycksele/panel/").content.decode()

    assert "Synlig polis i centrum" in text
    assert f'href="{ROOT}lycksele/{published.pk}/{promise.pk}/" target="_top"' in text
    assert "<script" not in text


def test_an_empty_panel_says_so(client, lycksele):
    assert "Inga löften gäller just nu." in client.get(f"{ROOT}lycksele/panel/").content.decode()


def test_the_lines_to_copy_are_a_frame_and_no_script(client, lycksele, settings):
    settings.SITE_URL = "https://exempel.se"
    text = client.get(f"{ROOT}lycksele/panel/infoga/").content.decode()

    assert '&lt;iframe src="https://exempel.se/medborgarloften/lycksele/panel/"' in text
    assert "&lt;script" not in text


def test_the_page_on_following_leads_to_all_of_it(client, lycksele):
    text = client.get(f"{ROOT}lycksele/floden/").content.decode()

    for path in ("lycksele/atom.xml", "lan/vasterbottens-lan/atom.xml", "atom.xml", "lycksele/kalender.ics"):
        assert f'href="{ROOT}{path}"' in text
    assert f'href="{ROOT}lycksele/panel/infoga/"' in text


@pytest.mark.parametrize(
    "path", ["atom.xml", "lycksele/atom.xml", "lycksele/kalender.ics", "lycksele/panel/", "lycksele/floden/"]
)
def test_nobody_gets_a_cookie(client, published, path):
    assert not client.get(ROOT + path).cookies


@pytest.mark.parametrize("path", ["atlantis/atom.xml", "atlantis/kalender.ics", "atlantis/panel/", "lan/x/atom.xml"])
def test_unknown_places_are_not_found(client, lycksele, path):
    assert client.get(ROOT + path).status_code == 404
