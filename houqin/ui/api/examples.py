"""A value that fits a schema, for the examples of the document: made from the schema, so that both agree."""

from __future__ import annotations

from typing import Any, Final

Node = dict[str, Any]
# What a field of that name says, where any text would do.
NAMED: Final[Node] = {
    "number": "XQ-2026-000123", "username": "wang", "code": "BJ-2-502", "name": "Building 2 / Room 502",
    "title": "No heating in room 502", "place": "BJ-2-502", "entry": "hvac", "phone": "5127", "verb": "grade",
    "status": "graded", "grade": "routine", "claimed": "routine", "executor": "wang", "mime": "image/jpeg",
    "who": "Wu Gong", "requester": "Wu Gong", "department": "R&D 1", "kind": "response", "result": "running",
    "unit": "working_hours", "event": "demand.submitted", "url": "/api/v1/demands/XQ-2026-000123",
    "actions": "grade", "status_words": "Accepted", "channel": "web", "team": "Engineering", "tag": "before",
}  # fmt: skip
FORMATS: Final[Node] = {
    "date-time": "2026-11-23T10:24:00+08:00", "date": "2026-11-23", "time": "10:24:00", "binary": "(a file)",
}  # fmt: skip


def sample(schema: Node, parts: Node, name: str = "") -> Any:
    """An example of `schema`, which may point at `parts`; `name` is what the field is called."""
    if "$ref" in schema:
        return sample(parts[schema["$ref"].rpartition("/")[2]], parts, name)
    if known := schema.get("examples") or schema.get("enum"):
        return known[0]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], parts, name)
    kind = schema.get("type", "string")
    if kind == "object":
        return _object(schema, parts)
    if kind == "array":
        return [sample(schema.get("items", {}), parts, name)]
    return _plain(schema, kind, name)


def _object(schema: Node, parts: Node) -> Node:
    properties = schema.get("properties", {})
    return {key: sample(value, parts, key) for key, value in properties.items()}


def _plain(schema: Node, kind: str, name: str) -> Any:
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return max(1, int(schema.get("minimum", 1)))
    text = str(FORMATS.get(schema.get("format", "")) or NAMED.get(name, "text"))
    return text[: schema.get("maxLength", len(text))]
