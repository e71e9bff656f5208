"""The parts of a picture rest on its sources; a source says more of itself, and which files its figures came from."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from lib.triggers import allow

first = import_module("situation.migrations.0007_approve_and_keep_parts")
earlier = import_module("situation.migrations.0008_sources_and_priority")
PARTS, FILES = "situation_partsource", "situation_source_batches"


def make(apps, schema_editor):
    earlier.make(apps, schema_editor)
    picture = "(SELECT picture_id FROM situation_source WHERE id = {row}.source_id)"
    first._keep(schema_editor, PARTS, lambda row: first._settled(f"{row}.picture_id"))
    first._keep(schema_editor, FILES, lambda row: first._settled(picture.format(row=row)))


def drop(apps, schema_editor):
    earlier.drop(apps, schema_editor)
    for table in (PARTS, FILES):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0005_tell_breaks_and_averages"),
        ("situation", "0009_assess_secrecy"),
    ]

    operations = [
        migrations.RunPython(earlier.drop, earlier.make),
        migrations.AddField(
            model_name="source",
            name="area",
            field=models.CharField(blank=True, max_length=150, verbose_name="område"),
        ),
        migrations.AddField(
            model_name="source",
            name="batches",
            field=models.ManyToManyField(
                editable=False, related_name="+", to="indicators.importbatch", verbose_name="filer"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="informant",
            field=models.CharField(
                blank=True,
                help_text="En funktion, aldrig en person.",
                max_length=150,
                verbose_name="uppgiftslämnare (funktion)",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="link",
            field=models.CharField(
                blank=True,
                help_text="Var underlaget finns: ett diarienummer eller en adress.",
                max_length=300,
                verbose_name="fil eller länk",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="openness",
            field=models.CharField(
                blank=True,
                choices=[("public", "Offentlig"), ("limited", "Begränsad spridning")],
                max_length=10,
                verbose_name="offentlighet",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="response_rate",
            field=models.CharField(
                blank=True, help_text="Till exempel 46 procent.", max_length=100, verbose_name="svarsfrekvens"
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="coverage",
            field=models.CharField(
                blank=True,
                help_text="Hur många som ingår, och vilka som inte gör det.",
                max_length=250,
                verbose_name="urval och täckning",
            ),
        ),
        migrations.CreateModel(
            name="PartSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("summary", "summary"),
                            ("crime", "crime"),
                            ("safety", "safety"),
                            ("places", "places"),
                            ("times", "times"),
                            ("groups", "groups"),
                            ("consequences", "consequences"),
                            ("deviations", "deviations"),
                            ("outlook", "outlook"),
                            ("other_information", "other_information"),
                            ("analysis", "analysis"),
                            ("equality", "equality"),
                        ],
                        max_length=20,
                        verbose_name="del",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="part_sources",
                        to="situation.picture",
                        verbose_name="lägesbild",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="situation.source",
                        verbose_name="källa",
                    ),
                ),
            ],
            options={
                "verbose_name": "källa till en del",
                "verbose_name_plural": "källor till delar",
                "ordering": ["picture", "section", "source"],
                "constraints": [
                    models.UniqueConstraint(fields=("picture", "section", "source"), name="part_source_once")
                ],
            },
        ),
        migrations.RunPython(make, drop),
    ]
