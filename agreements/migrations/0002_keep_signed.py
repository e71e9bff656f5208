"""The database itself refuses to change a text that is out for signing or signed, whichever door the change uses.

Where Django later rebuilds one of the tables on SQLite (any change of a column does), the triggers go with the old
table: such a migration must end by making them again, as `make` below does.
"""

from django.db import migrations

AGREEMENT, SIGNATURE = "agreements_agreement", "agreements_signature"
MESSAGE = "a text that is being signed never changes"
MOVES = {"status", "revision", "frozen", "checksum", "signed_on", "terminated_on"}
BOUND = "OLD.status IN ('signed', 'terminated')"
PROPOSED_NOW = f"(SELECT status FROM {AGREEMENT} WHERE id = OLD.agreement_id) = 'proposed'"


def make(apps, schema_editor):
    fields = apps.get_model("agreements", "Agreement")._meta.concrete_fields
    text = " OR ".join(changed(field.column) for field in fields if field.column not in MOVES)
    frozen = f"({changed('frozen')} OR {changed('checksum')})"
    agreement_never = " OR ".join([
        f"(OLD.status <> 'draft' AND ({text}))",
        f"({BOUND} AND ({frozen} OR {changed('signed_on')} OR NEW.status NOT IN ('signed', 'terminated')))",
        f"(OLD.status = 'proposed' AND NEW.status <> 'draft' AND {frozen})",
        f"(OLD.status = 'terminated' AND (NEW.status <> 'terminated' OR {changed('terminated_on')}))",
    ])
    write = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for table, event, condition in [
        (AGREEMENT, "update", agreement_never),
        (AGREEMENT, "delete", "OLD.status <> 'draft'"),
        (SIGNATURE, "update", "1 = 1"),
        (SIGNATURE, "delete", f"NOT ({PROPOSED_NOW})"),
    ]:
        for statement in write(table, event, condition):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in (AGREEMENT, SIGNATURE):
        for event in ("update", "delete"):
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_{event}")
            else:
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_keep_{event}() CASCADE")


def changed(column):
    # Compared as text: the two databases write "is distinct from" differently, and not for every type.
    return f"""COALESCE(CAST(OLD."{column}" AS text), '') <> COALESCE(CAST(NEW."{column}" AS text), '')"""


def sqlite(table, event, condition):
    yield (
        f"CREATE TRIGGER {table}_keep_{event} BEFORE {event} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def postgresql(table, event, condition):
    name, row = f"{table}_keep_{event}", "OLD" if event == "delete" else "NEW"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {row}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
