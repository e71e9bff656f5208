"""Both sides approve a joint picture; and what has been shared or established keeps its parts too, not only its texts.

The triggers on the parts look into the pictures' own table: on SQLite a later migration that changes a column of that
table takes them away first (`drop`) and makes them again last (`make`), like the table's own.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.dates
from lib.triggers import allow, changed, refuse

TABLE = "situation_picture"
MESSAGE = "an established or shared picture never changes"
MAY_CHANGE = {"status", "revision", "shared_at", "shared_by_id", "released_at", "released_by_id", "leadership_read_on"}
FREEZES = {"established_at", "established_by_id", "frozen", "checksum"}
ESTABLISHED = "OLD.status IN ('established', 'replaced')"
BACKWARDS = "NEW.status NOT IN ('established', 'replaced')"
SHARED = "OLD.shared_at IS NOT NULL"

# Each part's table, with the column that leads to its picture.
PARTS = {
    "situation_source": "picture_id",
    "situation_finding": "picture_id",
    "situation_difference": "picture_id",
    "situation_picture_own_pictures": "from_picture_id",
}
LINKS = "situation_finding_sources"
PROBLEMS = "situation_problem"
# A problem is decided about, and a joint one moves to the next version, long after its words are settled.
MAY_CHANGE_OF_PROBLEM = {"id", "status", "reason", "rank", "revision", "picture_id"}


def make(apps, schema_editor):
    columns = {field.column for field in apps.get_model("situation", "Picture")._meta.concrete_fields}
    text, shared = changed(sorted(columns - MAY_CHANGE)), changed(sorted(columns - MAY_CHANGE - FREEZES))
    condition = f"({ESTABLISHED} AND ({BACKWARDS} OR {text})) OR ({SHARED} AND (NEW.status = 'draft' OR {shared}))"
    refuse(schema_editor, TABLE, "update", condition, MESSAGE)
    refuse(schema_editor, TABLE, "delete", f"{ESTABLISHED} OR {SHARED}", MESSAGE)
    for table, column in PARTS.items():
        _keep(schema_editor, table, lambda row, column=column: _settled(f"{row}.{column}"))
    _keep(schema_editor, LINKS, lambda row: _settled(f"(SELECT picture_id FROM situation_finding WHERE id = {row}.finding_id)"))
    said = {field.column for field in apps.get_model("situation", "Problem")._meta.concrete_fields}
    words = changed(sorted(said - MAY_CHANGE_OF_PROBLEM))
    refuse(schema_editor, PROBLEMS, "update", f"{_settled('OLD.picture_id')} AND ({words})", MESSAGE)
    refuse(schema_editor, PROBLEMS, "delete", _settled("OLD.picture_id"), MESSAGE)
    refuse(schema_editor, "situation_approval", "update", "OLD.id = OLD.id", "an approval never changes")


def _keep(schema_editor, table, settled):
    refuse(schema_editor, table, "insert", settled("NEW"), MESSAGE)
    refuse(schema_editor, table, "update", f"{settled('OLD')} OR {settled('NEW')}", MESSAGE)
    refuse(schema_editor, table, "delete", settled("OLD"), MESSAGE)


def _settled(picture):
    """SQL: whether the picture with that id has been established or shared; false where there is none."""
    return (
        f"EXISTS (SELECT 1 FROM {TABLE} p WHERE p.id = {picture} "
        "AND (p.status IN ('established', 'replaced') OR p.shared_at IS NOT NULL))"
    )


def drop(apps, schema_editor):
    for table in (TABLE, *PARTS, LINKS, PROBLEMS, "situation_approval"):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


def make_old(apps, schema_editor):
    """As 0005 left them."""
    columns = {field.column for field in apps.get_model("situation", "Picture")._meta.concrete_fields}
    text, shared = changed(sorted(columns - MAY_CHANGE)), changed(sorted(columns - MAY_CHANGE - FREEZES))
    condition = f"({ESTABLISHED} AND ({BACKWARDS} OR {text})) OR ({SHARED} AND (NEW.status = 'draft' OR {shared}))"
    refuse(schema_editor, TABLE, "update", condition, MESSAGE)
    refuse(schema_editor, TABLE, "delete", f"{ESTABLISHED} OR {SHARED}", MESSAGE)


class Migration(migrations.Migration):
    dependencies = [
        ("situation", "0006_merge_many_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop, make_old),
        migrations.RemoveField(model_name="picture", name="municipality_picture"),
        migrations.RemoveField(model_name="picture", name="police_picture"),
        migrations.AddField(
            model_name="causeanalysis",
            name="chain",
            field=models.TextField(
                blank=True,
                help_text="Ett led på varje rad, i den ordning det händer. Kedjan kan ofta brytas tidigt.",
                verbose_name="händelsekedja",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="crime_types",
            field=models.CharField(blank=True, max_length=200, verbose_name="brottstyper"),
        ),
        migrations.AddField(
            model_name="problem",
            name="groups",
            field=models.CharField(
                blank=True,
                help_text="Grupper av minst fem personer, aldrig enskilda.",
                max_length=250,
                verbose_name="berörda grupper",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="insecurity",
            field=models.CharField(blank=True, max_length=250, verbose_name="påverkan på otrygghet"),
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("police", "Polisen"), ("municipality", "Kommunen")], max_length=12, verbose_name="för"
                    ),
                ),
                ("checksum", models.CharField(max_length=64, verbose_name="kontrollsumma")),
                ("approved_at", models.DateTimeField(default=lib.dates.now, verbose_name="godkänd")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="situation.picture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "godkännande",
                "verbose_name_plural": "godkännanden",
                "ordering": ["picture", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("picture", "checksum", "side"), name="approval_once_per_side"
                    ),
                    models.UniqueConstraint(
                        fields=("picture", "checksum", "approved_by"), name="approval_by_two_people"
                    ),
                ],
            },
        ),
        migrations.RunPython(make, drop),
    ]
