from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.ui.account.sessions import OWED, OWES
from houqin.ui.shell.errors import error_page

Next = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("houqin.request")


class RequestLog:
    """One line per request: id, method, the route's name, status, milliseconds. No address, no body."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request.headers.get("X-Request-ID", "")[:40] or uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            _log(request, response.status_code, round((time.perf_counter() - started) * 1000))
            response["X-Request-ID"] = request_id
            return response
        finally:
            structlog.contextvars.clear_contextvars()


def _route(request: HttpRequest) -> str:
    """The name of the route, "" where none fits."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _log(request: HttpRequest, status: int, milliseconds: int) -> None:
    route = _route(request)
    log.info("request", method=request.method, route=route, status=status, ms=milliseconds)


class SpeakTheUsersLanguage:
    """The language of the account, else of the cookie, else Chinese."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if request.user.is_authenticated:
            asked = request.user.language
        known = dict(settings.LANGUAGES)
        with translation.override(asked if asked in known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response


class NoNulInAddresses:
    """Answer 400 to an address with a NUL character: PostgreSQL takes none, whatever is looked up by it.
    What comes in a form is checked by its fields."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


class FirstWhatIsOwed:
    """Lead whoever owes a new password or the second step to where it is set; nothing else answers them."""

    OPEN: Final = {*OWED.values(), "signout", "set_language", "set_theme", "healthz"}

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        owes = request.session.get(OWES) if request.user.is_authenticated else ""
        return redirect(OWED[owes]) if owes and _route(request) not in self.OPEN else None


class RefusalsAsResponses:
    """Turn a Refused raised anywhere below into one page or one toast, and a lost race on the database
    into the same refusal that a lost compare-and-set gives."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and lost_a_race(error):
            error = Refused(_("刚被他人更新，请刷新后再试。"))
        if not isinstance(error, Refused):
            return None
        if not getattr(request, "htmx", False):
            return error_page(request, error.status, str(error))
        context = {"status": error.status, "reason": str(error)}
        response = render(request, "ui/_refused.html", context, status=error.status)
        # Leave the target as it is; only the out-of-band toast lands.
        response["HX-Reswap"] = "none"
        return response


def lost_a_race(error: OperationalError) -> bool:
    """Whether the database gave up because of another writer: PostgreSQL says so by its SQLSTATE (deadlock,
    serialization, lock timeout), SQLite by name."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    name = getattr(cause, "sqlite_errorname", "") or ""
    return state in {"40P01", "40001", "55P03"} or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
