"""How PostgreSQL answers each query of the pages of `operations`: what reads a large table from end to end,
and what sorts more rows than anybody sees.

    DATABASE_URL=postgres://… DATA_DIR=… .venv/bin/python -m benchmarks.desk.plans [beginning of a name …]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client

from benchmarks.desk.operations import OPERATIONS, Operation
from benchmarks.desk.prepare import names
from houqin.kernel.people.models import User

LARGE, MANY, LONG = 5_000, 2_000, 5.0  # rows of a table, sorted rows, milliseconds

Query = tuple[str, Any]


def main() -> None:
    known, begins = names(), tuple(sys.argv[1:])
    sizes = table_sizes()
    pages = [each for each in OPERATIONS if each.repeats and each.who not in {"", "token"}]
    for operation in pages:
        if not begins or operation.name.startswith(begins):
            report(operation, known, sizes)


def report(operation: Operation, known: dict[str, Any], sizes: dict[str, float]) -> None:
    queries = asked(operation, known)
    plans = [(sql, explained(sql, parameters)) for sql, parameters in queries]
    total = sum(plan["Execution Time"] for _sql, plan in plans)
    out = sys.stdout.write
    out(f"{operation.name}: {len(queries)} queries, {total:.0f} ms\n")
    for sql, plan in plans:
        notes = list(dict.fromkeys(findings(plan["Plan"], sizes)))
        if notes or plan["Execution Time"] > LONG:
            out(f"  {plan['Execution Time']:8.1f} ms  {'; '.join(notes) or 'long'}  {sql[:110]}\n")


def asked(operation: Operation, known: dict[str, Any]) -> list[Query]:
    """The queries of the page when it is opened for the second time."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username=operation.who))
    headers = {"HX-Request": "true"} if operation.live else {}
    path = quote(operation.path.format(**known), safe="/?&=")
    queries: list[Query] = []

    def keep(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        queries.append((sql, parameters))
        return execute(sql, parameters, many, context)

    client.get(path, headers=headers)
    with connection.execute_wrapper(keep):
        client.get(path, headers=headers)
    return [(sql, parameters) for sql, parameters in queries if sql.startswith("SELECT")]


def explained(sql: str, parameters: Any) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", parameters)
        answer = cursor.fetchone()[0]
    plan: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]
    return plan


def findings(node: dict[str, Any], sizes: dict[str, float]) -> Iterator[str]:
    """What reads or sorts too much in this part of a plan."""
    ran = node.get("Actual Loops", 0)
    table = node.get("Relation Name", "")
    if ran and node["Node Type"] == "Seq Scan" and sizes.get(table, 0) > LARGE:
        yield f"reads all of {table}"
    if ran and node["Node Type"] == "Sort" and node["Plans"][0]["Actual Rows"] > MANY:
        yield f"sorts {node['Plans'][0]['Actual Rows']:.0f}"
    for part in node.get("Plans", ()):
        yield from findings(part, sizes)


def table_sizes() -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
        return dict(cursor.fetchall())


if __name__ == "__main__":
    main()
