"""Prioritisations with their matrix and decision; the database itself refuses to change one that is decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.dates
from lib.triggers import allow, refuse

TABLE, PARTS = "situation_prioritisation", ("situation_cell", "situation_choice")
MESSAGE = "a decided prioritisation never changes"


def make(apps, schema_editor):
    for event in ("update", "delete"):
        refuse(schema_editor, TABLE, event, "OLD.status = 'decided'", MESSAGE)
    for table in PARTS:
        refuse(schema_editor, table, "insert", _decided("NEW"), MESSAGE)
        refuse(schema_editor, table, "update", f"{_decided('OLD')} OR {_decided('NEW')}", MESSAGE)
        refuse(schema_editor, table, "delete", _decided("OLD"), MESSAGE)


def _decided(row):
    return f"(SELECT status FROM {TABLE} WHERE id = {row}.prioritisation_id) = 'decided'"


def drop(apps, schema_editor):
    for table in (TABLE, *PARTS):
        for event in ("insert", "update", "delete"):
            allow(schema_editor, table, event)


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0001_initial'),
        ('partnerships', '0001_initial'),
        ('situation', '0003_analyse_causes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Prioritisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('weights', models.JSONField(default=dict, editable=False, verbose_name='vikter')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='beslutad den')),
                ('body_name', models.CharField(blank=True, max_length=150, verbose_name='annat beslutsorgan')),
                ('remark', models.TextField(blank=True, help_text='Till exempel protokollets nummer och paragraf.', verbose_name='anteckning')),
                ('status', models.CharField(choices=[('ongoing', 'Pågår'), ('decided', 'Beslutad')], default='ongoing', editable=False, max_length=8, verbose_name='läge')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='beslutet infört')),
                ('frozen', models.JSONField(editable=False, null=True, verbose_name='fryst innehåll')),
                ('checksum', models.CharField(blank=True, editable=False, max_length=64, verbose_name='kontrollsumma')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.group', verbose_name='beslutad av')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.cycle', verbose_name='samverkansomgång')),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality', verbose_name='kommun')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership', verbose_name='samverkan')),
                ('picture', models.ForeignKey(blank=True, help_text='Den version av den gemensamma lägesbilden som beslutet bygger på.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='situation.picture', verbose_name='lägesbild')),
            ],
            options={
                'verbose_name': 'prioritering',
                'verbose_name_plural': 'prioriteringar',
                'ordering': ['partnership', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('municipality__isnull', True), ('status', 'ongoing')), fields=('cycle',), name='prioritisation_one_ongoing_common', violation_error_message='En prioritering pågår redan i samverkansomgången.'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', False), ('status', 'ongoing')), fields=('cycle', 'municipality'), name='prioritisation_one_ongoing_local', violation_error_message='En prioritering pågår redan för kommunen.'), models.CheckConstraint(condition=models.Q(('status', 'ongoing'), models.Q(('decided_on__isnull', False), models.Q(('body__isnull', False), models.Q(('body_name', ''), _negated=True), _connector='OR')), _connector='OR'), name='prioritisation_decided_has_day_and_body', violation_error_message='Ange vilken dag beslutet togs och av vem.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'ongoing')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('frozen__isnull', False), ('status', 'decided')), _connector='OR'), name='prioritisation_decided_is_frozen')],
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('common', 'Vanligt förekommande'), ('rising', 'Ökar'), ('lasting', 'Har pågått länge'), ('deviating', 'Avviker från liknande områden'), ('local', 'Avgränsat till en plats'), ('many', 'Påverkar många'), ('signal', 'Otrygghet eller signalbrott'), ('harm', 'Skada och konsekvenser'), ('cost', 'Kostnad för samhället'), ('influence', 'Parterna kan påverka'), ('resources', 'Resurser finns')], max_length=10, verbose_name='grund')),
                ('value', models.CharField(choices=[('yes', 'Ja'), ('partly', 'Delvis'), ('no', 'Nej'), ('unknown', 'Vet ej')], default='unknown', max_length=8, verbose_name='bedömning')),
                ('changed_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='ändrad')),
                ('changed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='situation.problem', verbose_name='problem')),
                ('prioritisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='situation.prioritisation', verbose_name='prioritering')),
            ],
            options={
                'verbose_name': 'ruta i matrisen',
                'verbose_name_plural': 'rutor i matrisen',
                'constraints': [models.UniqueConstraint(fields=('prioritisation', 'problem', 'ground'), name='cell_once')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('chosen', 'Prioriteras'), ('watched', 'Bevakas'), ('dismissed', 'Avskrivs')], max_length=10, verbose_name='beslut')),
                ('place', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='plats i ordningen')),
                ('reason', models.TextField(blank=True, verbose_name='motivering')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='situation.problem', verbose_name='problem')),
                ('prioritisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='situation.prioritisation', verbose_name='prioritering')),
            ],
            options={
                'verbose_name': 'beslut om ett problem',
                'verbose_name_plural': 'beslut om problem',
                'ordering': ['prioritisation', 'place', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('prioritisation', 'problem'), name='choice_once'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'chosen'), ('place__isnull', False)), models.Q(models.Q(('outcome', 'chosen'), _negated=True), ('place__isnull', True)), _connector='OR'), name='choice_chosen_has_place', violation_error_message='Ett prioriterat problem har en plats i ordningen, de andra har ingen.'), models.CheckConstraint(condition=models.Q(('outcome', 'chosen'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='choice_put_aside_has_reason', violation_error_message='Skriv varför problemet inte prioriteras.')],
            },
        ),
        migrations.RunPython(make, drop),
    ]
