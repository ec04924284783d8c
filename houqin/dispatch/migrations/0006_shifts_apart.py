"""Two shifts of one person never overlap, and neither do two times on call: the database refuses it.

PostgreSQL has exclusion constraints; the key is written as a range, so that no extension is needed. SQLite has
triggers; a later migration that alters the table builds it anew and loses them: such a migration must run `install`
again after itself. `tests/dispatch/test_roster.py` notices when it was forgotten.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
ALTER TABLE dispatch_shift ADD CONSTRAINT shifts_apart EXCLUDE USING gist (
    int8range(user_id, user_id, '[]') WITH &&,
    int4range(on_call::int, on_call::int, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
)
"""
SQLITE = {
    verb: f"CREATE TRIGGER dispatch_shift_apart_{verb} BEFORE {verb.upper()} ON dispatch_shift "
    "WHEN EXISTS (SELECT 1 FROM dispatch_shift other WHERE other.user_id = NEW.user_id "
    "AND other.on_call = NEW.on_call AND other.id IS NOT NEW.id "
    "AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at) "
    "BEGIN SELECT RAISE(ABORT, 'shifts_apart'); END"
    for verb in ("insert", "update")
}


def tidy(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Cut off what overlaps an earlier shift of the same person; what lies wholly inside one goes."""
    shift = apps.get_model("dispatch", "Shift")
    ends: dict[tuple[Any, ...], Any] = {}
    for one in shift.objects.order_by("user", "on_call", "starts_at", "-ends_at", "pk"):
        last = ends.get((one.user_id, one.on_call))
        if last and one.ends_at <= last:
            one.delete()
            continue
        if last and one.starts_at < last:
            one.starts_at = last
            one.save(update_fields=["starts_at"])
        ends[one.user_id, one.on_call] = one.ends_at


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for statement in SQLITE.values():
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE dispatch_shift DROP CONSTRAINT IF EXISTS shifts_apart", params=None
        )
        return
    for verb in SQLITE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS dispatch_shift_apart_{verb}", params=None)


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0005_planning")]

    operations = [
        migrations.RunPython(tidy, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
