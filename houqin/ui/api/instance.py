"""The API itself. Apps write their part in `api.py` as a Router and add it here; nothing else is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError

from houqin.kernel.errors import NotAllowed, Refused
from houqin.platform.tokens.problems import Problem, Trouble, problem
from houqin.platform.tokens.scopes import SCOPES
from houqin.ui.routes import BUSINESS, Access, Sample

__all__ = ["API", "BODIES", "Router", "answers", "may"]

API: Final = NinjaAPI(
    title="Houqin 后勤管家",
    version="1.0.0",
    openapi_url=None,  # served by views.document, completed
    docs_url=None,
    urls_namespace="api",
)

# By the id of an operation: the body that it takes, as the document says it in the language of the moment.
BODIES: Final[dict[str, Callable[[], dict[str, Any]]]] = {}


class May:
    """Lets a token in that has one of the scopes, of somebody whom the operation is open to. Raises
    NotAllowed for any other."""

    def __init__(self, scopes: Sequence[str], access: Access) -> None:
        assert set(SCOPES.codes) >= set(scopes), scopes
        self.scopes, self.access = scopes, access

    def __call__(self, request: HttpRequest) -> Any:
        token = request.token  # type: ignore[attr-defined]
        if not set(self.scopes) & set(token.scopes):
            raise NotAllowed(
                _("这个令牌没有 %(scope)s 权限，请另建一个。") % {"scope": self.scopes[0]}
            )
        self.access.check(request.user)
        return token


def may(
    *scopes: str,
    to: Set[str] = BUSINESS,
    everywhere: bool = False,
    sees: Set[str] | None = None,
    sample: Sample | None = None,
    flow: Any = None,
) -> dict[str, Any]:
    """The arguments of an operation that only tokens with one of `scopes` may call, for those in `to`: what
    `page` is for a page."""
    access = Access(
        label=format_lazy(_lazy("接口：{scope}"), scope=SCOPES[scopes[0]].label),
        to=to,
        everywhere=everywhere,
        sees=sees,
        sample=sample,
        flow=flow,
    )
    return {
        "auth": May(scopes, access),
        "openapi_extra": {"security": [{"token": [scope]} for scope in scopes]},
    }


def answers(status: int, model: Any, *troubles: int) -> dict[str, Any]:
    """The `response` of an operation: what it answers when all is well, and the problems that it may say.
    Those that every operation may say are added."""
    codes = {400, 401, 403, 405, 429, *troubles}
    return {"response": {status: model} | dict.fromkeys(sorted(codes), Problem)}


@API.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(error.status, str(error))


@API.exception_handler(Trouble)
def _trouble(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    return trouble.answer()


@API.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters of the address that are not what the document says."""
    wrong = [(str(flaw["loc"][-1]), str(flaw["msg"])) for flaw in error.errors]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, errors=wrong)


@API.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error  # RefusalsAsResponses knows a lost race; the rest is logged and answered as a page
