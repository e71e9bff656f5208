"""Asks a virus scanner about a file, in the words of ClamAV's clamd: INSTREAM over a socket.

Off where settings.VIRUS_SCAN is empty. Where it is on, a scanner that does not answer lets nothing through.
"""

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 30
LONGEST_ANSWER = 4096
PORT = 3310


class NotScanned(Exception):
    """The scanner did not answer, or did not say either clean or infected."""


def is_on() -> bool:
    return bool(settings.VIRUS_SCAN)


def found_in(content: bytes) -> str:
    """The name of what the scanner found; empty for a clean file. Raises NotScanned."""
    try:
        with closing(_connection(settings.VIRUS_SCAN)) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                scanner.sendall(struct.pack("!I", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!I", 0))
            answer = _answer(scanner)
    except (OSError, ValueError) as error:
        raise NotScanned(type(error).__name__) from error
    return _meaning(answer)


def _connection(address: str) -> socket.socket:
    where = urlsplit(address)
    if where.scheme == "clamd" and where.hostname:
        return socket.create_connection((where.hostname, where.port or PORT), timeout=SECONDS)
    if where.scheme != "unix" or not where.path:
        raise ValueError("VIRUS_SCAN is clamd://host:port or unix:///path")
    local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    local.settimeout(SECONDS)
    try:
        local.connect(where.path)
    except OSError:
        local.close()
        raise
    return local


def _answer(scanner: socket.socket) -> str:
    """One line, that ends with a null byte or where the scanner hangs up."""
    got = b""
    while b"\0" not in got and len(got) < LONGEST_ANSWER and (more := scanner.recv(LONGEST_ANSWER)):
        got += more
    return got.split(b"\0")[0].decode("utf-8", "replace").strip()


def _meaning(answer: str) -> str:
    """ "stream: OK", "stream: Eicar-Signature FOUND"; anything else ("… ERROR", nothing) is no answer."""
    said = answer.removeprefix("stream:").strip()
    if answer.startswith("stream:") and said == "OK":
        return ""
    if answer.startswith("stream:") and said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").strip() or "okänt"
    raise NotScanned(answer[:200] or "no answer")
