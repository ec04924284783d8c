from django.db import migrations, models

import houqin.kernel.places.models


def give_labels(apps, schema_editor):
    """A default that is called once would give all places the same label; each gets its own."""
    places = list(apps.get_model("places", "Place").objects.only("pk"))
    for place in places:
        place.label = houqin.kernel.places.models.new_label()
    apps.get_model("places", "Place").objects.bulk_update(places, ["label"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="label",
            field=models.CharField(default="", editable=False, max_length=12, verbose_name="贴码"),
        ),
        migrations.RunPython(give_labels, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="place",
            name="label",
            field=models.CharField(
                default=houqin.kernel.places.models.new_label,
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="贴码",
            ),
        ),
    ]
