"""When a version was kept and a consent registered is what the house's own clock says. The columns are as they were."""

from django.db import migrations, models

import lib.dates


class Migration(migrations.Migration):
    dependencies = [("agreements", "0006_plans_are_decided")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "consent",
                    "registered_at",
                    models.DateTimeField(default=lib.dates.now, editable=False, verbose_name="registrerad"),
                ),
                migrations.AlterField(
                    "version",
                    "kept_at",
                    models.DateTimeField(default=lib.dates.now, editable=False, verbose_name="sparad"),
                ),
            ],
        ),
    ]
