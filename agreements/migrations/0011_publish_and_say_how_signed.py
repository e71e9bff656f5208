"""That a signed agreement was made public; how it was signed; what its annexes are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.dates
from lib.triggers import allow, put_back, refuse, set_aside

PUBLICATION = "agreements_publication"
aside: list[str] = []


def clear(apps, schema_editor):
    aside[:] = set_aside(schema_editor)


def restore(apps, schema_editor):
    put_back(schema_editor, aside)


def guard(apps, schema_editor):
    for event in ("update", "delete"):
        refuse(schema_editor, PUBLICATION, event, "1 = 1", "an act that is registered never changes")


def unguard(apps, schema_editor):
    for event in ("update", "delete"):
        allow(schema_editor, PUBLICATION, event)


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0010_say_area_roles_and_rhythm'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(clear, restore),
        migrations.AddField(
            model_name='agreementfile',
            name='information_class',
            field=models.CharField(blank=True, choices=[('working', 'Arbetsmaterial'), ('open', 'Öppen handling'), ('partly_secret', 'Delvis sekretess')], max_length=20, verbose_name='offentlighet'),
        ),
        migrations.AddField(
            model_name='agreementfile',
            name='subject',
            field=models.CharField(blank=True, choices=[('picture', 'Gemensam problembild och analys'), ('undertakings', 'Åtagandeplan'), ('plan', 'Åtgärdsplan'), ('time', 'Tidsplan'), ('follow_up', 'Uppföljningsplan'), ('communication', 'Kommunikationsplan'), ('map', 'Karta'), ('other', 'Annat')], max_length=15, verbose_name='typ av bilaga'),
        ),
        migrations.AddField(
            model_name='signature',
            name='way',
            field=models.CharField(blank=True, choices=[('in_person', 'På plats'), ('electronic', 'Elektroniskt, utanför systemet'), ('paper', 'På papper som skickades')], max_length=10, verbose_name='hur den undertecknades'),
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('published_on', models.DateField(default=lib.dates.today, verbose_name='publicerad den')),
                ('channels', models.CharField(help_text='Till exempel kommunens webbplats, anslagstavlan och pressmeddelande.', max_length=250, verbose_name='kanaler')),
                ('urls', models.TextField(blank=True, help_text='En adress per rad.', verbose_name='webbadresser')),
                ('checksum', models.CharField(editable=False, max_length=64, verbose_name='kontrollsumma för texten')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='agreements.agreement', verbose_name='överenskommelse')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
            ],
            options={
                'verbose_name': 'publicering',
                'verbose_name_plural': 'publiceringar',
                'ordering': ['agreement', 'published_on', 'pk'],
            },
        ),
        migrations.RunPython(restore, clear),
        migrations.RunPython(guard, unguard),
    ]
