"""Files are shown to a virus scanner where there is one; without its word nothing is let in."""

import hashlib
import io
import socket
import tempfile
from pathlib import Path

import pytest

from attachments import actions
from attachments.models import Attachment
from journal.models import Event
from lib.uploads import FileRefused
from tests.attachments import files, scanner

INFECTED = files.PDF.replace(b"%%EOF", scanner.EICAR + b"\n%%EOF")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def listen(settings):
    """Start a scanner, with an answer of its own if one is given."""
    started = []

    def start(answer=None):
        made, settings.VIRUS_SCAN = scanner.over_network(answer)
        started.append(made)
        return made

    yield start
    for one in started:
        one.stop()


def keep(content, by, name="protokoll.pdf"):
    return actions.keep(io.BytesIO(content), name, by=by)


def test_a_clean_file_is_kept_and_it_says_so(anna, listen):
    asked = listen()

    kept = keep(files.PDF, anna)

    assert (kept.scan, asked.received) == ("clean", files.PDF)


def test_a_large_file_is_sent_in_pieces(anna, listen):
    asked = listen()
    content = files.PDF.replace(b"%%EOF", b"%" * 150_000 + b"\n%%EOF")

    keep(content, anna)

    assert (asked.received == content, max(asked.chunks)) == (True, 64 * 1024)


def test_the_picture_is_searched_as_it_was_sent(anna, listen):
    asked, sent = listen(), files.picture()

    keep(sent, anna, "torget.jpg")

    assert asked.received == sent


def test_an_infected_file_is_refused_and_stands_in_the_journal(anna, listen):
    listen()

    with pytest.raises(FileRefused, match="skadlig kod"):
        keep(INFECTED, anna)

    event = Event.objects.get(verb="infected")
    assert (event.by, event.subject, Attachment.objects.count()) == (anna, f"accounts.user:{anna.pk}", 0)
    assert event.changes["file"]["label"] == "protokoll.pdf: Eicar-Signature"
    assert event.changes["file"]["to"] == hashlib.sha256(INFECTED).hexdigest()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: what?\0", b"OK\0"])
def test_an_answer_that_is_none_lets_nothing_in(anna, listen, caplog, answer):
    listen(answer)

    with pytest.raises(FileRefused, match="kunde inte virussökas"):
        keep(files.PDF, anna)

    assert Attachment.objects.count() == 0
    assert "protokoll" not in caplog.text


@pytest.mark.parametrize("address", ["clamd://127.0.0.1:1", "unix:///nowhere/clamd.ctl", "http://127.0.0.1/", "on"])
def test_a_scanner_that_cannot_be_reached_lets_nothing_in(anna, settings, address):
    settings.VIRUS_SCAN = address

    with pytest.raises(FileRefused, match="kunde inte virussökas"):
        keep(files.PDF, anna)


def test_a_scanner_that_is_silent_lets_nothing_in(anna, settings, monkeypatch):
    monkeypatch.setattr("lib.virus_scan.SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.VIRUS_SCAN = f"clamd://127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(FileRefused, match="kunde inte virussökas"):
            keep(files.PDF, anna)


def test_a_scanner_on_the_same_machine(anna, settings):
    with tempfile.TemporaryDirectory(dir="/tmp") as short:  # such an address has room for 107 letters
        asked, settings.VIRUS_SCAN = scanner.over_file(Path(short) / "clamd.ctl")

        assert keep(files.PDF, anna).scan == "clean"

        asked.stop()
