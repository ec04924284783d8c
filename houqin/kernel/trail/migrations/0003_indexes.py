"""Another index begins with the same column."""

from django.db import migrations, models

from houqin.kernel.constraints import without_index


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_append_only")]

    operations = [
        without_index(
            "event",
            "target_type",
            "trail_event_target_type_id_f0a37573",
            models.ForeignKey(
                "contenttypes.ContentType", models.PROTECT, related_name="+", db_index=False
            ),
        ),
    ]
