"""The database itself refuses to change, take away or add to a published text, whichever door it comes through."""

from django.db import migrations

from lib.triggers import allow, changed, refuse

DOCUMENTS, PROMISES = "citizen_promises_promisedocument", "citizen_promises_promise"
MESSAGE = "a published promise never changes"
# What goes on after publishing: the document is withdrawn, a promise is settled and reported back on.
DOCUMENT_MAY = {"status", "revision", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason"}
PROMISE_MAY = {"status", "status_reason", "settled_on", "revision", "feedback", "feedback_on"}


def make(apps, schema_editor):
    document, promise = (
        {field.column for field in apps.get_model("citizen_promises", name)._meta.concrete_fields}
        for name in ("PromiseDocument", "Promise")
    )
    text = changed(sorted(document - DOCUMENT_MAY))
    refuse(schema_editor, DOCUMENTS, "update", f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {text})", MESSAGE)
    refuse(schema_editor, DOCUMENTS, "delete", "OLD.status <> 'draft'", MESSAGE)
    refuse(
        schema_editor, PROMISES, "update", f"{_status('OLD')} AND ({changed(sorted(promise - PROMISE_MAY))})", MESSAGE
    )
    refuse(schema_editor, PROMISES, "delete", _status("OLD"), MESSAGE)
    refuse(schema_editor, PROMISES, "insert", _status("NEW"), MESSAGE)


def _status(row):
    return f"(SELECT status FROM {DOCUMENTS} WHERE id = {row}.document_id) <> 'draft'"


def drop(apps, schema_editor):
    for table in (DOCUMENTS, PROMISES):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


class Migration(migrations.Migration):
    dependencies = [("citizen_promises", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
