"""An adopted plan says who decided on it, one holds at a time in its place, and its list of measures stays."""

from django.db import migrations, models
from django.db.models import Q

from lib.triggers import allow, changed, refuse

PLAN, LISTED = "agreements_actionplan", "agreements_actionplan_measures"
MESSAGE = "an adopted plan never changes"


def forget(apps, schema_editor):
    """SQLite makes the plan's table anew for a constraint: nothing that names it may stand meanwhile."""
    for table in (PLAN, LISTED):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


def _plan(apps, schema_editor):
    columns = {field.column for field in apps.get_model("agreements", "ActionPlan")._meta.concrete_fields}
    adopted = f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(sorted(columns - {'status', 'revision'}))})"
    refuse(schema_editor, PLAN, "update", adopted, MESSAGE)
    refuse(schema_editor, PLAN, "delete", "OLD.status <> 'draft'", MESSAGE)


def make(apps, schema_editor):
    _plan(apps, schema_editor)
    for event, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        settled = f"(SELECT status FROM {PLAN} WHERE id = {row}.actionplan_id) <> 'draft'"
        refuse(schema_editor, LISTED, event, settled, MESSAGE)


def back(apps, schema_editor):
    """As 0004 left it."""
    forget(apps, schema_editor)
    _plan(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0005_import_rows")]
    operations = [
        migrations.RunPython(forget, back),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=(
                    Q(status="draft")
                    | Q(kind="joint", group__isnull=False)
                    | (Q(kind="statutory", picture__isnull=False) & ~Q(body=""))
                ),
                name="action_plan_adopted_by_somebody",
                violation_error_message="Ange vem som har fattat beslutet, och för kommunens plan lägesbilden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(status="adopted", kind="joint", municipality__isnull=True),
                name="action_plan_one_adopted",
                violation_error_message="Omgången har redan en antagen åtgärdsplan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.UniqueConstraint(
                fields=["cycle", "municipality"],
                condition=Q(status="adopted", kind="joint", municipality__isnull=False),
                name="action_plan_one_adopted_in_municipality",
                violation_error_message="Kommunen har redan en antagen åtgärdsplan i omgången.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.UniqueConstraint(
                fields=["partnership", "municipality"],
                condition=Q(status="adopted", kind="statutory"),
                name="action_plan_one_statutory",
                violation_error_message="Kommunen har redan en åtgärdsplan enligt lagen.",
            ),
        ),
        migrations.RunPython(make, forget),
    ]
