"""Doors to the open data: the page that explains, the data sets, and what they are made of."""

import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from residents import opendata, schema
from residents.doors import for_everyone
from residents.links import absolute

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
NOT_UNDERSTOOD = "Ange lan med två siffror (länskod) eller kommun med fyra siffror (kommunkod).\n"


@for_everyone()
def page(request: HttpRequest) -> HttpResponse:
    """What there is, in which form, and that anybody may use it for anything."""
    sets = [(name, schema.TITLES[name], schema.COLUMNS[name]) for name in opendata.SETS]
    columns = [(name, title, [(key, words) for key, (_, words) in table.items()]) for name, title, table in sets]
    context = {"sets": columns, "licence": opendata.LICENCE, "root": absolute(reverse("residents:data"))}
    return render(request, "residents/data.html", context)


@for_everyone("lan", "kommun")
def data_set(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """A whole data set, poured out row by row; 304 where the reader has it already."""
    if name not in opendata.SETS:
        raise Http404
    asked = {key: request.GET.get(key, "") for key in schema.AREA}
    if any(code and not re.fullmatch(schema.AREA[key], code) for key, code in asked.items()):
        return _open(HttpResponse(NOT_UNDERSTOOD, status=400, content_type="text/plain; charset=utf-8"))
    area = opendata.Area(asked["lan"], asked["kommun"])
    tag = f'"{opendata.stamp(f"{name}.{kind}", area)}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _open(HttpResponse(status=304, headers={"ETag": tag}))
    rows = opendata.SETS[name](area)
    poured = opendata.as_json(name, rows) if kind == "json" else opendata.as_csv(list(schema.COLUMNS[name]), rows)
    return _open(StreamingHttpResponse(poured, content_type=TYPES[kind], headers={"ETag": tag}))


@for_everyone()
def json_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of every data set."""
    return _told(schema.json_schema(absolute(request.path)), "application/schema+json")


@for_everyone()
def openapi(request: HttpRequest) -> HttpResponse:
    """The same for programs, as OpenAPI."""
    root = absolute(reverse("residents:data")).rstrip("/")
    return _told(schema.openapi(root, absolute(reverse("residents:schema"))), "application/json")


def _told(what: dict[str, Any], kind: str) -> HttpResponse:
    told = HttpResponse(json.dumps(what, ensure_ascii=False, indent=1), content_type=kind)
    _open(told)
    return told


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Other sites' own pages may fetch it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
