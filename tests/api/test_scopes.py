"""Scopes × operations: each operation lets in the tokens that have its scope, and no other."""

import json
import re

import jsonschema_rs
import pytest

from houqin.platform.tokens.scopes import SCOPES
from houqin.setup.api_access.docs import chapters
from houqin.ui.api.openapi import document
from tests.api.conftest import V1


def operations():
    for path, methods in document("en")["paths"].items():
        for method, operation in methods.items():
            scopes = {scope for each in operation["security"] for scope in each["token"]}
            yield method, path, scopes


def test_every_operation_names_a_scope_and_writing_needs_the_one_to_write():
    for method, path, scopes in operations():
        assert scopes, path
        assert scopes <= set(SCOPES.codes)
        assert all(scope.endswith("write") == (method == "post") for scope in scopes), (
            method,
            path,
        )


@pytest.mark.parametrize("scope", SCOPES.codes)
def test_a_token_with_one_scope_opens_what_names_it_and_nothing_else(program, cast, scope):
    order = cast.order()
    caller, wrong = program(cast.lin, scope), []
    for method, path, scopes in operations():
        number = order.number if path.startswith("/orders") else order.subject.number
        where = V1 + path.format(number=number, pk=1, code="hvac")
        answer = getattr(caller.client, method)(where, headers=caller.headers)
        refused = answer.status_code == 403 and "令牌没有" in answer.json()["detail"]
        if refused == (scope in scopes):
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_document_is_complete_and_is_version_3_1(client, cast):
    body = client.get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    for path, methods in body["paths"].items():
        assert "{verb}" not in path
        for operation in methods.values():
            assert {"400", "401", "403", "405", "429"} <= operation["responses"].keys()
            for status, response in operation["responses"].items():
                wanted = "application/problem+json" if int(status) >= 400 else "application/json"
                assert wanted in response.get("content", {wanted: 0}), (path, status)
    grade = body["paths"]["/demands/{number}/actions/grade"]["post"]["requestBody"]["content"]
    assert "grade" in grade["application/json"]["schema"]["required"]
    raised = body["paths"]["/demands"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert {"entry", "place", "title", "claimed"} <= set(raised["required"])


def test_in_english_the_document_has_not_one_chinese_word():
    text = json.dumps(document("en") | {"info": ""}, ensure_ascii=False)
    assert not re.findall(r".{60}[\u4e00-\u9fff]+", text.replace("502 门锁坏了", ""))


def examples(tree):
    """(where, its schema, the example) of every body and every answer."""
    for path, operations in tree["paths"].items():
        for method, operation in operations.items():
            bodies = {"body": operation.get("requestBody", {})} | operation["responses"]
            for part, body in bodies.items():
                for kind, content in body.get("content", {}).items():
                    yield f"{method} {path} {part} {kind}", content["schema"], content["example"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_body_and_every_answer_has_an_example_that_is_as_its_schema_says(language):
    tree = document(language)
    results = list(examples(tree))
    for where, schema, example in results:
        whole = schema | {"components": tree["components"]}
        wrong = list(jsonschema_rs.Draft202012Validator(whole).iter_errors(example))
        assert not wrong, f"{where}: {wrong[0]}"
    answered = {where.rpartition(" ")[0] for where, _schema, _example in results}
    for path, operations in tree["paths"].items():
        for method, operation in operations.items():
            without = {"200"} if path == "/files/{pk}" else set()  # the bytes of any file
            spoken = set(operation["responses"]) - without
            assert {f"{method} {path} {status}" for status in spoken} <= answered
    assert sum(example not in ({}, []) for _where, _schema, example in results) > 200


def test_the_page_for_people_tells_every_operation_and_needs_no_script(as_user, cast):
    page = as_user(cast.wu).get("/api/docs/").content.decode()
    for chapter in chapters(document("zh-hans")):
        for operation in chapter["operations"]:
            assert operation["path"] in page
    assert "<script>" not in page
    assert "//cdn" not in page
