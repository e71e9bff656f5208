"""What a measure aims at is a row with a name of its own, so that no cause is taken away below it. The table stands."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0013_keep_acts")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Aim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                        ),
                        (
                            "cause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="situation.cause",
                                verbose_name="orsak",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="agreements.measure",
                                verbose_name="åtgärd",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "orsak som åtgärden ska påverka",
                        "verbose_name_plural": "orsaker som åtgärder ska påverka",
                        "db_table": "agreements_measure_causes",
                        "unique_together": {("measure", "cause")},
                    },
                ),
                migrations.AlterField(
                    model_name="measure",
                    name="causes",
                    field=models.ManyToManyField(
                        blank=True,
                        help_text="De orsaker som åtgärden ska påverka.",
                        related_name="+",
                        through="agreements.Aim",
                        to="situation.cause",
                        verbose_name="orsaker",
                    ),
                ),
            ]
        )
    ]
