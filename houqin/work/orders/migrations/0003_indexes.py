"""Another index begins with the same column."""

from django.conf import settings
from django.db import migrations, models

from houqin.kernel.constraints import without_index


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_material_costs")]

    operations = [
        without_index(
            "workorder",
            "subject_type",
            "orders_workorder_subject_type_id_2071352d",
            models.ForeignKey(
                "contenttypes.ContentType", models.PROTECT, related_name="+", db_index=False
            ),
        ),
        without_index(
            "workorder",
            "team",
            "orders_workorder_team_id_dce1460d",
            models.ForeignKey(
                "teams.Team",
                models.PROTECT,
                null=True,
                related_name="+",
                verbose_name="班组",
                db_index=False,
            ),
        ),
        without_index(
            "workorder",
            "executor",
            "orders_workorder_executor_id_f334c902",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                models.PROTECT,
                null=True,
                related_name="+",
                verbose_name="执行人",
                db_index=False,
            ),
        ),
    ]
