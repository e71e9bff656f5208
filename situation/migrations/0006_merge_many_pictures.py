"""A joint picture is made of several own pictures, not of one of each side."""

from django.db import migrations, models


def move(apps, schema_editor):
    Picture = apps.get_model("situation", "Picture")
    for joint in Picture.objects.filter(kind="joint").only("police_picture", "municipality_picture"):
        own = [joint.police_picture_id, joint.municipality_picture_id]
        joint.own_pictures.set([one for one in own if one])


def move_back(apps, schema_editor):
    """The first of each side: more than one the old columns cannot hold.

    An established one never changes; what it was made of stands in its frozen content.
    """
    Picture = apps.get_model("situation", "Picture")
    columns = {"police_picture_id": "own_police", "municipality_picture_id": "own_municipality"}
    for joint in Picture.objects.filter(kind="joint").exclude(status__in=["established", "replaced"]):
        for column, kind in columns.items():
            first = joint.own_pictures.filter(kind=kind).order_by("pk").first()
            Picture.objects.filter(pk=joint.pk).update(**{column: first and first.pk})


class Migration(migrations.Migration):
    dependencies = [("situation", "0005_merge_pictures")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="own_pictures",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="situation.picture", verbose_name="egna lägesbilder"
            ),
        ),
        migrations.RunPython(move, move_back),
    ]
