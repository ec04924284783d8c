"""The index of words itself, which Django cannot describe: a full-text table on SQLite, kept by triggers, and a
generated column with its index on PostgreSQL.

The words come cut already (`tokenizer.py`), so both only have to split at blanks. On SQLite a later migration that
alters the table builds it anew and loses the triggers: such a migration must run `install` again after itself.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = ("title_words", "body_words", "thread_words")
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
NAMES = ", ".join(COLUMNS)
ADD = f"INSERT INTO search_words(rowid, {NAMES}) VALUES (new.id, {NEW});"
DROP = f"INSERT INTO search_words(search_words, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"
SQLITE = (
    f"CREATE VIRTUAL TABLE search_words USING fts5({NAMES}, content='search_passage', content_rowid='id', "
    "tokenize='ascii')",
    f"CREATE TRIGGER search_passage_insert AFTER INSERT ON search_passage BEGIN {ADD} END",
    f"CREATE TRIGGER search_passage_delete AFTER DELETE ON search_passage BEGIN {DROP} END",
    f"CREATE TRIGGER search_passage_update AFTER UPDATE OF {NAMES} ON search_passage BEGIN {DROP} {ADD} END",
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",
)
WEIGHED = " || ".join(
    f"setweight(to_tsvector('simple', {column}), '{weight}')"
    for column, weight in zip(COLUMNS, "ABC", strict=True)
)
POSTGRESQL = (
    f"ALTER TABLE search_passage ADD COLUMN words tsvector GENERATED ALWAYS AS ({WEIGHED}) STORED",
    "CREATE INDEX search_passage_words ON search_passage USING gin (words)",
)
GONE_SQLITE = (
    *(f"DROP TRIGGER IF EXISTS search_passage_{verb}" for verb in ("insert", "delete", "update")),
    "DROP TABLE IF EXISTS search_words",
)
GONE_POSTGRESQL = ("ALTER TABLE search_passage DROP COLUMN IF EXISTS words",)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (
        GONE_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else GONE_SQLITE
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
