"""The database itself refuses to change a text that is approved or published, and the acts beside it.

An approved text goes back to draft as a whole; a published one never does.
"""

from django.db import migrations

from lib.triggers import allow, changed, refuse

ROOM = "citizen_promises"
DOCUMENTS, PROMISES = f"{ROOM}_promisedocument", f"{ROOM}_promise"
TEXT = "a promise that is approved never changes"
ACT = "an act beside the promises never changes"
# What goes on after approval: the document is published, replaced, closed or withdrawn, a promise is settled and told.
DOCUMENT_MAY = {
    *("status", "revision", "frozen", "checksum", "approved_at", "publish_at", "scheduled_by_id"),
    *("published_at", "published_by_id", "replaced_from", "closed_at", "closed_by_id"),
    *("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
}
PROMISE_MAY = {"status", "status_reason", "settled_on", "revision", "feedback", "feedback_on"}
OUT = "('published', 'closed', 'withdrawn')"
# What is tied to a promise or to a document is part of what was approved.
TIES = {f"{PROMISES}_{name}": "promise" for name in ("measures", "themes", "parties")} | {
    f"{DOCUMENTS}_{name}": "document" for name in ("goals", "dialogues")
}
LANGUAGES, APPROVALS, SIGNATURES = f"{ROOM}_languageversion", f"{ROOM}_approval", f"{ROOM}_signature"
CHANNELS = f"{ROOM}_channel"
EVENTS = ("insert", "update", "delete")


def make(apps, schema_editor):
    document, promise = (
        {field.column for field in apps.get_model(ROOM, name)._meta.concrete_fields}
        for name in ("PromiseDocument", "Promise")
    )
    frozen, told = changed(["frozen", "checksum", "approved_at"]), changed(["published_at", "published_by_id"])
    never = " OR ".join(
        [
            f"(OLD.status <> 'draft' AND ({changed(sorted(document - DOCUMENT_MAY))}))",
            f"(OLD.status <> 'draft' AND NEW.status <> 'draft' AND ({frozen}))",
            f"(OLD.status IN {OUT} AND (NEW.status NOT IN {OUT} OR {told} OR {changed(['publish_at'])}))",
            "(OLD.status = 'withdrawn' AND NEW.status <> 'withdrawn')",
        ]
    )
    refuse(schema_editor, DOCUMENTS, "update", never, TEXT)
    refuse(schema_editor, DOCUMENTS, "delete", "OLD.status <> 'draft'", TEXT)
    text = changed(sorted(promise - PROMISE_MAY))
    refuse(schema_editor, PROMISES, "update", f"{_status('OLD')} <> 'draft' AND ({text})", TEXT)
    refuse(schema_editor, PROMISES, "delete", f"{_status('OLD')} <> 'draft'", TEXT)
    refuse(schema_editor, PROMISES, "insert", f"{_status('NEW')} <> 'draft'", TEXT)
    for table, whose in TIES.items():
        of = _of_promise if whose == "promise" else _of_document
        for event in EVENTS:
            refuse(schema_editor, table, event, f"{of(_row(event))} <> 'draft'", TEXT)
    for event in EVENTS:
        refuse(schema_editor, LANGUAGES, event, f"{_status(_row(event))} <> 'draft'", TEXT)
    for table in (APPROVALS, SIGNATURES, CHANNELS):
        refuse(schema_editor, table, "update", "1 = 1", ACT)
    # Approvals go when a text goes back to draft; a signature may be taken back until the text is published.
    refuse(schema_editor, APPROVALS, "delete", f"{_status('OLD')} <> 'draft'", ACT)
    refuse(schema_editor, SIGNATURES, "delete", f"{_status('OLD')} IN {OUT}", ACT)


def _row(event):
    return "NEW" if event == "insert" else "OLD"


def _status(row):
    return f"(SELECT status FROM {DOCUMENTS} WHERE id = {row}.document_id)"


def _of_document(row):
    return f"(SELECT status FROM {DOCUMENTS} WHERE id = {row}.promisedocument_id)"


def _of_promise(row):
    return (
        f"(SELECT d.status FROM {DOCUMENTS} d JOIN {PROMISES} p ON p.document_id = d.id "
        f"WHERE p.id = {row}.promise_id)"
    )


def drop(apps, schema_editor):
    for table in (DOCUMENTS, PROMISES, LANGUAGES, APPROVALS, SIGNATURES, CHANNELS, *TIES):
        for event in EVENTS:
            allow(schema_editor, table, event)


class Migration(migrations.Migration):
    dependencies = [("citizen_promises", "0004_move_ties")]
    operations = [
        migrations.RemoveField(
            model_name='promise',
            name='measure',
        ),
        migrations.RemoveField(
            model_name='promise',
            name='party',
        ),
        migrations.RunPython(make, drop),
    ]
