"""The database itself refuses to change a published result, what a resident answered, and that it has been erased."""

from django.db import migrations

from lib.triggers import allow, changed, refuse

RESULTS, ERASURES = "dialogues_dialogueresult", "dialogues_erasure"
ANSWERS, QUESTIONS, REPLIES = "dialogues_answer", "dialogues_question", "dialogues_reply"
WITHDRAWN = {"withdrawn_at", "withdrawn_by_id", "withdrawn_reason"}
# A reply is judged; a question that has been answered may still change its place.
REPLY_MAY, QUESTION_MAY = {"status", "reason", "decided_at", "decided_by_id", "revision"}, {"order", "revision"}
PUBLISHED, SAID = "a published result never changes", "what a resident answered never changes"


def make(apps, schema_editor):
    columns = {
        name: {field.column for field in apps.get_model("dialogues", name)._meta.concrete_fields}
        for name in ("DialogueResult", "Erasure", "Answer", "Question", "Reply")
    }
    text, taken_down = changed(sorted(columns["DialogueResult"] - WITHDRAWN)), changed(sorted(WITHDRAWN))
    again = f"OLD.withdrawn_at IS NOT NULL AND ({taken_down})"
    refuse(schema_editor, RESULTS, "update", f"({text}) OR ({again})", PUBLISHED)
    refuse(schema_editor, RESULTS, "delete", "1 = 1", PUBLISHED)
    refuse(schema_editor, ERASURES, "update", changed(sorted(columns["Erasure"])), "an erasure never changes")
    refuse(schema_editor, ERASURES, "delete", "1 = 1", "an erasure never changes")
    refuse(schema_editor, ANSWERS, "update", changed(sorted(columns["Answer"])), SAID)
    refuse(schema_editor, REPLIES, "update", changed(sorted(columns["Reply"] - REPLY_MAY)), SAID)
    asked = changed(sorted(columns["Question"] - QUESTION_MAY))
    answered = f"EXISTS (SELECT 1 FROM {ANSWERS} WHERE question_id = OLD.id)"
    refuse(schema_editor, QUESTIONS, "update", f"({asked}) AND {answered}", "an answered question never changes")


def drop(apps, schema_editor):
    for table in (RESULTS, ERASURES, ANSWERS, QUESTIONS, REPLIES):
        for event in ("update", "delete"):
            allow(schema_editor, table, event)


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
