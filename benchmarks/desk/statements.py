"""The SQL that copies rows many times over, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from houqin.platform.search.models import Passage

WEEKS = 104  # over which the copies are spread

Model = type[models.Model]


class Statements:
    """The key of copy `n` of a row, wherever it stands, is that of the row plus `n` times a stride."""

    def __init__(self, copied: Sequence[Model]) -> None:
        self.strides: dict[Model, int] = {
            model: (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1
            for model in copied
        }
        kinds = ContentType.objects.get_for_models(*copied)
        self.kinds = {kinds[model].pk: stride for model, stride in self.strides.items()}

    def choose(self, cursor: Any, rows: Mapping[Model, Sequence[int]]) -> None:
        """Have these rows copied by what follows."""
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS chosen (name text, pk bigint)")
        cursor.execute("DELETE FROM chosen")
        cursor.executemany(
            "INSERT INTO chosen VALUES (%s, %s)",
            [(model._meta.db_table, pk) for model, pks in rows.items() for pk in pks],
        )

    def copy(self, model: Model, *, shifted: bool) -> str:
        """Copies of the chosen rows of `model`; its parameters are the numbers of the first and the last."""
        table, fields = model._meta.db_table, model._meta.concrete_fields
        columns = ", ".join(quoted(field.column) for field in fields)
        values = ", ".join(self.value(model, field, shifted=shifted) for field in fields)
        return (
            "WITH RECURSIVE copies(n) AS (SELECT CAST(%s AS bigint) UNION ALL"
            " SELECT n + 1 FROM copies WHERE n < %s)"
            f" INSERT INTO {quoted(table)} ({columns}) SELECT {values} FROM copies"
            f" CROSS JOIN chosen JOIN {quoted(table)} ON {quoted(table)}.id = chosen.pk"
            f" WHERE chosen.name = '{table}' ORDER BY copies.n, chosen.pk"
        )

    def value(self, model: Model, field: Any, *, shifted: bool) -> str:
        column = column_of(model, field)
        if special := self.special(model, field.name):
            return special
        if field.primary_key:
            return self.key(column, model)
        if field.related_model in self.strides:
            return self.key(column, field.related_model)
        if shifted and isinstance(field, models.DateField):
            return weeks_before(column)
        return column

    def special(self, model: Model, name: str) -> str:
        """What is neither copied as it is nor a key: numbers, generic relations, the words of a number."""
        if name.endswith("_id"):
            return self.target(model, name.removesuffix("_id"))
        if model is Passage and name in {"number", "title_words"}:
            target = self.special(Passage, "target_id")
            number = column_of(model, model._meta.get_field("number"))
            return numbered(number, target) if name == "number" else words(number, target)
        if name == "number":
            key = column_of(model, model._meta.pk)
            return numbered(column_of(model, model._meta.get_field(name)), self.key(key, model))
        return ""

    def target(self, model: Model, name: str) -> str:
        key = column_of(model, model._meta.get_field(f"{name}_id"))
        kind = column_of(model, model._meta.get_field(f"{name}_type"))
        strides = " ".join(f"WHEN {pk} THEN {stride}" for pk, stride in self.kinds.items())
        return f"({key} + copies.n * CASE {kind} {strides} ELSE 0 END)"

    def key(self, column: str, model: Model) -> str:
        return f"({column} + copies.n * {self.strides[model]})"


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def column_of(model: Model, field: Any) -> str:
    return f"{quoted(model._meta.db_table)}.{quoted(field.column)}"


def weeks_before(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"({column} - (copies.n %% {WEEKS}) * interval '7 days')"
    days = f"'-' || ((copies.n %% {WEEKS}) * 7) || ' days'"
    return f"(date({column}, {days}) || substr({column}, 11))"


def numbered(number: str, serial: str) -> str:
    """The number XQ-2026-000123 with another serial."""
    return f"(substr({number}, 1, 8) || {six_digits(serial)})"


def six_digits(serial: str) -> str:
    text = f"CAST({serial} AS text)"
    return (
        f"(substr('000000', 1, 6 - length({text})) || {text})"
        if connection.vendor == "sqlite"
        else (f"lpad({text}, greatest(6, length({text})), '0')")
    )


def words(number: str, serial: str) -> str:
    """`title_words` of a passage with the words of another number (`search.tokenizer.number_words`)."""
    kind, year, digits = (
        f"lower(substr({number}, 1, 2))",
        f"substr({number}, 4, 4)",
        six_digits(serial),
    )
    bare = f"CASE WHEN {serial} < 100000 THEN ' ' || CAST({serial} AS text) ELSE '' END"
    title = quoted(Passage._meta.db_table) + ".title_words"
    begins = f"40 + length(CAST(CAST(substr({number}, 9) AS integer) AS text))"
    parts = [kind, "' '", year, "' '", digits, bare, "' '", kind, year, digits, "' '", year, digits]
    return f"({' || '.join(parts)} || substr({title}, {begins}))"
