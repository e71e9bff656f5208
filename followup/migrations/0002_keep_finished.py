"""The database itself refuses to change a finished follow-up; only the steering group's day may be added afterwards.

Where Django later rebuilds the table on SQLite (any change of a column does), the trigger goes with the old table:
such a migration must end by making it again, as `make` below does.
"""

from django.db import migrations

TABLE = "followup_followup"
MESSAGE = "a finished follow-up never changes"
MAY_CHANGE = {"revision", "steering_group_on"}
TOLD_AGAIN = "OLD.steering_group_on IS NOT NULL AND COALESCE(NEW.steering_group_on, '1900-01-01') <> OLD.steering_group_on"


def make(apps, schema_editor):
    fields = apps.get_model("followup", "FollowUp")._meta.concrete_fields
    # Compared as text: the two databases write "is distinct from" differently, and not for every type.
    pairs = [
        (f'CAST(OLD."{field.column}" AS text)', f'CAST(NEW."{field.column}" AS text)')
        for field in fields
        if field.column not in MAY_CHANGE
    ]
    changed = " OR ".join(f"COALESCE({old}, '') <> COALESCE({new}, '')" for old, new in pairs)
    write = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for statement in write(f"OLD.status = 'finished' AND ({changed} OR ({TOLD_AGAIN}))"):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_keep")
    else:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_keep() CASCADE")


def sqlite(condition):
    yield (
        f"CREATE TRIGGER {TABLE}_keep BEFORE UPDATE ON {TABLE} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def postgresql(condition):
    yield (
        f"CREATE FUNCTION {TABLE}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    yield f"CREATE TRIGGER {TABLE}_keep BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_keep()"


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
