"""A report is a lägesrapport or a lägesbild. Whether it is about a municipality or all stands in its municipality."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def all_are_situation_reports(apps, schema_editor):
    apps.get_model("reports", "Report").objects.update(kind="situation")


def back_to_their_places(apps, schema_editor):
    """Refused while there are PDFs of lägesbilder: as lägesrapporter they would reach more readers than was promised."""
    reports = apps.get_model("reports", "Report").objects
    pictures = reports.filter(kind="picture").count()
    if pictures:
        raise RuntimeError(
            f"There are {pictures} PDFs of lägesbilder, which the earlier version cannot keep from those who may not "
            "read them. Delete those rows of reports_report (kind = 'picture') first, or stay at this version."
        )
    reports.filter(municipality=None).update(kind="partnership")
    reports.exclude(municipality=None).update(kind="municipality")


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="report",
            options={"ordering": ["-created_at", "-pk"], "verbose_name": "rapport", "verbose_name_plural": "rapporter"},
        ),
        migrations.RemoveConstraint(model_name="report", name="report_municipality_matches_kind"),
        migrations.RemoveConstraint(model_name="report", name="report_number_once"),
        migrations.RemoveConstraint(model_name="report", name="report_number_once_in_municipality"),
        migrations.AddField(
            model_name="report",
            name="audience",
            field=models.CharField(
                "vilka som får öppna den",
                choices=[
                    ("owner", "Bara den egna parten"),
                    ("parties", "Parterna i samverkan"),
                    ("released", "Alla som får läsa lägesbilden, också länsstyrelsen och Brå"),
                ],
                default="parties",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
                "slag",
                choices=[("situation", "Lägesrapport"), ("picture", "Lägesbild")],
                default="situation",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="situation.picture",
                verbose_name="lägesbild",
            ),
        ),
        migrations.RunPython(all_are_situation_reports, back_to_their_places),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=Q(kind="situation", audience="parties") | Q(kind="picture", picture__isnull=False),
                name="report_kind_has_its_picture",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["partnership", "number"],
                condition=Q(kind="situation", municipality__isnull=True),
                name="report_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["partnership", "municipality", "number"],
                condition=Q(kind="situation", municipality__isnull=False),
                name="report_number_once_in_municipality",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["picture", "number"], condition=Q(kind="picture"), name="report_number_once_of_picture"
            ),
        ),
    ]
