"""The database itself refuses to change or remove a finished follow-up; only the steering group's day may be added."""

from django.db import migrations

from lib.triggers import allow, changed, refuse

TABLE = "followup_followup"
MESSAGE = "a finished follow-up never changes"
MAY_CHANGE = {"revision", "steering_group_on"}
FINISHED = "OLD.status = 'finished'"


def make(apps, schema_editor):
    columns = {field.column for field in apps.get_model("followup", "FollowUp")._meta.concrete_fields}
    told_again = f"OLD.steering_group_on IS NOT NULL AND ({changed(['steering_group_on'])})"
    text = changed(sorted(columns - MAY_CHANGE))
    refuse(schema_editor, TABLE, "update", f"{FINISHED} AND ({text} OR ({told_again}))", MESSAGE)
    refuse(schema_editor, TABLE, "delete", FINISHED, MESSAGE)


def drop(apps, schema_editor):
    for event in ("update", "delete"):
        allow(schema_editor, TABLE, event)


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
