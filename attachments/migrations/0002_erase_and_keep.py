"""An attached file never changes; all that may be said of it later is that its bytes have been erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.triggers import allow, changed, refuse

TABLE = "attachments_attachment"
MESSAGE = "an attached file never changes"


def make(apps, schema_editor):
    columns = {field.column for field in apps.get_model("attachments", "Attachment")._meta.concrete_fields}
    others = changed(sorted(columns - {"erased_at", "erased_by_id"}))
    refuse(schema_editor, TABLE, "update", f"({others}) OR OLD.erased_at IS NOT NULL", MESSAGE)
    refuse(schema_editor, TABLE, "delete", "1 = 1", MESSAGE)


def drop(apps, schema_editor):
    for event in ("update", "delete"):
        allow(schema_editor, TABLE, event)


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='erased_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='raderad'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='erased_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raderad av'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('erased_by__isnull', True)), models.Q(('erased_at__isnull', False), ('erased_by__isnull', False)), _connector='OR'), name='attachment_erased_at_has_by'),
        ),
        migrations.RunPython(make, drop),
    ]
