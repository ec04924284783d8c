"""On SQLite the new column builds the table anew, which loses the triggers: the index of words is put up again."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = import_module("houqin.kernel.search.migrations.0002_words")


def install_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        WORDS.install(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, install_again),
        migrations.AddField("passage", "stale", models.BooleanField(default=False)),
        migrations.AddIndex(
            "passage", models.Index(condition=models.Q(("stale", True)), fields=["id"], name="search_stale")
        ),
        migrations.RunPython(install_again, migrations.RunPython.noop),
    ]
