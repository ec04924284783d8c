"""A seal is neither changed nor removed, as `trail.0002` holds it for events."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "seals_seal is append-only"
VERBS = ("update", "delete")
FUNCTION = f"""
CREATE OR REPLACE FUNCTION seals_seal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        refuse = "FOR EACH ROW EXECUTE FUNCTION seals_seal_refuse()"
    for verb in VERBS:
        head = f"CREATE TRIGGER seals_seal_no_{verb} BEFORE {verb.upper()} ON seals_seal"
        schema_editor.execute(f"{head} {refuse}", params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for verb in VERBS:
        table = " ON seals_seal" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS seals_seal_no_{verb}{table}", params=None)
    if postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS seals_seal_refuse()", params=None)


class Migration(migrations.Migration):
    dependencies = [("seals", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
