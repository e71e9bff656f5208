"""A promise's one measure and one party become the first of several."""

from django.db import migrations

NAMES = {"measure": "measures", "party": "parties"}


def forwards(apps, schema_editor):
    promise = apps.get_model("citizen_promises", "Promise")
    for one, many in NAMES.items():
        through = getattr(promise, many).through
        tied = promise.objects.exclude(**{one: None}).values_list("pk", f"{one}_id")
        through.objects.bulk_create(through(**{"promise_id": pk, f"{one}_id": other}) for pk, other in tied)


def backwards(apps, schema_editor):
    promise = apps.get_model("citizen_promises", "Promise")
    for one, many in NAMES.items():
        through = getattr(promise, many).through
        for tie in through.objects.order_by("-pk"):
            promise.objects.filter(pk=tie.promise_id).update(**{f"{one}_id": getattr(tie, f"{one}_id")})


class Migration(migrations.Migration):
    dependencies = [("citizen_promises", "0003_promises_of_many")]
    operations = [migrations.RunPython(forwards, backwards)]
