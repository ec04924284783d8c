"""The document of the API as a page for people, without a script."""

from __future__ import annotations

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
            drawn = {"method": method.upper(), "path": path, "summary": operation["summary"]}
            drawn["scopes"] = [
                scope for answer in operation["security"] for scope in answer["token"]
            ]
            drawn["fields"] = _drawn_fields(operation)
            drawn["answers"] = [
                (status, answer["description"]) for status, answer in operation["responses"].items()
            ]
            by_subject.setdefault(operation["tags"][0], []).append(drawn)
    return [{"name": name, "operations": operations} for name, operations in by_subject.items()]


def _drawn_fields(operation: Node) -> list[Node]:
    """Parameters and the fields of the body, one line each; the headers that all have are left out."""
    asked = [
        (
            parameter["name"],
            parameter["schema"],
            parameter.get("required"),
            parameter.get("description", ""),
        )
        for parameter in operation["parameters"]
        if parameter["in"] != "header"
    ]
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("multipart/form-data", {}).get("schema", {"properties": {}})
    asked += [
        (
            name,
            field,
            name in schema.get("required", ()),
            field.get("title") or field.get("description", ""),
        )
        for name, field in schema["properties"].items()
    ]
    return [
        {"name": name, "kind": _kind(field), "required": required, "words": words}
        for name, field, required, words in asked
    ]


def _kind(schema: Node) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "any")
