"""The database itself refuses to change a published text, whichever door the change comes through.

Where Django later rebuilds one of the tables on SQLite (any change of a column does), the trigger goes with the old
table: such a migration must end by making the triggers again, as `make` below does.
"""

from django.db import migrations

MESSAGE = "a published promise never changes"
DOCUMENT = (
    "title", "starts", "ends", "situation", "how_made", "follow_up", "municipality_id", "partnership_id", "cycle_id",
    "frozen", "checksum", "published_at", "published_by_id",
)
PROMISE = (
    "document_id", "order", "text", "promiser", "party_id", "measure_id", "why", "planned_count", "unit", "per", "basis",
)
STATUS = "(SELECT status FROM citizen_promises_promisedocument WHERE id = OLD.document_id)"


def changed(columns):
    # Compared as text: the two databases write "is distinct from" differently, and not for every type.
    pairs = [(f'CAST(OLD."{name}" AS text)', f'CAST(NEW."{name}" AS text)') for name in columns]
    return " OR ".join(f"COALESCE({old}, '') <> COALESCE({new}, '')" for old, new in pairs)


REFUSED = {
    "citizen_promises_promisedocument": (
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(DOCUMENT)})"
    ),
    "citizen_promises_promise": f"{STATUS} <> 'draft' AND ({changed(PROMISE)})",
}


def make(apps, schema_editor):
    write = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for table, condition in REFUSED.items():
        for statement in write(table, condition):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in REFUSED:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep")
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_keep() CASCADE")


def sqlite(table, condition):
    yield (
        f"CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def postgresql(table, condition):
    yield (
        f"CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    yield f"CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_keep()"


class Migration(migrations.Migration):
    dependencies = [("citizen_promises", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
