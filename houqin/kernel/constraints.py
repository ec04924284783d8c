"""What Django cannot ask of a database: rows that never change, rows that never overlap, and an index that
goes without the table being built anew.

Each is one operation of a migration. On SQLite the first two are triggers: a later migration that alters the
table builds it anew and loses them, and must run the same operation again after itself; the tests of the
table notice when that was forgotten.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AlterField, RunPython, RunSQL
from django.db.models import ForeignKey

VERBS = ("update", "delete")


def without_index(model: str, name: str, index: str, field: ForeignKey[Any, Any]) -> RunSQL:
    """Drop the index that Django gives a foreign key, where another index begins with the same column: it
    costs every write, and SQLite reads by it all rows of a kind where the other leads to one. `field` says
    db_index=False."""
    state = [AlterField(model, name, field)]
    return RunSQL(f'DROP INDEX IF EXISTS "{index}"', RunSQL.noop, state_operations=state)


def append_only(table: str) -> RunPython:
    """Refuse every change and removal of a row of `table` with an IntegrityError, whoever asks."""
    return _operation(
        lambda vendor: append_only_sql(table, vendor), lambda vendor: _writable_again(table, vendor)
    )


def append_only_sql(table: str, vendor: str) -> list[str]:
    """The statements that make `table` append-only on that database; running them again changes nothing."""
    refusal = f"{table} is append-only"
    refuse, function = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END", []
    if vendor == "postgresql":
        # The error class 23 makes Django raise IntegrityError, as it does on SQLite.
        function = [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$"
        ]
        refuse = f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    triggers = [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {refuse}"
        for verb in VERBS
    ]
    return [*_writable_again(table, vendor), *function, *triggers]


def _writable_again(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        gone = [f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}" for verb in VERBS]
        return [*gone, f"DROP FUNCTION IF EXISTS {table}_refuse()"]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in VERBS]


def no_overlap(
    table: str, name: str, *, keys: Sequence[str], start: str, end: str, where: str = ""
) -> RunPython:
    """Refuse two rows of `table` with equal `keys` whose [start, end) overlap, with an IntegrityError.

    A key is a column of whole numbers, or `column::int` for a boolean one; `where` says in SQL which rows
    count, with `{row}` for the row. PostgreSQL holds it by an exclusion constraint called `name`, in which
    each key is written as a range, so that no extension is needed.
    """
    install = {
        "postgresql": _exclusion_sql(table, name, keys, f"{start}, {end}", where),
        "sqlite": _overlap_triggers(table, name, keys, (start, end), where or "TRUE"),
    }
    return _operation(
        lambda vendor: [*_overlapping_again(table, name, vendor), *install[vendor]],
        lambda vendor: _overlapping_again(table, name, vendor),
    )


def _exclusion_sql(
    table: str, name: str, keys: Sequence[str], stretch: str, where: str
) -> list[str]:
    same = ", ".join(f"int8range({key}, {key}, '[]') WITH &&" for key in keys)
    only = f" WHERE ({where.format(row=table)})" if where else ""
    exclude = f"EXCLUDE USING gist ({same}, tstzrange({stretch}) WITH &&){only}"
    return [f"ALTER TABLE {table} ADD CONSTRAINT {name} {exclude}"]


def _overlap_triggers(
    table: str, name: str, keys: Sequence[str], stretch: tuple[str, str], where: str
) -> list[str]:
    start, end = stretch
    columns = [key.partition("::")[0] for key in keys]
    same = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
    other = (
        f"SELECT 1 FROM {table} other WHERE {same} AND other.id IS NOT NEW.id "
        f"AND other.{start} < NEW.{end} AND other.{end} > NEW.{start} "
        f"AND {where.format(row='other')}"
    )
    return [
        f"CREATE TRIGGER {name}_{verb} BEFORE {verb.upper()} ON {table} "
        f"WHEN {where.format(row='NEW')} AND EXISTS ({other}) "
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        for verb in ("insert", "update")
    ]


def _overlapping_again(table: str, name: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}"]
    return [f"DROP TRIGGER IF EXISTS {name}_{verb}" for verb in ("insert", "update")]


def _operation(
    install: Callable[[str], list[str]], remove: Callable[[str], list[str]]
) -> RunPython:
    def run(
        statements: Callable[[str], list[str]],
    ) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
        def execute(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
            for statement in statements(editor.connection.vendor):
                editor.execute(statement, params=None)

        return execute

    return RunPython(run(install), run(remove))
