"""How the API says no: RFC 9457 problem details, with a sentence in the caller's language."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

MEDIA_TYPE: Final = "application/problem+json"
# The sentence of a status where nobody has said a better one.
SENTENCES: Final[dict[int, str | Promise]] = {
    400: _("这不是一个完整的请求，请检查地址、参数和正文。"),
    401: _("请在 Authorization 头里带上有效的接口令牌：Bearer hq_…"),
    403: _("此账号不能使用这个接口；系统、安全、审计三员不办理业务。"),
    404: _("没有这个内容，或您无权查看。"),
    405: _("这个地址不接受这种方法，可用的见 Allow。"),
    409: _("此操作现在不能进行，请刷新后再试。"),
    412: _("它在您上次读过之后已有变化，请重新读取，再决定怎么办。"),
    413: _("正文太大。"),
    415: _("正文请用 JSON、表单或 multipart。"),
    422: _("有的内容不符合要求，请按 errors 逐项改正。"),
    429: _("请求太频繁，请按 Retry-After 的秒数等一等。"),
    500: _("系统出错了，已经记录；请稍后再试。"),
}


class FieldError(Schema):
    field: str = Field(description="The name of the field or parameter; empty for the whole.")
    detail: str


class Problem(Schema):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(
        description="A sentence in the language of the caller that says what to do."
    )
    errors: list[FieldError] = []


class Trouble(Exception):
    """Something of the API itself says no; `errors` are (field, sentence)."""

    def __init__(self, status: int, detail: str = "", **extras: Any) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors: list[tuple[str, str]] = extras.get("errors", [])
        self.headers: dict[str, str] = extras.get("headers", {})

    def answer(self) -> HttpResponse:
        return problem(self.status, self.detail, errors=self.errors, headers=self.headers)


def problem(
    status: int,
    detail: str = "",
    *,
    errors: list[tuple[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The response for `status`; an empty `detail` is filled with what is always true of it."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or str(SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])),
        "errors": [{"field": field, "detail": words} for field, words in errors or ()],
    }
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE, headers=headers)
