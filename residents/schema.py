"""What the open data is made of: one table of columns, from which JSON Schema, OpenAPI and the page are told."""

from typing import Any

from agreements.models import Agreement
from citizen_promises.models import Promise
from dialogues.models import Theme
from residents.opendata import LICENCE, SETS, VERSION

_Columns = dict[str, tuple[dict[str, Any], str]]

_ID: dict[str, Any] = {"type": "integer", "minimum": 1}
_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_URL: dict[str, Any] = {"type": "string", "format": "uri"}


def _or_nothing(kind: dict[str, Any]) -> dict[str, Any]:
    return kind | {"type": [kind["type"], "null"]}


def _one_of(choices: Any, *also: str) -> dict[str, Any]:
    return {"type": "string", "enum": [*choices.values, *also]}


_PLACE: _Columns = {
    "municipality_code": ({"type": "string", "pattern": "^[0-9]{4}$"}, "Kommunkod (SCB)"),
    "municipality": (_TEXT, "Kommunens namn"),
    "county_code": ({"type": "string", "pattern": "^[0-9]{2}$"}, "Länskod (SCB)"),
}
_PERIOD: _Columns = {
    "starts": (_DAY, "Första dagen"),
    "ends": (_or_nothing(_DAY), "Sista dagen; tomt om slutet är öppet"),
}
_HEAD: _Columns = {"id": (_ID, "Postens eget nummer. Det ändras aldrig."), "url": (_URL, "Sidan där samma sak läses")}

# Data set → column → (what it holds, what it means).
COLUMNS: dict[str, _Columns] = {
    "dokument": {
        **_HEAD,
        **_PLACE,
        "title": (_TEXT, "Rubrik"),
        **_PERIOD,
        "situation": (_TEXT, "Lägesbilden i korthet"),
        "how_made": (_TEXT, "Hur löftena togs fram"),
        "follow_up": (_TEXT, "Hur och när det berättas hur det gick"),
        "published": (_or_nothing({"type": "string", "format": "date-time"}), "När det publicerades"),
        "promises": (_COUNT, "Antal löften"),
    },
    "loften": {
        **_HEAD,
        "document_id": (_ID, "Dokumentet som löftet står i"),
        **_PLACE,
        "text": (_TEXT, "Löftet; första raden är rubrik"),
        "promiser": (_one_of(Promise.Promiser), "Vem som lovar"),
        "party": (_or_nothing(_TEXT), "Namngivna parter"),
        "why": (_TEXT, "Vad invånarna sa"),
        "planned_count": (_or_nothing(_COUNT), "Hur många som är lovade; tomt om det inte går att räkna"),
        "unit": (_TEXT, "Vad som räknas"),
        "per": (_TEXT, "Per period, till exempel per termin"),
        "basis": (_TEXT, "Hur löftet bedöms om det inte går att räkna"),
        "done_count": (_COUNT, "Hur många som är redovisade"),
        **_PERIOD,
        "status": (_one_of(Promise.Status), "Hur det har gått"),
        "status_reason": (_TEXT, "Motivering"),
        "settled_on": (_or_nothing(_DAY), "När det bedömdes"),
        "feedback": (_TEXT, "Återkoppling till invånarna"),
        "feedback_on": (_or_nothing(_DAY), "När återkopplingen gavs"),
        "feedback_missing": ({"type": "boolean"}, "Om tiden är slut utan återkoppling"),
    },
    "utfall": {
        **_HEAD,
        "promise_id": (_ID, "Löftet"),
        "municipality_code": _PLACE["municipality_code"],
        "day": (_DAY, "När det hände"),
        "count": (_COUNT, "Antal"),
        "text": (_TEXT, "Vad som hände"),
    },
    "dialoger": {
        **_HEAD,
        "dialogue_id": (_ID, "Dialogen som temat kom upp i"),
        **_PLACE,
        "dialogue": (_TEXT, "Dialogens rubrik"),
        "method": (_TEXT, "Metod"),
        **_PERIOD,
        "participants": (_or_nothing(_COUNT), "Antal deltagare eller svar"),
        "theme": (_TEXT, "Temat"),
        "mentions": (_COUNT, "Hur många som nämnde det"),
        "outcome": (_one_of(Theme.Outcome, ""), "Vad temat ledde till; tomt om det inte är besvarat"),
        "answer": (_TEXT, "Svaret till dem som deltog"),
    },
    "overenskommelser": {
        "id": _HEAD["id"],
        "url": (_or_nothing(_URL), "Sidan där texten läses"),
        "title": (_TEXT, "Titel"),
        "kind": (_one_of(Agreement.Kind), "Typ"),
        "municipality_codes": ({"type": "array", "items": _TEXT}, "Kommuner som den gäller"),
        "parties": ({"type": "array", "items": _TEXT}, "Parter i den undertecknade texten"),
        **_PERIOD,
        "signed_on": (_or_nothing(_DAY), "När den undertecknades"),
        "checksum": (_TEXT, "Den undertecknade textens kontrollsumma (SHA-256)"),
    },
}
TITLES = {
    "dokument": "Löftesdokument",
    "loften": "Löften och hur det gick",
    "utfall": "Utfall, rad för rad",
    "dialoger": "Dialogernas teman och svaren på dem",
    "overenskommelser": "Register över undertecknade överenskommelser",
}
AREA = {"lan": "^[0-9]{2}$", "kommun": "^[0-9]{4}$"}


