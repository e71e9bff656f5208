"""A report may also be an agreement for signing, or an action plan."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def refuse_while_there_are_any(apps, schema_editor):
    """Going back: the earlier version cannot keep them from those who may not read them."""
    count = apps.get_model("reports", "Report").objects.filter(kind__in=["agreement", "plan"]).count()
    if count:
        raise RuntimeError(
            f"There are {count} PDFs of agreements and plans, which the earlier version does not know. Delete those rows "
            "of reports_report (kind = 'agreement' or 'plan') first, or stay at this version."
        )


def _key(to, name):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_plans_are_decided"),
        ("reports", "0002_order_pictures"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_kind_has_its_picture"),
        migrations.AddField(
            model_name="report", name="agreement", field=_key("agreements.agreement", "överenskommelse")
        ),
        migrations.AddField(model_name="report", name="plan", field=_key("agreements.actionplan", "åtgärdsplan")),
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
                "slag",
                choices=[
                    ("situation", "Lägesrapport"),
                    ("picture", "Lägesbild"),
                    ("agreement", "Överenskommelse"),
                    ("plan", "Åtgärdsplan"),
                ],
                default="situation",
                max_length=12,
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_while_there_are_any),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=(
                    Q(kind="situation", audience="parties")
                    | Q(kind="picture", picture__isnull=False)
                    | Q(kind="agreement", agreement__isnull=False)
                    | Q(kind="plan", plan__isnull=False)
                ),
                name="report_kind_has_its_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["agreement", "number"], condition=Q(kind="agreement"), name="report_number_once_of_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(kind="plan"), name="report_number_once_of_plan"
            ),
        ),
    ]
