"""The OpenAPI 3.1 document, complete: what django-ninja knows of the operations, and what only the house
knows: the verbs with their forms, the headers, the scopes, the problems."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from django.utils import translation

from houqin.platform.tokens import etags, idempotency
from houqin.platform.tokens.problems import MEDIA_TYPE, problem
from houqin.platform.tokens.scopes import SCOPES
from houqin.ui.api.assembly import whole
from houqin.ui.api.cards import CARDS
from houqin.ui.api.examples import sample
from houqin.ui.api.fields import body_of
from houqin.ui.api.instance import BODIES
from houqin.ui.cards import Verb

Node = dict[str, Any]
LANGUAGE: Final = {
    "name": "Accept-Language", "in": "header", "schema": {"type": "string"},
    "description": "zh-hans or en; otherwise the language of the account.", "example": "en",
}  # fmt: skip
# What the key of a POST may be answered with, whatever the operation.
KEYED: Final = {code: {"description": HTTPStatus(code).phrase} for code in (400, 409, 413, 422)}
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
        tree: Node = dict(whole().get_openapi_schema(path_prefix=""))
        tree["info"]["description"] = DESCRIPTION
        tree["servers"] = [{"url": "/api/v1"}]
        tree["components"]["securitySchemes"] = {"token": _token_scheme()}
        for path, operations in list(tree["paths"].items()):
            for method, operation in operations.items():
                _complete(method, operation)
            if "{verb}" in path:
                _speak_out(tree["paths"], path)
        _exemplify(tree)
        return tree


def _token_scheme() -> Node:
    scopes = "; ".join(f"{scope}: {words}" for scope, words in SCOPES.choices())
    return {"type": "http", "scheme": "bearer", "description": scopes}


def _complete(method: str, operation: Node) -> None:
    operation["parameters"] = [*operation["parameters"], LANGUAGE]
    if operation["operationId"] in BODIES:
        operation["requestBody"] = BODIES[operation["operationId"]]()
    if method == "post":
        operation["parameters"] += [idempotency.PARAMETER]
        operation["responses"] = KEYED | operation["responses"]
    if 412 in operation["responses"]:
        _tell_of_tag(operation)
    responses = sorted(operation["responses"].items())
    operation["responses"] = {str(code): _response(code, answer) for code, answer in responses}


def _tell_of_tag(operation: Node) -> None:
    """Say by which header a client names the version that it has seen, and where it gets it."""
    operation["parameters"] += [etags.PARAMETER]
    operation["responses"][200] = operation["responses"][200] | {"headers": etags.ETAG}


def _response(status: int, answer: Node) -> Node:
    more: Node = {"headers": HEADERS[status]} if status in HEADERS else {}
    if status >= 400:
        more["content"] = {MEDIA_TYPE: _problem(status)}
    return answer | more


def _problem(status: int) -> Node:
    example = json.loads(problem(status).content)
    return {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}


def _speak_out(paths: Node, path: str) -> None:
    """Instead of one address for all verbs of a card, each verb with what its form asks for."""
    general = paths.pop(path)
    card = CARDS[path]
    for verb, declared in card.verbs.items():
        spoken = deepcopy(general)
        for operation in spoken.values():
            _name_verb(operation, verb, declared)
        if declared.form:
            spoken["post"]["requestBody"] = body_of(declared.form.base_fields)
        paths[path.replace("{verb}", verb)] = spoken


def _name_verb(operation: Node, verb: str, declared: Verb) -> None:
    parameters = operation["parameters"]
    operation["parameters"] = [each for each in parameters if each["name"] != "verb"]
    operation["operationId"] += f"_{verb}"
    operation["summary"] += f": {declared.label}"


def _exemplify(tree: Node) -> None:
    """Give every body and every answer an example."""
    parts = tree["components"]["schemas"]
    for operation in (
        operation for methods in tree["paths"].values() for operation in methods.values()
    ):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (content for body in bodies for content in body.get("content", {}).values()):
            content.setdefault("example", sample(content["schema"], parts))
