"""Atom (RFC 4287) and iCalendar (RFC 5545), written by hand: two small formats that do not change."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings

from residents.links import absolute
from residents.news import News

ATOM = "http://www.w3.org/2005/Atom"
# What XML has no way to say.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FOLD_AT = 75  # octets


def host() -> str:
    """The site's own name, which keeps our numbers apart from those of others."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def atom(title: str, path: str, page: str, news: Iterable[News]) -> bytes:
    """A feed. Its entries keep their ids, so that no reader shows the same thing twice."""
    ET.register_namespace("", ATOM)
    feed, entries = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "sv"}), list(news)
    _say(feed, "id", _tag(path))
    _say(feed, "title", title)
    # A feed where nothing has happened is as old as the format of its ids.
    _say(feed, "updated", _moment(entries[0].at if entries else dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
    _say(_say(feed, "author", ""), "name", "Medborgarlöften")
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": absolute(path), "type": "application/atom+xml"})
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": absolute(page), "type": "text/html"})
    for one in entries:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _say(entry, "id", _tag(one.key))
        _say(entry, "title", one.title)
        _say(entry, "updated", _moment(one.at))
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": absolute(one.path)})
        _say(entry, "content", one.text).set("type", "text")
    whole: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return whole


def _say(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = _UNSPEAKABLE.sub("", text) or None
    return made


def _tag(key: str) -> str:
    return f"tag:{host()},2026:{key.strip('/')}"


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Day:
    """Something in a calendar: whole days."""

    key: str
    first: dt.date
    last: dt.date
    title: str
    text: str
    path: str
    written: dt.datetime


def calendar(title: str, days: Iterable[Day]) -> bytes:
    """A calendar to subscribe to. Each event keeps its UID: a changed day moves it, never doubles it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samverkan//Medborgarlöften//SV", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(title)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.key}@{host()}",
            f"DTSTAMP:{day.written.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day.first:%Y%m%d}",
            # The first day that is no longer part of it.
            f"DTEND;VALUE=DATE:{day.last + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(day.title)}",
            f"DESCRIPTION:{_escaped(day.text)}",
            f"URL:{absolute(day.path)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _escaped(text: str) -> str:
    text = _UNSPEAKABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line of at most 75 octets, continued on the next after a space; no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD_AT:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece])
