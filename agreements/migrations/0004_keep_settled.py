"""The database refuses to change what is out for signing, signed, decided, agreed or adopted, and what belongs to it."""

from django.db import migrations

from lib.triggers import allow, changed, refuse

AGREEMENT, SIGNATURE, PLAN = "agreements_agreement", "agreements_signature", "agreements_actionplan"
MESSAGE = "a text that is being signed never changes"
MOVES = {
    "status",
    "revision",
    "frozen",
    "checksum",
    "referral_until",
    "signed_on",
    "prolonged_to",
    "terminated_on",
}
BOUND = "OLD.status IN ('signed', 'terminated')"
WORDS = "OLD.status IN ('draft', 'referred')"
PROPOSED_NOW = f"(SELECT status FROM {AGREEMENT} WHERE id = OLD.agreement_id) = 'proposed'"
# Rows that are frozen with the text: they come, go and change only in a draft.
PARTS = ("agreements_undertaking", "agreements_adaptation")
# Acts: written once.
ACTS = ("agreements_decision", "agreements_consent", "agreements_adherence", "agreements_version")


def _open(row):
    return f"(SELECT status FROM {AGREEMENT} WHERE id = {row}.agreement_id) = 'draft'"


def make(apps, schema_editor):
    _forget(schema_editor)
    _agreement(apps, schema_editor)
    refuse(schema_editor, SIGNATURE, "update", "1 = 1", MESSAGE)
    refuse(schema_editor, SIGNATURE, "delete", f"NOT ({PROPOSED_NOW})", MESSAGE)
    for table in PARTS:
        refuse(schema_editor, table, "insert", f"NOT ({_open('NEW')})", MESSAGE)
        refuse(schema_editor, table, "update", f"NOT ({_open('OLD')})", MESSAGE)
        refuse(schema_editor, table, "delete", f"NOT ({_open('OLD')})", MESSAGE)
    for table in ACTS:
        refuse(schema_editor, table, "update", "1 = 1", "an act that is registered never changes")
    columns = {field.column for field in apps.get_model("agreements", "ActionPlan")._meta.concrete_fields}
    adopted = f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(sorted(columns - {'status', 'revision'}))})"
    refuse(schema_editor, PLAN, "update", adopted, "an adopted plan never changes")
    refuse(schema_editor, PLAN, "delete", "OLD.status <> 'draft'", "an adopted plan never changes")


def _agreement(apps, schema_editor):
    columns = {field.column for field in apps.get_model("agreements", "Agreement")._meta.concrete_fields}
    frozen, signed = changed(["frozen", "checksum"]), changed(["signed_on", "referral_until"])
    never = " OR ".join(
        [
            f"(OLD.status <> 'draft' AND ({changed(sorted(columns - MOVES))}))",
            f"({BOUND} AND ({frozen} OR {signed} OR NEW.status NOT IN ('signed', 'terminated')))",
            f"(OLD.status = 'proposed' AND NEW.status <> 'draft' AND ({frozen}))",
            f"(OLD.status = 'terminated' AND (NEW.status <> 'terminated' OR {changed(['terminated_on'])}))",
            f"(OLD.status <> 'signed' AND {changed(['prolonged_to'])})",
        ]
    )
    refuse(schema_editor, AGREEMENT, "update", never, MESSAGE)
    refuse(schema_editor, AGREEMENT, "delete", f"NOT ({WORDS})", MESSAGE)


def _forget(schema_editor):
    for table in (AGREEMENT, SIGNATURE, PLAN, *PARTS, *ACTS):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


def drop(apps, schema_editor):
    _forget(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_goals_plans_and_drafting")]
    operations = [migrations.RunPython(make, drop)]
