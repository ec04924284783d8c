"""The database itself refuses to change or remove an event, whoever asks: a slip in our code, the admin, a shell.

On SQLite a later migration that alters the table builds it anew and loses the triggers: such a migration must run
`install` again after itself. `houqin/kernel/trail/tests` notices when it was forgotten.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "trail_event is append-only"

SQLITE = {
    verb: f"CREATE TRIGGER trail_event_no_{verb} BEFORE {verb.upper()} ON trail_event "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("update", "delete")
}
# The error class 23 makes Django raise IntegrityError, as it does on SQLite.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION trail_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""
POSTGRESQL = {
    verb: f"CREATE TRIGGER trail_event_no_{verb} BEFORE {verb.upper()} ON trail_event "
    "FOR EACH ROW EXECUTE FUNCTION trail_event_refuse()"
    for verb in ("update", "delete")
}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
    triggers = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in triggers.values():
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    table = " ON trail_event" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in SQLITE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS trail_event_no_{verb}{table}", params=None)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS trail_event_refuse()", params=None)


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
