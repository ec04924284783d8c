"""What the materials of an order cost is kept with it: figures add it up over very many orders."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, Round


def add_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """In whole numbers, each line rounded half up to the fen."""
    order, material = apps.get_model("orders", "WorkOrder"), apps.get_model("orders", "Material")
    hundredths = Cast(Round(F("quantity") * 100), BigIntegerField())
    line = (hundredths * F("price_fen") + 50) / 100
    lines = material.objects.filter(order=OuterRef("pk")).order_by().values("order")
    summed = lines.annotate(fen=Sum(line, output_field=BigIntegerField())).values("fen")
    used = order.objects.filter(pk__in=material.objects.values("order"))
    used.update(material_fen=Subquery(summed, output_field=BigIntegerField()))


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="workorder",
            name="material_fen",
            field=models.PositiveBigIntegerField(default=0, verbose_name="材料费用（分）"),
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(
                fields=[
                    "done_at",
                    "status",
                    "team",
                    "place",
                    "material_fen",
                    "outside_fen",
                    "labour_minutes",
                ],
                name="order_finished",
            ),
        ),
    ]
