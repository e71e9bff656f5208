from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

REPORTED = "anmalda"
BREAK = 2015
AVERAGED = 3
KPIS = ("U07417", "U07418")


def tell(apps, schema_editor):
    """What was read in before there was a place for it: the break in reported crimes, and Kolada's averages."""
    Indicator = apps.get_model("indicators", "Indicator")
    Observation = apps.get_model("indicators", "Observation")
    KoladaKpi = apps.get_model("indicators", "KoladaKpi")
    Indicator.objects.filter(topic=REPORTED, break_year=None).update(break_year=BREAK)
    KoladaKpi.objects.filter(Q(code__in=KPIS) | Q(title__icontains="treårsmedelvärde")).update(averaged_years=AVERAGED)
    averages = Indicator.objects.filter(
        Q(code__in=[f"kolada-{code.lower()}" for code in KPIS])
        | Q(title__icontains="treårsmedelvärde")
        | Q(description__icontains="treårsmedelvärde")
    )
    averages.update(averaged_years=AVERAGED)
    single = Observation.objects.filter(indicator__in=averages, year_from=F("year_to"))
    first = F("year_to") - (AVERAGED - 1)
    label = Concat(Cast(first, models.CharField()), Value("/"), Cast(F("year_to"), models.CharField()))
    single.update(year_from=first, period_label=label)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_many_files_at_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="averaged_years",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="3 för ett treårsmedelvärde: varje värde gäller då sitt år och de två före.",
                verbose_name="medelvärde av antal år",
            ),
        ),
        migrations.AddField(
            model_name="koladakpi",
            name="averaged_years",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="3 för ett treårsmedelvärde: Kolada anger bara det sista av åren.",
                verbose_name="medelvärde av antal år",
            ),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop, elidable=True),
    ]
