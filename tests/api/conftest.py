import json

import pytest
from django.test import Client

from houqin.platform.tokens.models import Token
from houqin.platform.tokens.scopes import SCOPES
from tests.browsing import running_clock
from tests.cast import NOW, as_user, cast, later

__all__ = ["as_user", "cast", "running_clock"]
V1 = "/api/v1"


def token_of(user, *scopes, **options):
    """The secret of a token that `user` has, with all scopes unless some are named."""
    secret = Token.draw()
    Token.objects.create(
        user=user, name="test", digest=Token.digest_of(secret), hint=secret[-4:], made_by=user, made_at=NOW,
        scopes=list(scopes or SCOPES.codes), **{"expires_at": later(days=30)} | options,
    )  # fmt: skip
    return secret


class Caller:
    """A program with one token."""

    def __init__(self, secret):
        self.secret, self.client = secret, Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path, headers=None, **query):
        return self.client.get(V1 + path, query, headers=self.headers | (headers or {}))

    def post(self, path, body=None, *, key="", headers=None, **form):
        """`body` as JSON, or `form` as multipart."""
        sent = self.headers | ({"Idempotency-Key": key} if key else {}) | (headers or {})
        if form:
            return self.client.post(V1 + path, form, headers=sent)
        content = body if isinstance(body, str) else json.dumps(body or {})
        return self.client.post(V1 + path, content, content_type="application/json", headers=sent)


@pytest.fixture
def program(cast):
    """`program(user, *scopes)` is a program with a token of that user."""
    return lambda user, *scopes, **options: Caller(token_of(user, *scopes, **options))


def asks(cast, **more):
    """What raises a request."""
    answers = {"entry": "plumbing", "place": cast.room.code, "title": "漏水", "claimed": "routine"}
    answers |= {"ask_flowing": "yes"}
    return answers | more


def wrong_fields(answer):
    assert answer["Content-Type"] == "application/problem+json", answer.content
    return {error["field"] for error in answer.json()["errors"]}
