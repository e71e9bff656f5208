"""The database itself refuses to change what an established picture says, whichever door the change comes through.

Where Django later rebuilds the table on SQLite (any change of a column does), the triggers go with the old table:
such a migration must end by making them again, as `make` below does.
"""

from django.db import migrations

TABLE = "situation_picture"
MESSAGE = "an established picture never changes"
# What may still happen to an established version: it is replaced, shared, released, read by the leadership.
MAY_CHANGE = {"status", "revision", "shared_at", "shared_by_id", "released_at", "released_by_id", "leadership_read_on"}
ESTABLISHED = "OLD.status IN ('established', 'replaced')"
BACKWARDS = "NEW.status NOT IN ('established', 'replaced')"


def make(apps, schema_editor):
    fields = apps.get_model("situation", "Picture")._meta.concrete_fields
    # Compared as text: the two databases write "is distinct from" differently, and not for every type.
    changed = " OR ".join(
        f"""COALESCE(CAST(OLD."{field.column}" AS text), '') <> COALESCE(CAST(NEW."{field.column}" AS text), '')"""
        for field in fields
        if field.column not in MAY_CHANGE
    )
    write = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for event, condition in [
        ("update", f"{ESTABLISHED} AND ({BACKWARDS} OR {changed})"),
        ("delete", ESTABLISHED),
    ]:
        for statement in write(event, condition):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    for event in ("update", "delete"):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_keep_{event}")
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_keep_{event}() CASCADE")


def sqlite(event, condition):
    yield (
        f"CREATE TRIGGER {TABLE}_keep_{event} BEFORE {event} ON {TABLE} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def postgresql(event, condition):
    name, row = f"{TABLE}_keep_{event}", "OLD" if event == "delete" else "NEW"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {row}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"


class Migration(migrations.Migration):
    dependencies = [("situation", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
