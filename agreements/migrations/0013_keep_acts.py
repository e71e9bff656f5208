"""Who stands in a locked text and what it is about stays; acts are neither changed nor taken away.

A comment that is answered stays as it was said and answered; a proposed prolongation changes nothing but its state.
A later migration that rebuilds the agreements or the prolongations on SQLite takes these away first (`forget`).
"""

from django.db import migrations

from lib.triggers import allow, changed, refuse

TEXT = "a text that is being signed never changes"
ACT = "an act that is registered never changes"
AGREEMENT, COMMENT, PROLONGATION = "agreements_agreement", "agreements_comment", "agreements_prolongation"
LINKS = ("agreements_agreement_parties", "agreements_agreement_problems")
# Acts that a draft may have: they go with it when it is thrown away.
OF_A_DRAFT = ("agreements_decision", "agreements_version", COMMENT)
ALWAYS = ("agreements_consent", "agreements_adherence", PROLONGATION)


def _locked(row):
    return f"(SELECT status FROM {AGREEMENT} WHERE id = {row}.agreement_id) <> 'draft'"


def make(apps, schema_editor):
    for table in LINKS:
        refuse(schema_editor, table, "insert", _locked("NEW"), TEXT)
        refuse(schema_editor, table, "update", f"{_locked('OLD')} OR {_locked('NEW')}", TEXT)
        refuse(schema_editor, table, "delete", _locked("OLD"), TEXT)
    for table in OF_A_DRAFT:
        refuse(schema_editor, table, "delete", _locked("OLD"), ACT)
    for table in ALWAYS:
        refuse(schema_editor, table, "delete", "1 = 1", ACT)
    _settled(apps, schema_editor, "Comment", "open", {"status", "answer", "revision"})
    _settled(apps, schema_editor, "Prolongation", "proposed", {"status", "revision"})


def _settled(apps, schema_editor, model, begins, moves):
    """Only `moves` change, and only while the row stands where it begins."""
    meta = apps.get_model("agreements", model)._meta
    words = changed(sorted({field.column for field in meta.concrete_fields} - moves))
    refuse(schema_editor, meta.db_table, "update", f"OLD.status <> '{begins}' OR {words}", ACT)


def forget(apps, schema_editor):
    for table in (*LINKS, *OF_A_DRAFT, *ALWAYS):
        allow(schema_editor, table, "delete")
    for table in LINKS:
        allow(schema_editor, table, "insert")
    for table in (*LINKS, COMMENT, PROLONGATION):
        allow(schema_editor, table, "update")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0012_judge_goals_and_ask_more_of_measures")]
    operations = [migrations.RunPython(make, forget)]
