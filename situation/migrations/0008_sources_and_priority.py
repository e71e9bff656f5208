"""Problems, analyses and causes point at real sources; causes have a priority; who made and read a picture, and when.

What stands is kept: a source that was written as text is still the cause's source, and the causes that were chosen get
their priority in the order in which they were written.
"""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.triggers import allow, changed, refuse

earlier = import_module("situation.migrations.0007_approve_and_keep_parts")
PROBLEM_LINKS = "situation_problem_sources"
MAY_CHANGE = {*earlier.MAY_CHANGE, "leadership_read_by"}


def make(apps, schema_editor):
    columns = {field.column for field in apps.get_model("situation", "Picture")._meta.concrete_fields}
    text, shared = changed(sorted(columns - MAY_CHANGE)), changed(sorted(columns - MAY_CHANGE - earlier.FREEZES))
    established, is_shared = earlier.ESTABLISHED, earlier.SHARED
    condition = (
        f"({established} AND ({earlier.BACKWARDS} OR {text})) OR ({is_shared} AND (NEW.status = 'draft' OR {shared}))"
    )
    earlier.make(apps, schema_editor)
    allow(schema_editor, earlier.TABLE, "update")
    refuse(schema_editor, earlier.TABLE, "update", condition, earlier.MESSAGE)
    picture = "(SELECT picture_id FROM situation_problem WHERE id = {row}.problem_id)"
    earlier._keep(schema_editor, PROBLEM_LINKS, lambda row: earlier._settled(picture.format(row=row)))


def drop(apps, schema_editor):
    earlier.drop(apps, schema_editor)
    for event in ("insert", "update", "delete"):
        allow(schema_editor, PROBLEM_LINKS, event)


def put_in_order(apps, schema_editor):
    """The chosen causes of each analysis, as they were written: until somebody says otherwise."""
    Cause = apps.get_model("situation", "Cause")
    places = {}
    for cause in Cause.objects.filter(chosen=True).order_by("analysis", "number"):
        places[cause.analysis_id] = places.get(cause.analysis_id, 0) + 1
        Cause.objects.filter(pk=cause.pk).update(priority=places[cause.analysis_id])


class Migration(migrations.Migration):
    dependencies = [
        ("situation", "0007_approve_and_keep_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(earlier.drop, earlier.make),
        migrations.RemoveConstraint(model_name="cause", name="cause_in_data_has_source"),
        migrations.AddField(
            model_name="cause",
            name="picture_source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="situation.source",
                verbose_name="källa ur lägesbilden",
            ),
        ),
        migrations.AddField(
            model_name="cause",
            name="priority",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="1 är viktigast. De andra flyttas så att ordningen stämmer.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(99),
                ],
                verbose_name="prioritet",
            ),
        ),
        migrations.AddField(
            model_name="causeanalysis",
            name="sources",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="situation.source", verbose_name="källor ur lägesbilden"
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="diary_number",
            field=models.CharField(blank=True, max_length=100, verbose_name="diarienummer"),
        ),
        migrations.AddField(
            model_name="picture",
            name="leadership_read_by",
            field=models.CharField(
                blank=True, editable=False, max_length=150, verbose_name="ledning som tog del av den"
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="made_without",
            field=models.TextField(
                blank=True,
                help_text="Bara om polisen och kommunen inte har gjort var sin först.",
                verbose_name="varför den inte bygger på egna lägesbilder",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="prepared_on",
            field=models.DateField(blank=True, null=True, verbose_name="framtagen den"),
        ),
        migrations.AddField(
            model_name="picture",
            name="span",
            field=models.CharField(
                blank=True,
                choices=[("week", "EST, vecka för vecka"), ("term", "Tertial eller kvartal"), ("year", "Helår")],
                max_length=10,
                verbose_name="slag av period",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="situation.source", verbose_name="källor"),
        ),
        migrations.AlterField(
            model_name="cause",
            name="source",
            field=models.CharField(
                blank=True,
                help_text="En källa krävs när orsaken är styrkt i data.",
                max_length=200,
                verbose_name="annan källa",
            ),
        ),
        migrations.AlterField(
            model_name="causeanalysis",
            name="basis",
            field=models.TextField(
                blank=True,
                help_text="Källor och dialoger som inte står i lägesbilden: vad, vems och när.",
                verbose_name="annat underlag",
            ),
        ),
        migrations.AddConstraint(
            model_name="cause",
            constraint=models.UniqueConstraint(fields=("analysis", "priority"), name="cause_priority_once"),
        ),
        migrations.AddConstraint(
            model_name="cause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("support", "data"), _negated=True),
                    models.Q(("source", ""), _negated=True),
                    ("picture_source__isnull", False),
                    _connector="OR",
                ),
                name="cause_in_data_has_source",
                violation_error_message="Välj eller skriv vilken källa som styrker orsaken.",
            ),
        ),
        migrations.RunPython(put_in_order, migrations.RunPython.noop),
        migrations.RunPython(make, drop),
    ]
