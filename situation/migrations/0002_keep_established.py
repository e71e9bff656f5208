"""The database itself refuses to change what an established picture says, whichever door the change comes through."""

from django.db import migrations

from lib.triggers import allow, changed, refuse

TABLE = "situation_picture"
MESSAGE = "an established picture never changes"
# What may still happen to an established version: it is replaced, shared, released, read by the leadership.
MAY_CHANGE = {"status", "revision", "shared_at", "shared_by_id", "released_at", "released_by_id", "leadership_read_on"}
ESTABLISHED = "OLD.status IN ('established', 'replaced')"
BACKWARDS = "NEW.status NOT IN ('established', 'replaced')"


def make(apps, schema_editor):
    columns = {field.column for field in apps.get_model("situation", "Picture")._meta.concrete_fields}
    text = changed(sorted(columns - MAY_CHANGE))
    refuse(schema_editor, TABLE, "update", f"{ESTABLISHED} AND ({BACKWARDS} OR {text})", MESSAGE)
    refuse(schema_editor, TABLE, "delete", ESTABLISHED, MESSAGE)


def drop(apps, schema_editor):
    for event in ("update", "delete"):
        allow(schema_editor, TABLE, event)


class Migration(migrations.Migration):
    dependencies = [("situation", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
