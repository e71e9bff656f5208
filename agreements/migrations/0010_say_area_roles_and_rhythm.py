"""Areas one by one, the parties' roles in an agreement, and when it is followed up and revised."""

from django.db import migrations, models

from lib.triggers import allow, changed, put_back, refuse, set_aside

AGREEMENT = "agreements_agreement"
ROLES = ("agreements_agreement_contributing", "agreements_agreement_third_parties")
MESSAGE = "a text that is being signed never changes"
MOVES = {"status", "revision", "frozen", "checksum", "referral_until", "signed_on", "prolonged_to", "terminated_on"}
NEW = {"follow_up_rhythm", "follow_up_forum", "follow_up_function", "revision_on", "revision_rhythm"}
RHYTHMS = [
    ("weekly", "Varje vecka"),
    ("monthly", "Varje månad"),
    ("quarterly", "Varje kvartal"),
    ("tertial", "Varje tertial"),
    ("half_yearly", "Varje halvår"),
    ("yearly", "Varje år"),
    ("at_end", "När perioden är slut"),
    ("ad_hoc", "När det behövs"),
]
aside: list[str] = []


def clear(apps, schema_editor):
    aside[:] = set_aside(schema_editor)


def restore(apps, schema_editor):
    put_back(schema_editor, aside)


def guard(apps, schema_editor):
    """The text now has more columns, and roles: they stay as they were when it was sent for signing."""
    columns = {field.column for field in apps.get_model("agreements", "Agreement")._meta.concrete_fields}
    _agreement(schema_editor, columns - MOVES)
    for table in ROLES:
        for event, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
            status = f"(SELECT status FROM {AGREEMENT} WHERE id = {row}.agreement_id)"
            refuse(schema_editor, table, event, f"{status} <> 'draft'", MESSAGE)


def unguard(apps, schema_editor):
    """As it was, without the new columns."""
    columns = {field.column for field in apps.get_model("agreements", "Agreement")._meta.concrete_fields}
    _agreement(schema_editor, columns - MOVES - NEW)
    for table in ROLES:
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


def _agreement(schema_editor, kept):
    bound = "OLD.status IN ('signed', 'terminated')"
    frozen, signed = changed(["frozen", "checksum"]), changed(["signed_on", "referral_until"])
    never = " OR ".join(
        [
            f"(OLD.status <> 'draft' AND ({changed(sorted(kept))}))",
            f"({bound} AND ({frozen} OR {signed} OR NEW.status NOT IN ('signed', 'terminated')))",
            f"(OLD.status = 'proposed' AND NEW.status <> 'draft' AND ({frozen}))",
            f"(OLD.status = 'terminated' AND (NEW.status <> 'terminated' OR {changed(['terminated_on'])}))",
            f"(OLD.status <> 'signed' AND {changed(['prolonged_to'])})",
        ]
    )
    allow(schema_editor, AGREEMENT, "update")
    refuse(schema_editor, AGREEMENT, "update", never, MESSAGE)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0009_keep_files"),
        ("partnerships", "__first__"),
    ]
    operations = [
        migrations.RunPython(clear, restore),
        migrations.AddField(
            model_name="agreement",
            name="contributing",
            field=models.ManyToManyField(
                blank=True,
                help_text="Deltar i arbetet utan att vara bundna, och undertecknar inte.",
                related_name="+",
                to="partnerships.party",
                verbose_name="varav medverkande",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="third_parties",
            field=models.ManyToManyField(
                blank=True,
                help_text="Undertecknar för sin egen del. Överenskommelsen väntar inte på dem.",
                related_name="+",
                to="partnerships.party",
                verbose_name="varav tredje part",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="follow_up_rhythm",
            field=models.CharField(blank=True, choices=RHYTHMS, max_length=12, verbose_name="följs upp"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="follow_up_forum",
            field=models.CharField(
                blank=True,
                help_text="Till exempel styrgruppen eller lokala brottsrådet.",
                max_length=150,
                verbose_name="följs upp i",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="follow_up_function",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="ansvarig funktion för uppföljningen"
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="revision_on",
            field=models.DateField(blank=True, null=True, verbose_name="planerad revidering"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="revision_rhythm",
            field=models.CharField(blank=True, choices=RHYTHMS, max_length=12, verbose_name="ses över"),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="area",
            field=models.TextField(
                blank=True,
                help_text="Ett område per rad, till exempel kommuner, orter eller stadsdelar.",
                verbose_name="geografiska områden",
            ),
        ),
        migrations.RunPython(restore, clear),
        migrations.RunPython(guard, unguard),
    ]
