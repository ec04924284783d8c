"""Another index begins with the same column."""

from django.db import migrations, models

from houqin.kernel.constraints import without_index


class Migration(migrations.Migration):
    dependencies = [("search", "0003_newest_and_open")]

    operations = [
        without_index(
            "passage",
            "target_type",
            "search_passage_target_type_id_8f655935",
            models.ForeignKey(
                "contenttypes.ContentType", models.CASCADE, related_name="+", db_index=False
            ),
        ),
    ]
