"""How a goal went, SMART answered with yes, no or not tried, and what a decided measure is asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.dates
from lib.triggers import allow, put_back, refuse, set_aside

OUTCOME = "agreements_goaloutcome"
SMART = ("specific", "measurable", "accepted", "realistic", "timed")
aside: list[str] = []


def clear(apps, schema_editor):
    aside[:] = set_aside(schema_editor)


def restore(apps, schema_editor):
    put_back(schema_editor, aside)


def answer(apps, schema_editor):
    """A tick was a yes; what was not ticked may have been a no, or not tried: nobody said."""
    goals = apps.get_model("agreements", "Goal").objects
    for name in SMART:
        goals.filter(**{f"{name}_ticked": True}).update(**{name: "yes"})


def tick(apps, schema_editor):
    goals = apps.get_model("agreements", "Goal").objects
    for name in SMART:
        goals.filter(**{name: "yes"}).update(**{f"{name}_ticked": True})


def guard(apps, schema_editor):
    for event in ("update", "delete"):
        refuse(schema_editor, OUTCOME, event, "1 = 1", "an act that is registered never changes")


def unguard(apps, schema_editor):
    for event in ("update", "delete"):
        allow(schema_editor, OUTCOME, event)


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0011_publish_and_say_how_signed'),
        ('municipalities', '0001_initial'),
        ('partnerships', '0001_initial'),
        ('situation', '0007_approve_and_keep_parts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(clear, restore),
        migrations.CreateModel(
            name='GoalOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('outcome', models.CharField(choices=[('on_way', 'På väg'), ('reached', 'Nått'), ('partly', 'Delvis nått'), ('not_reached', 'Inte nått'), ('not_assessable', 'Kan inte bedömas')], max_length=15, verbose_name='utfall')),
                ('day', models.DateField(default=lib.dates.today, verbose_name='bedömt den')),
                ('reason', models.TextField(help_text='Vad bedömningen bygger på, eller varför målet inte kan bedömas.', verbose_name='varför')),
            ],
            options={
                'verbose_name': 'målets utfall',
                'verbose_name_plural': 'målens utfall',
                'ordering': ['goal', '-day', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='goal',
            name='accepted_comment',
            field=models.CharField(blank=True, max_length=250, verbose_name='kommentar: accepterat'),
        ),
        migrations.AddField(
            model_name='goal',
            name='measurable_comment',
            field=models.CharField(blank=True, max_length=250, verbose_name='kommentar: mätbart'),
        ),
        migrations.AddField(
            model_name='goal',
            name='realistic_comment',
            field=models.CharField(blank=True, max_length=250, verbose_name='kommentar: realistiskt'),
        ),
        migrations.AddField(
            model_name='goal',
            name='specific_comment',
            field=models.CharField(blank=True, max_length=250, verbose_name='kommentar: specifikt'),
        ),
        migrations.AddField(
            model_name='goal',
            name='timed_comment',
            field=models.CharField(blank=True, max_length=250, verbose_name='kommentar: tidsatt'),
        ),
        migrations.AddField(
            model_name='measure',
            name='contact',
            field=models.CharField(blank=True, help_text='Funktionen som svarar på frågor, och hur den nås.', max_length=150, verbose_name='kontaktfunktion'),
        ),
        migrations.AddField(
            model_name='measure',
            name='per',
            field=models.CharField(blank=True, help_text='Till exempel vecka, termin eller år. Lämna tomt om antalet gäller hela tiden.', max_length=40, verbose_name='per'),
        ),
        migrations.AddField(
            model_name='measure',
            name='untold_reason',
            field=models.TextField(blank=True, help_text='Om det inte går att säga när effekten väntas, hur åtgärden utförs eller vad den ska ge.', verbose_name='varför det inte kan anges'),
        ),
        migrations.RenameField(model_name="goal", old_name="accepted", new_name="accepted_ticked"),
        migrations.AddField(
            model_name="goal",
            name="accepted",
            field=models.CharField(blank=True, choices=[('yes', 'Ja'), ('no', 'Nej')], max_length=3, verbose_name='accepterat'),
        ),
        migrations.RenameField(model_name="goal", old_name="measurable", new_name="measurable_ticked"),
        migrations.AddField(
            model_name="goal",
            name="measurable",
            field=models.CharField(blank=True, choices=[('yes', 'Ja'), ('no', 'Nej')], max_length=3, verbose_name='mätbart'),
        ),
        migrations.RenameField(model_name="goal", old_name="realistic", new_name="realistic_ticked"),
        migrations.AddField(
            model_name="goal",
            name="realistic",
            field=models.CharField(blank=True, choices=[('yes', 'Ja'), ('no', 'Nej')], max_length=3, verbose_name='realistiskt'),
        ),
        migrations.AlterField(
            model_name='goal',
            name='smart_comment',
            field=models.CharField(blank=True, max_length=250, verbose_name='prövningen i övrigt'),
        ),
        migrations.RenameField(model_name="goal", old_name="specific", new_name="specific_ticked"),
        migrations.AddField(
            model_name="goal",
            name="specific",
            field=models.CharField(blank=True, choices=[('yes', 'Ja'), ('no', 'Nej')], max_length=3, verbose_name='specifikt'),
        ),
        migrations.RenameField(model_name="goal", old_name="timed", new_name="timed_ticked"),
        migrations.AddField(
            model_name="goal",
            name="timed",
            field=models.CharField(blank=True, choices=[('yes', 'Ja'), ('no', 'Nej')], max_length=3, verbose_name='tidsatt'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('per', ''), ('planned_count__isnull', False), _connector='OR'), name='measure_per_has_count', violation_error_message='Skriv hur många det ska bli per period.'),
        ),
        migrations.AddField(
            model_name='goaloutcome',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av'),
        ),
        migrations.AddField(
            model_name='goaloutcome',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='agreements.goal', verbose_name='mål'),
        ),
        migrations.AddConstraint(
            model_name='goaloutcome',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='goal_outcome_has_reason', violation_error_message='Skriv varför.'),
        ),
        migrations.RunPython(answer, tick),
        migrations.RemoveField(model_name="goal", name="specific_ticked"),
        migrations.RemoveField(model_name="goal", name="measurable_ticked"),
        migrations.RemoveField(model_name="goal", name="accepted_ticked"),
        migrations.RemoveField(model_name="goal", name="realistic_ticked"),
        migrations.RemoveField(model_name="goal", name="timed_ticked"),
        migrations.RunPython(restore, clear),
        migrations.RunPython(guard, unguard),
    ]
