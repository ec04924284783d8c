"""Another index begins with the same column."""

from django.db import migrations, models

from houqin.kernel.constraints import without_index


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        without_index(
            "attachment",
            "target_type",
            "files_attachment_target_type_id_6bab40c4",
            models.ForeignKey(
                "contenttypes.ContentType", models.PROTECT, related_name="+", db_index=False
            ),
        ),
    ]
