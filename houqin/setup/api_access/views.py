"""One's tokens, and the service accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.tokens import actions
from houqin.platform.tokens.models import ServiceAccount, Token
from houqin.setup.api_access.forms import ServiceForm, TokenForm
from houqin.ui.addresses import safe_next
from houqin.ui.form_pages import answer_form, render_form
from houqin.ui.http import PageRequest

SEES_SERVICES = actions.MAKES_SERVICES | actions.APPROVES_SERVICES


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PageRequest) -> HttpResponse:
    return _tokens_of(request, request.user, "api_access/tokens.html", {})


@require_POST
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token.objects.visible_to(request.user).select_related("user"), pk=pk)
    actions.revoke_token(request.user, token)
    messages.success(request, _("“%(name)s”已作废，用它的程序马上进不来。") % {"name": token.name})
    return redirect(safe_next(request, "tokens"))


@require_safe
def services(request: PageRequest) -> HttpResponse:
    rows = ServiceAccount.objects.select_related("user", "made_by", "approved_by").order_by(
        "-made_at"
    )
    return render(
        request, "api_access/services.html", {"services": rows, "now": now(), **_may(request.user)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: PageRequest) -> HttpResponse:
    return answer_form(
        request,
        ServiceForm(request.POST or None, actor=request.user),
        lambda cleaned: actions.make_service(request.user, **cleaned),
        title=_("新建服务账号"),
        back=reverse("service_accounts"),
        done=_("已建好，等安全管理员核准后生效；现在可以先建令牌。"),
        then=lambda account: reverse("service_account", args=[account.pk]),
        context={"hint": _("它没有密码，只能用令牌；角色由安全管理员核准后才生效。")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: PageRequest, pk: int) -> HttpResponse:
    """One service account; a POST makes a token for it."""
    services = ServiceAccount.objects.select_related("user", "place", "made_by", "approved_by")
    account = get_object_or_404(services, pk=pk)
    context = {"service": account, **_may(request.user)}
    return _tokens_of(request, account.user, "api_access/service.html", context)


@require_POST
def approve(request: PageRequest, pk: int) -> HttpResponse:
    account = _service(request, pk)
    actions.approve_service(request.user, account)
    messages.success(request, _("已核准，“%(name)s”的令牌现在有效。") % {"name": account})
    return redirect("service_account", pk)


@require_POST
def close(request: PageRequest, pk: int) -> HttpResponse:
    account = _service(request, pk)
    actions.close_service(request.user, account)
    messages.success(request, _("“%(name)s”已停用，它的令牌全部作废。") % {"name": account})
    return redirect("service_account", pk)


def _service(request: PageRequest, pk: int) -> ServiceAccount:
    return get_object_or_404(ServiceAccount.objects.select_related("user", "place"), pk=pk)


def _may(user: User) -> dict[str, bool]:
    roles = user.role_codes()
    return {
        "may_make": bool(actions.MAKES_SERVICES & roles),
        "may_approve": bool(actions.APPROVES_SERVICES & roles),
    }


def _tokens_of(
    request: PageRequest, user: User, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The tokens of `user` and the form for a new one. Its secret is in the answer to the POST and nowhere
    else, so this answer is no redirect."""
    form = TokenForm(request.POST or None, actor=request.user, target=user)
    created: tuple[Token, str] | None = None
    if request.method == "POST" and form.is_valid():
        created = actions.make_token(request.user, user, **form.cleaned_data)
        form = TokenForm(actor=request.user, target=user)
    context |= {"form": form, "made": created, **_latest_tokens(request.user, user)}
    return render_form(request, template, context)


def _latest_tokens(reader: User, holder: User) -> dict[str, Any]:
    """The latest tokens of `holder` that `reader` sees, each with its state now."""
    at, tokens = now(), Token.objects.visible_to(reader).filter(user=holder)
    latest = tokens.order_by("-made_at", "-pk")[:100]
    return {"tokens": [(token, token.state(at)) for token in latest], "now": at}
