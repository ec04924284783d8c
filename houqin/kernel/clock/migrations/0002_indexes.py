"""Another index begins with the same column."""

from django.db import migrations, models

from houqin.kernel.constraints import without_index


class Migration(migrations.Migration):
    dependencies = [("clock", "0001_initial")]

    operations = [
        without_index(
            "clock",
            "target_type",
            "clock_clock_target_type_id_b9e636b8",
            models.ForeignKey(
                "contenttypes.ContentType", models.PROTECT, related_name="+", db_index=False
            ),
        ),
    ]