def json_schema(address: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of every data set: the document as a whole is one of them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": f"Öppna data om medborgarlöften, version {VERSION}",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in SETS],
        "$defs": {name: _data_set(name) for name in SETS},
    }


def _data_set(name: str) -> dict[str, Any]:
    row = {column: kind | {"description": words} for column, (kind, words) in COLUMNS[name].items()}
    rows = {"type": "object", "properties": row, "required": list(row), "additionalProperties": False}
    about = {"dataset": {"const": name}, "version": {"const": VERSION}, "licence": {"const": LICENCE}, "schema": _URL}
    parts = {**about, "rows": {"type": "array", "items": rows}}
    return {"title": TITLES[name], "type": "object", "properties": parts, "required": list(parts)}


def openapi(root: str, schema: str) -> dict[str, Any]:
    """OpenAPI 3.1: where each data set is fetched, and what may be asked for."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Öppna data om medborgarlöften",
            "version": VERSION,
            "description": "Det som polis och kommuner lovar sina invånare, och hur det går. Inga nycklar behövs.",
            "license": {"name": "CC0 1.0", "url": LICENCE},
        },
        "servers": [{"url": root}],
        "paths": {f"/{name}.{kind}": {"get": _get(name, kind, schema)} for name in SETS for kind in ("json", "csv")},
    }


def _get(name: str, kind: str, schema: str) -> dict[str, Any]:
    media = {"json": "application/json", "csv": "text/csv"}[kind]
    shape = {"$ref": f"{schema}#/$defs/{name}"} if kind == "json" else _TEXT
    words = {"lan": "Bara ett län, med länskod", "kommun": "Bara en kommun, med kommunkod"}
    return {
        "operationId": f"{name}_{kind}",
        "summary": f"{TITLES[name]} som {kind.upper()}",
        "parameters": [
            {"name": asked, "in": "query", "description": words[asked], "schema": _TEXT | {"pattern": pattern}}
            for asked, pattern in AREA.items()
        ],
        "responses": {
            "200": {
                "description": "Alla rader",
                "headers": {"ETag": {"description": "Skicka i If-None-Match nästa gång", "schema": _TEXT}},
                "content": {media: {"schema": shape}},
            },
            "304": {"description": "Inget har ändrats"},
            "400": {"description": "Länskoden eller kommunkoden går inte att förstå"},
        },
    }
