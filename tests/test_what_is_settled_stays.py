"""What was signed, established, published or finished: the database refuses to change any column but those named here.

A column that a later migration adds is refused too, or this says so: the trigger then has to be made again.
"""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, models, transaction

from agreements.models import ImportedRow, WorkbookImport
from citizen_promises.actions import publish
from lib.dates import now
from tests import factories


@pytest.fixture
def established(partnership, bo):
    return factories.PictureFactory(
        partnership=partnership,
        status="established",
        established_at=now(),
        established_by=bo,
        frozen={"title": "Bilden"},
        checksum="e" * 64,
    )


@pytest.fixture
def signed(partnership):
    return factories.AgreementFactory(
        partnership=partnership,
        status="signed",
        signed_on=dt.date(2026, 1, 1),
        frozen={"parties": []},
        checksum="e" * 64,
    )


@pytest.fixture
def adopted(cycle):
    by = {"adopted_on": dt.date(2026, 3, 20), "frozen": {"rows": []}, "checksum": "e" * 64}
    return factories.ActionPlanFactory(cycle=cycle, status="adopted", **by)


@pytest.fixture
def promised(cycle, lycksele, bo):
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    promise = factories.PromiseFactory(document=document)
    publish(document, by=bo)
    return promise


@pytest.fixture
def document(promised):
    return promised.document


@pytest.fixture
def finished(cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    return factories.FollowUpFactory(measure=measure, status="finished", decision_why="Det går bra.")


@pytest.fixture
def decided(cycle, bo):
    by = {"decided_on": dt.date(2026, 3, 20), "body_name": "Styrgruppen", "decided_at": now(), "decided_by": bo}
    return factories.PrioritisationFactory(cycle=cycle, status="decided", frozen={"rows": []}, **by)


@pytest.fixture
def workbook(partnership, bo):
    by = {"imported_at": now(), "imported_by": bo, "created_by": bo}
    file = {"file": "agreements/imports/e", "original_name": "plan.xlsx", "sha256": "e" * 64, "size": 7}
    return WorkbookImport.objects.create(partnership=partnership, status="imported", **file, **by)


@pytest.fixture
def imported_row(workbook, cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    where = {"partnership": workbook.partnership, "sheet": "Åtgärder", "number": 2, "checksum": "e" * 64}
    return ImportedRow.objects.create(source=workbook, measure=measure, **where)


MAY_CHANGE = {
    "imported_row": set(),
    "workbook": set(),
    "decided": set(),
    "established": {"status", "revision", "shared_at", "shared_by", "released_at", "released_by", "leadership_read_on"},
    "adopted": {"status", "revision"},
    "signed": {"status", "revision", "prolonged_to", "terminated_on"},
    "document": {"status", "revision", "withdrawn_at", "withdrawn_by", "withdrawn_reason"},
    "promised": {"status", "status_reason", "settled_on", "revision", "feedback", "feedback_on"},
    "finished": {"revision", "steering_group_on"},
}


@pytest.mark.parametrize("what", MAY_CHANGE)
def test_no_other_column_changes(request, what):
    row = request.getfixturevalue(what)

    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in MAY_CHANGE[what]:
            continue
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            _write(row, field)
        row.refresh_from_db()


@pytest.mark.parametrize("what", MAY_CHANGE)
def test_the_row_is_not_deleted(request, what):
    row = request.getfixturevalue(what)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])


def test_no_promise_is_added_to_published_ones(document):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        factories.PromiseFactory(document=document)


def _write(row, field):
    """Another value of the column's kind, past every form, action and model."""
    value = {
        models.DateField: dt.date(1999, 1, 1),
        models.DateTimeField: dt.datetime(1999, 1, 1, tzinfo=dt.UTC),
        models.BooleanField: not getattr(row, field.attname),
        models.JSONField: {"annat": 1},
    }.get(type(field), 9876 if field.is_relation or "Integer" in type(field).__name__ else "annat")
    type(row)._default_manager.filter(pk=row.pk).update(**{field.attname: value})
