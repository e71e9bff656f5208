"""Open data: whole, valid against its own schema, with nothing that was not public."""

import csv
import datetime as dt
import io
import json

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from citizen_promises import actions
from residents import schema
from tests import factories
from tests.residents import made

ROOT = "/medborgarloften/data/"
SETS = list(schema.COLUMNS)


def fetch(client, name, **headers):
    response = client.get(f"{ROOT}{name}", headers=headers)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def rows(client, name, question=""):
    response = client.get(f"{ROOT}{name}.json{question}")
    return json.loads(b"".join(response))["rows"]


@pytest.fixture
def everything(published, promise, bo, partnership, cycle, lycksele):
    """Something in every data set."""
    factories.OutcomeFactory(promise=promise, text="Sju pass; med «citat» och\nradbyte.")
    actions.settle(promise, by=bo, status="partly", reason="Två pass ställdes in.")
    made.result(made.dialogue(cycle, lycksele, bo), bo)
    made.signed(partnership, bo)


@pytest.mark.parametrize("name", SETS)
def test_every_data_set_is_what_its_schema_says(client, everything, name):
    published = json.loads(fetch(client, "schema.json"))
    jsonschema.Draft202012Validator.check_schema(published)
    checker = jsonschema.Draft202012Validator(published, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    whole = json.loads(fetch(client, f"{name}.json"))

    assert whole["rows"]
    assert [error.message for error in checker.iter_errors(whole)] == []


@pytest.mark.parametrize("name", SETS)
def test_the_schema_can_say_no(client, everything, name):
    checker = jsonschema.Draft202012Validator(schema.json_schema("https://exempel.se/schema.json"))
    whole = json.loads(fetch(client, f"{name}.json"))
    whole["rows"][0]["id"] = "sju"

    assert not checker.is_valid(whole)


@pytest.mark.parametrize("name", SETS)
def test_the_spreadsheet_has_the_same_rows(client, everything, name):
    text = fetch(client, f"{name}.csv").decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert list(read[0]) == list(schema.COLUMNS[name])
    assert [row["id"] for row in read] == [str(row["id"]) for row in rows(client, name)]


def test_a_row_says_how_it_went_and_where_it_is_read(client, everything, promise, published):
    row = rows(client, "loften")[0]

    assert (row["id"], row["status"], row["done_count"], row["planned_count"]) == (promise.pk, "partly", 7, 25)
    assert client.get(row["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_nothing_of_a_draft_and_nobodys_name_is_there(client, draft, promise, bo):
    everything = "".join(fetch(client, f"{name}.json").decode() for name in SETS)

    assert "Synlig polis" not in everything
    assert bo.name not in everything


def test_functions_and_names_are_no_part_of_what_is_published(client, everything, promise, bo):
    everything = "".join(fetch(client, f"{name}.json").decode() for name in SETS)

    assert promise.function not in everything
    assert bo.name not in everything


def test_what_is_withdrawn_is_no_longer_there(client, published, bo):
    actions.withdraw(published, by=bo, reason="Fel.")

    assert rows(client, "loften") == []


def test_a_part_of_the_country(client, publish, organisations):
    publish()
    bjuv = factories.MunicipalityFactory(code="1260", name="Bjuv", county=factories.CountyFactory(code="12"))
    publish(municipality=bjuv)

    assert {row["county_code"] for row in rows(client, "loften", "?lan=12")} == {"12"}
    assert {row["municipality_code"] for row in rows(client, "dokument", "?kommun=2481")} == {"2481"}
    assert len(rows(client, "loften")) == 2


@pytest.mark.parametrize("question", ["?lan=1", "?lan=abc", "?kommun=' OR 1", "?kommun=24810"])
def test_what_is_no_code_is_refused_with_a_sentence(client, published, question):
    response = client.get(f"{ROOT}loften.json{question}")

    assert response.status_code == 400
    assert "Ange lan" in response.content.decode()


@pytest.mark.parametrize("name", ["annat.json", "loften.xml", "loften", "../loften.json"])
def test_other_data_sets_are_not_found(client, lycksele, name):
    assert client.get(ROOT + name).status_code == 404


def test_who_has_the_rows_already_is_told_so_until_something_changes(client, published, promise, bo):
    tag = client.get(f"{ROOT}loften.json")["ETag"]
    assert client.get(f"{ROOT}loften.json", headers={"If-None-Match": tag}).status_code == 304
    actions.add_outcome(promise, by=bo, day=dt.date(2026, 6, 1), text="Hände.", count=1)

    assert client.get(f"{ROOT}loften.json", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("name", ["loften.json", "loften.csv", "schema.json", "openapi.json"])
def test_other_sites_may_fetch_it_and_no_cookie_is_set(client, published, name):
    response = client.get(ROOT + name)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies


def test_it_is_packed_on_its_way(client, published):
    import gzip  # noqa: PLC0415

    packed = fetch(client, "loften.json", **{"Accept-Encoding": "gzip"})

    assert json.loads(gzip.decompress(packed))["dataset"] == "loften"


@pytest.mark.parametrize("name", SETS)
def test_as_many_questions_however_much_there_is(client, everything, publish, name):
    with CaptureQueriesContext(connection) as few:
        fetch(client, f"{name}.json")
    for _ in range(3):
        factories.OutcomeFactory(promise=publish("Ett", "Två").promises.first())
    with CaptureQueriesContext(connection) as many:
        fetch(client, f"{name}.json")

    assert len(many) == len(few)


def test_a_cell_that_would_be_a_formula_is_none(client, publish):
    publish("=1+1")

    assert "'=1+1" in fetch(client, "loften.csv").decode()


def test_programs_are_told_of_every_data_set(client, lycksele):
    told = json.loads(fetch(client, "openapi.json"))

    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {f"/{name}.{kind}" for name in SETS for kind in ("json", "csv")}
    for path, methods in told["paths"].items():
        assert client.get(ROOT + path.lstrip("/")).status_code == 200
        assert set(methods["get"]["responses"]) == {"200", "304", "400"}


def test_the_page_says_that_everybody_may_use_it(client, lycksele):
    text = fetch(client, "").decode()

    assert "CC0 1.0" in text
    for name in SETS:
        assert f'href="{ROOT}{name}.json"' in text
