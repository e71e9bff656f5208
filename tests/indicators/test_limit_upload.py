import os

import pytest

from lib.uploads import LimitedUploadHandler
from tests.indicators.workbooks import sent

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def limit(settings):
    settings.MAX_UPLOAD_BYTES = MEGABYTE
    settings.FILE_UPLOAD_HANDLERS = ["lib.uploads.LimitedUploadHandler"]


def receive(size):
    """Send bytes through the handler as the server does; the file that the form gets, and its size on disk."""
    handler = LimitedUploadHandler()
    handler.new_file("file", "fil.xlsx", "application/octet-stream", size)
    for start in range(0, size, 64 * 1024):
        handler.receive_data_chunk(b"x" * min(64 * 1024, size - start), start)
    file = handler.file_complete(size)
    on_disk = os.path.getsize(file.temporary_file_path())
    file.close()
    return file, on_disk


def test_a_file_within_the_limit_is_written_whole():
    file, on_disk = receive(MEGABYTE)
    assert (file.size, on_disk) == (MEGABYTE, MEGABYTE)


def test_nothing_past_the_limit_reaches_the_disk_and_the_form_learns_the_size():
    file, on_disk = receive(5 * MEGABYTE)
    assert (file.size, on_disk) == (5 * MEGABYTE, MEGABYTE)


def test_the_page_says_that_the_file_is_too_large(client, anna):
    client.force_login(anna)
    response = client.post("/indikatorer/import/", {"file": sent(b"PK\x03\x04" + b"x" * 3 * MEGABYTE)})
    assert "Filen är för stor. Den får vara högst 1 MB." in response.content.decode()


def test_nothing_past_the_limit_for_all_files_together_reaches_the_disk(monkeypatch):
    monkeypatch.setattr("lib.uploads.MOST_AT_ONCE", MEGABYTE)
    handler, files = LimitedUploadHandler(), []
    for name in ("a.csv", "b.csv", "c.csv"):
        handler.new_file("file", name, "text/csv", MEGABYTE // 2)
        handler.receive_data_chunk(b"x" * (MEGABYTE // 2), 0)
        files.append(handler.file_complete(MEGABYTE // 2))

    on_disk = [os.path.getsize(file.temporary_file_path()) for file in files]
    assert on_disk == [MEGABYTE // 2, MEGABYTE // 2, 0]
    assert files[2].size > MEGABYTE
    for file in files:
        file.close()
