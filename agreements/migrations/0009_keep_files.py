"""Annexes are frozen with the text, a signed original is never taken away, and an attached file is never exchanged."""

import django.db.models.deletion
from django.db import migrations, models

from lib.triggers import allow, refuse

FILE, LOG_FILE = "agreements_agreementfile", "agreements_logfile"
MESSAGE = "what is attached to an agreement never changes"


def _status(row):
    return f"(SELECT status FROM agreements_agreement WHERE id = {row}.agreement_id)"


def make(apps, schema_editor):
    annex = f"{{row}}.kind = 'annex' AND {_status('{row}')} = 'draft'"
    original = f"NEW.kind = 'signed' AND {_status('NEW')} IN ('proposed', 'signed', 'terminated')"
    refuse(schema_editor, FILE, "insert", f"NOT (({annex.format(row='NEW')}) OR ({original}))", MESSAGE)
    refuse(schema_editor, FILE, "update", "1 = 1", MESSAGE)
    refuse(schema_editor, FILE, "delete", f"NOT ({annex.format(row='OLD')})", MESSAGE)
    refuse(schema_editor, LOG_FILE, "update", "1 = 1", "a file in the log never changes")


def drop(apps, schema_editor):
    for table in (FILE, LOG_FILE):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0008_lock_baseline'),
    ]

    operations = [
        migrations.AddField(
            model_name='logfile',
            name='alt',
            field=models.CharField(blank=True, max_length=200, verbose_name='vad bilden visar'),
        ),
        migrations.AddField(
            model_name='measurelog',
            name='participant',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='agreements.participant', verbose_name='utförare utanför samverkan'),
        ),
        migrations.RunPython(make, drop),
    ]
