"""Open data: every row that anybody may have, one at a time, however many there are.

A row's `id` is the record's own number and never changes; `url` is where people read the same. The words are those of
`schema.py`, which says what each means.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Max
from django.urls import reverse

from agreements.models import Agreement
from agreements.queries import municipalities_of
from citizen_promises.models import PromiseDocument
from citizen_promises.public import PublicDocument, PublicPromise
from dialogues.models import DialogueResult
from journal.models import Event
from lib import canonical
from lib.dates import today
from municipalities.models import Municipality
from residents.links import absolute

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
VERSION = "1.0"
AT_A_TIME = 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Area:
    """Which part of the country is asked for: all of it, a county's, or a municipality's."""

    county: str = ""
    municipality: str = ""

    def within(self, prefix: str = "") -> dict[str, str]:
        """The same as the filter of a query on what has a municipality."""
        found = {f"{prefix}municipality__county__code": self.county, f"{prefix}municipality__code": self.municipality}
        return {name: code for name, code in found.items() if code}


def documents(area: Area) -> Iterator[Row]:
    """The promise documents."""
    for document in _documents(area):
        yield _place(document.municipality) | {
            "id": document.pk,
            "url": _url("document", document.municipality, document.pk),
            "title": document.title,
            "starts": document.starts.isoformat(),
            "ends": _iso(document.ends),
            "situation": document.situation,
            "how_made": document.how_made,
            "follow_up": document.follow_up,
            "published": document.published_at.isoformat() if document.published_at else None,
            "promises": len(document.promises),
        }


def promises(area: Area) -> Iterator[Row]:
    """The promises, with how they went."""
    for document in _documents(area):
        for promise in document.promises:
            yield _place(document.municipality) | _promise(document, promise)


def outcomes(area: Area) -> Iterator[Row]:
    """What was told of the promises, line by line."""
    for document in _documents(area):
        for promise in document.promises:
            for outcome in promise.outcomes:
                yield {
                    "id": outcome.pk,
                    "promise_id": promise.pk,
                    "municipality_code": document.municipality.code,
                    "day": outcome.day.isoformat(),
                    "count": outcome.count,
                    "text": outcome.text,
                    "url": _url("promise", document.municipality, document.pk, promise.pk),
                }


def dialogues(area: Area) -> Iterator[Row]:
    """The themes of published dialogues, each with its answer."""
    found = DialogueResult.objects.public().filter(**area.within("dialogue__"))
    for result in found.select_related("dialogue__municipality__county").order_by("pk").iterator(AT_A_TIME):
        municipality, text = result.dialogue.municipality, result.frozen
        if municipality is None:
            continue  # with staff, and never published
        for theme in text["themes"]:
            yield _place(municipality) | {
                "id": theme["id"],
                "dialogue_id": result.dialogue_id,
                "url": _url("dialogue", municipality, result.dialogue_id),
                "dialogue": text["title"],
                "method": text["method"],
                "starts": text["starts"],
                "ends": text["ends"],
                "participants": text["participants"],
                "theme": theme["title"],
                "mentions": theme["mentions"],
                "outcome": theme["outcome"],
                "answer": theme["answer"],
            }


def _with_bound(found: Iterator[Agreement], day: dt.date) -> Iterator[tuple[Agreement, set[int]]]:
    """Each with the municipalities that it binds on the day, asked for some at a time."""
    while batch := list(islice(found, AT_A_TIME)):
        bound = municipalities_of(batch, day)
        yield from ((agreement, bound[agreement.pk]) for agreement in batch)


def agreements(area: Area) -> Iterator[Row]:
    """The register of signed agreements that are marked as open handlings."""
    found = Agreement.objects.public().filter(**_bound(area)).distinct().without_texts()
    rows = found.select_related("municipality").prefetch_related("parties__organisation")
    places, day = Municipality.objects.in_bulk(), today()
    for agreement, standing in _with_bound(rows.order_by("pk").iterator(AT_A_TIME), day):
        # A municipality's own agreement binds the others of the partnership no more than they bind it.
        own = [agreement.municipality_id] if agreement.municipality_id else sorted(standing)
        bound = [places[pk] for pk in own]
        organisations = [party.organisation for party in agreement.parties.all()]
        last = agreement.last_day_on(day)
        yield {
            "id": agreement.pk,
            "url": _url("agreement", bound[0], agreement.pk) if bound else None,
            "title": agreement.title,
            "kind": agreement.kind,
            "municipality_codes": sorted(one.code for one in bound),
            "parties": sorted(one.name for one in organisations),
            "starts": agreement.starts.isoformat(),
            "ends": _iso(last),
            "signed_on": _iso(agreement.signed_on),
            "checksum": agreement.checksum,
        }


SETS: dict[str, Callable[[Area], Iterator[Row]]] = {
    "dokument": documents,
    "loften": promises,
    "utfall": outcomes,
    "dialoger": dialogues,
    "overenskommelser": agreements,
}


def as_json(name: str, rows: Iterable[Row]) -> Iterator[bytes]:
    """A JSON document, a row at a time: what it is, whose it is, and the rows."""
    head = {"dataset": name, "version": VERSION, "licence": LICENCE, "schema": absolute(reverse("residents:schema"))}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + json.dumps(row, ensure_ascii=False).encode()
    yield b"\n]}\n"


def as_csv(columns: list[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The same rows as CSV: UTF-8 with a mark, so that a spreadsheet reads å, ä and ö; lists divided by a bar."""
    yield b"\xef\xbb\xbf" + _line(columns)
    for row in rows:
        yield _line([_cell(row[name]) for name in columns])


