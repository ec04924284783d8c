"""The door of the API. Whoever comes to /api/v1/ is who their token says; a session or a cookie counts for
nothing there, so that no page of another site can make a browser ask for anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import get_language_from_request

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.rate_limits.actions import Limit, admit, measure
from houqin.platform.tokens.idempotency import only_once
from houqin.platform.tokens.models import Token
from houqin.platform.tokens.problems import MEDIA_TYPE, problem

HERE: Final = "/api/v1/"
OPEN: Final = frozenset({f"{HERE}openapi.json"})
WINDOW: Final = timedelta(minutes=1)
Next = Callable[[HttpRequest], HttpResponse]


class ApiRequest(HttpRequest):
    """A request that has passed the door."""

    user: User
    token: Token


class ApiDoor:
    """Behind SpeakTheUsersLanguage and before LoginRequiredMiddleware. Answers 401 without a token that is
    alive and 429 to one that asks too often; turns what others answer as a page into a problem."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(HERE):
            return self.get_response(request)
        token = _token(request)
        request.user = token.user if token else AnonymousUser()
        browser, request.session = request.session, SessionStore()
        with translation.override(_language(request, token)):
            response = self._answer(request, token)
            response["Content-Language"] = translation.get_language() or ""
            response.headers.setdefault("Cache-Control", "no-store")
        request.session = browser
        return response

    def _answer(self, request: HttpRequest, token: Token | None) -> HttpResponse:
        if request.path_info in OPEN:
            return self.get_response(request)
        if token is None:
            return problem(401, headers={"WWW-Authenticate": 'Bearer realm="Houqin"'})
        limit, at = Limit(settings.API_REQUESTS_PER_MINUTE, WINDOW), now()
        if until := admit([measure("api", str(token.pk), limit)], at):
            return problem(429, headers={"Retry-After": str(ceil((until - at).total_seconds()))})
        request.token = token  # type: ignore[attr-defined]
        try:
            return _as_problem(only_once(request, token, self.get_response))
        except RequestDataTooBig:
            return problem(413)
        except (BadRequest, SuspiciousOperation, MultiPartParserError):
            return problem(400)


def _token(request: HttpRequest) -> Token | None:
    """The token of the Authorization header, if it is alive; writes down, to the minute, that it was used."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.isascii():
        return None
    at = now()
    alive = Token.objects.alive(at).select_related("user__department")
    token = alive.filter(digest=Token.digest_of(secret.strip())).first()
    if token:
        _note_use(token, at)
    return token


def _note_use(token: Token, at: datetime) -> None:
    """To the minute: more than that would be a write for each request."""
    unnoted = Q(used_at=None) | Q(used_at__lt=at - timedelta(minutes=1))
    if token.used_at is None or at - token.used_at > timedelta(minutes=1):
        Token.objects.filter(unnoted, pk=token.pk).update(used_at=at)


def _language(request: HttpRequest, token: Token | None) -> str:
    """What the caller asks for, else the language of the account."""
    if "Accept-Language" in request.headers:
        return get_language_from_request(request)
    return token.user.language if token else settings.LANGUAGE_CODE


def _as_problem(response: HttpResponse) -> HttpResponse:
    """What middleware and handlers of the pages answer with HTML, as this API says it."""
    if response.status_code < 400 or response["Content-Type"] == MEDIA_TYPE:
        return response
    kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    return problem(response.status_code, headers=kept)
