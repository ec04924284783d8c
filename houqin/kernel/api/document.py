"""The OpenAPI 3.1 document, complete: what django-ninja knows of the operations, and what only the house
knows: the verbs with their forms, the headers, the scopes, the problems."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any, Final

from django.utils import translation

from houqin.kernel.api.cards import CARDS
from houqin.kernel.api.fields import body_of
from houqin.kernel.api.house import BODIES, whole
from houqin.kernel.tokens import once, seen
from houqin.kernel.tokens.models import SCOPES
from houqin.kernel.tokens.problems import MEDIA_TYPE

Node = dict[str, Any]
LANGUAGE: Final = {
    "name": "Accept-Language", "in": "header", "schema": {"type": "string"},
    "description": "zh-hans or en; otherwise the language of the account.", "example": "en",
}  # fmt: skip
# What the key of a POST may be answered with, whatever the operation.
KEYED: Final[dict[Any, Node]] = {
    400: {"description": "Bad Request"}, 409: {"description": "Conflict"},
    413: {"description": "Content Too Large"}, 422: {"description": "Unprocessable Content"},
}  # fmt: skip
WAIT: Final = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
HEADERS: Final[dict[int, Node]] = {
    201: {"Location": {"schema": {"type": "string"}, "description": "Where it can be read."}},
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    405: {"Allow": {"schema": {"type": "string"}}},
    429: WAIT,
}
DESCRIPTION: Final = (
    "Raise, follow, do and accept demands of the general-affairs department. Every call carries a token: "
    "`Authorization: Bearer hq_…`. A token acts as its account: it sees and may do what that person or "
    "service account sees and may do, no further than its scopes. See docs/api.md."
)


@cache
def document(language: str) -> Node:
    """The whole document, with labels in `language`."""
    with translation.override(language):
        said: Node = dict(whole().get_openapi_schema(path_prefix=""))
        said["info"]["description"] = DESCRIPTION
        said["servers"] = [{"url": "/api/v1"}]
        said["components"]["securitySchemes"] = {"token": _scheme()}
        for path, operations in list(said["paths"].items()):
            for method, operation in operations.items():
                _complete(method, operation)
            if "{verb}" in path:
                _speak_out(said["paths"], path)
        return said


def _scheme() -> Node:
    scopes = "; ".join(f"{scope}: {words}" for scope, words in SCOPES.items())
    return {"type": "http", "scheme": "bearer", "description": scopes}


def _complete(method: str, operation: Node) -> None:
    operation["parameters"] = [*operation["parameters"], LANGUAGE]
    if operation["operationId"] in BODIES:
        operation["requestBody"] = BODIES[operation["operationId"]]()
    if method == "post":
        operation["parameters"] += [once.PARAMETER]
        operation["responses"] = KEYED | operation["responses"]
    if 412 in operation["responses"]:
        operation["parameters"] += [seen.PARAMETER]
        operation["responses"][200] = operation["responses"][200] | {"headers": seen.ETAG}
    operation["responses"] = {
        str(status): _response(status, response)
        for status, response in sorted(operation["responses"].items())
    }


def _response(status: int, said: Node) -> Node:
    more: Node = {"headers": HEADERS[status]} if status in HEADERS else {}
    if status >= 400:
        more["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return said | more


def _speak_out(paths: Node, path: str) -> None:
    """Instead of one address for all verbs of a card, each verb with what its form asks for."""
    general = paths.pop(path)
    card = CARDS[path]
    for verb, how in card.verbs.items():
        spoken = deepcopy(general)
        for operation in spoken.values():
            operation["parameters"] = [one for one in operation["parameters"] if one["name"] != "verb"]
            operation["operationId"] = f"{operation['operationId']}_{verb}"
            operation["summary"] = f"{operation['summary']}: {how.label}"
        if how.form:
            spoken["post"]["requestBody"] = body_of(how.form.base_fields)
        paths[path.replace("{verb}", verb)] = spoken


def chapters(said: Node) -> list[Node]:
    """The document as a page draws it: operations by subject, each with what it asks for and may answer."""
    found: dict[str, list[Node]] = {}
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            drawn = {"method": method.upper(), "path": path, "summary": operation["summary"]}
            drawn["scopes"] = [scope for one in operation["security"] for scope in one["token"]]
            drawn["fields"] = _drawn_fields(operation)
            drawn["answers"] = [
                (status, one["description"]) for status, one in operation["responses"].items()
            ]
            found.setdefault(operation["tags"][0], []).append(drawn)
    return [{"name": name, "operations": operations} for name, operations in found.items()]


def _drawn_fields(operation: Node) -> list[Node]:
    """Parameters and the fields of the body, one line each; the headers that all have are left out."""
    asked = [
        (one["name"], one["schema"], one.get("required"), one.get("description", ""))
        for one in operation["parameters"]
        if one["in"] != "header"
    ]
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("multipart/form-data", {}).get("schema", {"properties": {}})
    asked += [
        (name, field, name in schema.get("required", ()), field.get("title") or field.get("description", ""))
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
