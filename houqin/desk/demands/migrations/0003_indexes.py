"""Another index begins with the same column."""

from django.conf import settings
from django.db import migrations, models

from houqin.kernel.constraints import without_index


class Migration(migrations.Migration):
    dependencies = [("demands", "0002_done_at_place")]

    operations = [
        without_index(
            "demand",
            "place",
            "demands_demand_place_id_f51bd251",
            models.ForeignKey(
                "places.Place",
                models.PROTECT,
                related_name="+",
                verbose_name="地点",
                db_index=False,
            ),
        ),
        without_index(
            "demand",
            "requester",
            "demands_demand_requester_id_93c4f205",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                models.PROTECT,
                related_name="+",
                verbose_name="需求人",
                db_index=False,
            ),
        ),
        without_index(
            "demand",
            "department",
            "demands_demand_department_id_880cc175",
            models.ForeignKey(
                "people.Department",
                models.PROTECT,
                null=True,
                related_name="+",
                verbose_name="部门",
                db_index=False,
            ),
        ),
    ]