def stamp(name: str, area: Area) -> str:
    """What the rows are an answer of: a sum that changes whenever any of them may have changed.

    The latest events of the journal, which is where every change is written; how many of them, since one with a lower
    number may be entered later; what is public by the clock; and the day.
    """
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    recent = Event.objects.filter(pk__gt=last - 1000).count()
    public = PromiseDocument.objects.public().count()
    sign = [name, VERSION, area.county, area.municipality, last, recent, public, today().isoformat()]
    return canonical.checksum(sign)[:24]


def _documents(area: Area) -> Iterator[PublicDocument]:
    found = PromiseDocument.objects.public().filter(**area.within()).select_related("municipality__county")
    day = today()
    for row in found.prefetch_related("promises__outcomes").order_by("pk").iterator(AT_A_TIME):
        if row.frozen:
            yield PublicDocument(row, row.frozen, list(row.promises.all()), day)


def _promise(document: PublicDocument, promise: PublicPromise) -> Row:
    return {
        "id": promise.pk,
        "document_id": document.pk,
        "url": _url("promise", document.municipality, document.pk, promise.pk),
        "text": f"{promise.heading}\n{promise.more}".strip(),
        "promiser": promise.promiser,
        "party": promise.party,
        "why": promise.why,
        "planned_count": promise.planned,
        "unit": promise.unit,
        "per": promise.per,
        "basis": promise.basis,
        "done_count": promise.done,
        "starts": document.starts.isoformat(),
        "ends": _iso(document.ends),
        "status": promise.live.status,
        "status_reason": promise.live.status_reason,
        "settled_on": _iso(promise.live.settled_on),
        "feedback": promise.live.feedback,
        "feedback_on": _iso(promise.live.feedback_on),
        "feedback_missing": promise.is_missing_feedback,
    }


def _bound(area: Area) -> dict[str, str]:
    prefix = "parties__organisation__municipality__"
    found = {f"{prefix}county__code": area.county, f"{prefix}code": area.municipality}
    return {name: code for name, code in found.items() if code}


def _place(municipality: Municipality) -> Row:
    return {
        "municipality_code": municipality.code,
        "municipality": municipality.name,
        "county_code": municipality.county.code,
    }


def _url(door: str, municipality: Municipality, *numbers: int) -> str:
    return absolute(reverse(f"residents:{door}", args=[municipality.slug, *numbers]))


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _cell(value: Any) -> Any:
    """A value in a cell. What a spreadsheet would take for a formula gets a mark before it, as in our other files."""
    if isinstance(value, list):
        value = " | ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _line(cells: Iterable[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()
