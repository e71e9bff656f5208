"""The book is added to, never changed: the database itself refuses UPDATE, whoever asks.

DELETE is not refused: a test database is emptied between tests that commit. Nothing in the house deletes an event.
"""

from django.db import migrations

from lib.triggers import allow, refuse


def make(apps, schema_editor):
    refuse(schema_editor, "journal_event", "update", "1 = 1", "the journal is never changed")


def drop(apps, schema_editor):
    allow(schema_editor, "journal_event", "update")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
