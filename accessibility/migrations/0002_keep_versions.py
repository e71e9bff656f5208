"""The database itself refuses to change or take away a version of the tillgänglighetsredogörelse."""

from django.db import migrations

from lib.triggers import allow, refuse

TABLE, EVERY_ROW = "accessibility_statement", "1 = 1"
MESSAGE = "a version of the statement never changes"


def make(apps, schema_editor):
    for event in ("update", "delete"):
        refuse(schema_editor, TABLE, event, EVERY_ROW, MESSAGE)


def drop(apps, schema_editor):
    for event in ("update", "delete"):
        allow(schema_editor, TABLE, event)


class Migration(migrations.Migration):
    dependencies = [("accessibility", "0001_statement_and_flaws")]
    operations = [migrations.RunPython(make, drop)]
