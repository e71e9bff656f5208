"""The database itself refuses to change a text that is out for signing or signed, whichever door the change uses."""

from django.db import migrations

from lib.triggers import allow, changed, refuse

AGREEMENT, SIGNATURE = "agreements_agreement", "agreements_signature"
MESSAGE = "a text that is being signed never changes"
MOVES = {"status", "revision", "frozen", "checksum", "signed_on", "terminated_on"}
BOUND = "OLD.status IN ('signed', 'terminated')"
PROPOSED_NOW = f"(SELECT status FROM {AGREEMENT} WHERE id = OLD.agreement_id) = 'proposed'"


def make(apps, schema_editor):
    columns = {field.column for field in apps.get_model("agreements", "Agreement")._meta.concrete_fields}
    frozen, signed = changed(["frozen", "checksum"]), changed(["signed_on"])
    never = " OR ".join(
        [
            f"(OLD.status <> 'draft' AND ({changed(sorted(columns - MOVES))}))",
            f"({BOUND} AND ({frozen} OR {signed} OR NEW.status NOT IN ('signed', 'terminated')))",
            f"(OLD.status = 'proposed' AND NEW.status <> 'draft' AND ({frozen}))",
            f"(OLD.status = 'terminated' AND (NEW.status <> 'terminated' OR {changed(['terminated_on'])}))",
        ]
    )
    refuse(schema_editor, AGREEMENT, "update", never, MESSAGE)
    refuse(schema_editor, AGREEMENT, "delete", "OLD.status <> 'draft'", MESSAGE)
    refuse(schema_editor, SIGNATURE, "update", "1 = 1", MESSAGE)
    refuse(schema_editor, SIGNATURE, "delete", f"NOT ({PROPOSED_NOW})", MESSAGE)


def drop(apps, schema_editor):
    for table in (AGREEMENT, SIGNATURE):
        for event in ("update", "delete"):
            allow(schema_editor, table, event)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
