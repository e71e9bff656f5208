"""A role for those who carry out measures for an organisation outside the cooperation."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='role',
            field=models.CharField(choices=[('coordinator', 'Samordnare eller kommunpolis'), ('signatory', 'Undertecknare'), ('reader', 'Läsare'), ('county_reader', 'Läsare, länsstyrelse'), ('bra_analyst', 'Analytiker, Brå'), ('local_admin', 'Lokal administratör'), ('administrator', 'Administratör'), ('actor', 'Utförare utanför samverkan')], max_length=20, verbose_name='roll'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('coordinator', 'Samordnare eller kommunpolis'), ('signatory', 'Undertecknare'), ('reader', 'Läsare'), ('county_reader', 'Läsare, länsstyrelse'), ('bra_analyst', 'Analytiker, Brå'), ('local_admin', 'Lokal administratör'), ('administrator', 'Administratör'), ('actor', 'Utförare utanför samverkan')], max_length=20, verbose_name='roll'),
        ),
    ]
