"""The document of the API as a page for people, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from houqin.platform.tokens.scopes import SCOPES
from houqin.ui.api.openapi import document
from houqin.ui.http import PageRequest

Node = dict[str, Any]


@require_safe
def api_docs(request: PageRequest) -> HttpResponse:
    context = {"chapters": chapters(document(get_language() or "en")), "scopes": SCOPES.choices()}
    return render(request, "api_access/api_docs.html", context)


def chapters(document: Node) -> list[Node]:
    """The document as a page draws it: operations by subject, each with what it asks for and may answer."""
    by_subject: dict[str, list[Node]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            drawn = {"method": method.upper(), "path": path} | _drawn(operation)
            by_subject.setdefault(operation["tags"][0], []).append(drawn)
    return [{"name": name, "operations": operations} for name, operations in by_subject.items()]


def _drawn(operation: Node) -> Node:
    scopes = chain.from_iterable(rule["token"] for rule in operation["security"])
    answers = operation["responses"].items()
    return {
        "summary": operation["summary"],
        "scopes": list(scopes),
        "fields": _drawn_fields(operation),
        "answers": [(status, answer["description"]) for status, answer in answers],
    }


def _drawn_fields(operation: Node) -> list[Node]:
    """Parameters and the fields of the body, one line each; the headers that all have are left out."""
    parameters = (row for row in operation["parameters"] if row["in"] != "header")
    return [*map(_drawn_parameter, parameters), *_drawn_body(operation)]


def _drawn_parameter(parameter: Node) -> Node:
    return {
        "name": parameter["name"],
        "kind": _kind(parameter["schema"]),
        "required": parameter.get("required"),
        "words": parameter.get("description", ""),
    }


def _drawn_body(operation: Node) -> Iterator[Node]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("multipart/form-data", {}).get("schema", {"properties": {}})
    required = schema.get("required", ())
    for name, field in schema["properties"].items():
        words = field.get("title") or field.get("description", "")
        yield {"name": name, "kind": _kind(field), "required": name in required, "words": words}


def _kind(schema: Node) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "any")
