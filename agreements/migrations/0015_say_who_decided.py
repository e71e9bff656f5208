"""A decided measure says who decided on it, and where it is written; what is decided stays."""

from django.db import migrations, models

from lib.triggers import allow, changed, refuse

MEASURE = "agreements_measure"


def _before():
    told = "OLD.status NOT IN ('proposed', 'decided') AND (OLD.baseline IS NOT NULL OR OLD.baseline_reason <> '')"
    return f"{told} AND ({changed(['baseline', 'baseline_text', 'baseline_reason'])})"


def lock(apps, schema_editor):
    """Rows from before, that do not say who decided, may still be told."""
    decided = changed(["decided_on", "decided_by", "decision_reference"])
    settled = f"OLD.status <> 'proposed' AND OLD.decided_by <> '' AND ({decided})"
    allow(schema_editor, MEASURE, "update")
    refuse(schema_editor, MEASURE, "update", f"({_before()}) OR ({settled})", "what a measure began with never changes")


def unlock(apps, schema_editor):
    allow(schema_editor, MEASURE, "update")


def back(apps, schema_editor):
    """As 0008 left it."""
    allow(schema_editor, MEASURE, "update")
    refuse(schema_editor, MEASURE, "update", _before(), "the value from before never changes")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0014_aim_stays")]
    operations = [
        migrations.RunPython(unlock, back),
        migrations.AddField(
            model_name="measure",
            name="decided_by",
            field=models.CharField(blank=True, editable=False, max_length=150, verbose_name="beslutad av"),
        ),
        migrations.AddField(
            model_name="measure",
            name="decision_reference",
            field=models.CharField(
                blank=True, editable=False, max_length=80, verbose_name="protokoll eller diarienummer"
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
