"""A measure begins only with its value from before, or an honest word on why there is none, and keeps it for ever."""

from django.db import migrations, models

from lib.triggers import allow, changed, refuse

MEASURE = "agreements_measure"
STARTED = ["ongoing", "done", "partly"]
NOT_ASKED = "Uppgift saknas: åtgärden påbörjades innan ett före-värde krävdes."
NOT_TOLD = "Uppgift saknas"


def tell_what_is_lacking(apps, schema_editor):
    """Rows from before get the honest words: nobody can measure afterwards how it was."""
    measures = apps.get_model("agreements", "Measure").objects
    measures.filter(status__in=STARTED, baseline=None, baseline_reason="").update(baseline_reason=NOT_ASKED)
    measures.filter(origin="own", origin_text="").update(origin_text=NOT_TOLD)
    goals = apps.get_model("agreements", "Goal").objects
    goals.filter(kind="effect", indicator=None, own_indicator="").update(own_indicator=NOT_TOLD)


def lock(apps, schema_editor):
    """Once begun, what it was before never changes; one that never began may still be told when it is opened again."""
    told = "OLD.status NOT IN ('proposed', 'decided') AND (OLD.baseline IS NOT NULL OR OLD.baseline_reason <> '')"
    columns = changed(["baseline", "baseline_text", "baseline_reason"])
    allow(schema_editor, MEASURE, "update")
    refuse(schema_editor, MEASURE, "update", f"{told} AND ({columns})", "the value from before never changes")


def unlock(apps, schema_editor):
    allow(schema_editor, MEASURE, "update")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_keep_time_by_the_house_clock")]
    operations = [
        migrations.RunPython(tell_what_is_lacking, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind="effect") | models.Q(indicator__isnull=False) | ~models.Q(own_indicator=""),
                name="goal_of_effect_is_measured",
                violation_error_message="Ett effektmål behöver ett mått: välj en indikator, eller beskriv ett eget.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=~models.Q(status__in=STARTED)
                | models.Q(baseline__isnull=False)
                | ~models.Q(baseline_reason=""),
                name="measure_started_has_baseline",
                violation_error_message=(
                    "Skriv före-värdet, eller varför det inte kan mätas, innan åtgärden påbörjas."
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=~models.Q(origin="own") | ~models.Q(origin_text=""),
                name="measure_own_origin_is_told",
                violation_error_message="Skriv vilket eget mål eller uppdrag åtgärden kommer ur.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(assessment="") | ~models.Q(assessment_text=""),
                name="measure_assessment_is_told",
                violation_error_message="Skriv vad åtgärden ledde till.",
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
