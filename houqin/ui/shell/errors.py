"""The pages for what went wrong before, in or beside a view. `config/urls.py` names four of them."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from houqin.ui.account.sessions import OWES

# Status → what happened, which is the title too, and what to do where no reason is given.
WORDS: Final = {
    403: (_("您没有此操作的权限"), _("需要权限时，请找您的部门负责人或系统管理员。")),
    404: (_("没有找到这个页面"), _("地址可能写错了，或者内容已不在、不对您开放。")),
    409: (_("现在不能这样做"), _("请返回上一页，看看现在的状态。")),
    422: (_("填写的内容有问题"), _("请返回上一页检查后再提交；已填的内容还在。")),
    500: (_("系统出了点问题"), _("没有改动任何数据。请稍后再试；一直不行，请打服务热线。")),
}  # fmt: skip
WORDS_OF: Final = WORDS | {400: WORDS[422]}


def error_page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The page of `status`, inside the shell for whoever is fully signed in."""
    user = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated and not request.session.get(OWES)
    layout = "ui/base.html" if inside else "ui/bare.html"
    context = _context(status, reason) | {"layout": layout}
    return render(request, "ui/error.html", context, status=status)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; the answer is the same."""
    return error_page(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself."""
    return error_page(request, 403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that is not one."""
    return error_page(request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: drawn without context processors, since the database may be what is broken."""
    return HttpResponse(render_to_string("ui/error.html", _context(500)), status=500)


def _context(status: int, reason: str = "") -> dict[str, object]:
    happened, advice = WORDS_OF.get(status, WORDS[500])
    return {"status": status, "happened": happened, "reason": reason or advice}
