"""The book is added to, never changed: the database itself refuses UPDATE, whoever asks."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSE = {
    "sqlite": [
        """
        CREATE TRIGGER journal_event_refuse_update BEFORE UPDATE ON journal_event
        BEGIN SELECT RAISE(ABORT, 'The journal is never changed'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION journal_event_refuse_update() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'The journal is never changed' USING ERRCODE = 'restrict_violation'; END $$
        """,
        """
        CREATE TRIGGER journal_event_refuse_update BEFORE UPDATE ON journal_event
        FOR EACH ROW EXECUTE FUNCTION journal_event_refuse_update()
        """,
    ],
}
ALLOW = {
    "sqlite": ["DROP TRIGGER journal_event_refuse_update"],
    "postgresql": [
        "DROP TRIGGER journal_event_refuse_update ON journal_event",
        "DROP FUNCTION journal_event_refuse_update()",
    ],
}


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REFUSE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in ALLOW[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
