"""The page 我的 / 登录与安全: the second step, and where one is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.administrators import is_administrator
from houqin.kernel.timekeeping import now
from houqin.platform.identity import second_step
from houqin.platform.identity.models import Account
from houqin.platform.identity.sessions import end_sessions, live
from houqin.ui.account.preferences import change_own_email, require_own_email
from houqin.ui.account.security_forms import EmailForm, FirstCodeForm, SureForm
from houqin.ui.account.sessions import settle_debts
from houqin.ui.http import PageRequest


@require_safe
def security(request: PageRequest) -> HttpResponse:
    return _page(request, SureForm(actor=request.user))


def _page(
    request: PageRequest, form: SureForm, email_form: EmailForm | None = None
) -> HttpResponse:
    """With the one form that was just refused, if there is one."""
    person, at = request.user, now()
    if email_form is None and is_administrator(person, at):
        email_form = EmailForm(initial={"email": person.email}, actor=person, auto_id="email_%s")
    context = {"form": form, "email_form": email_form, "now": at} | _standing(request, at)
    bound = form.is_bound or bool(email_form and email_form.is_bound)
    return render(request, "ui/account/security.html", context, status=422 if bound else 200)


def _standing(request: PageRequest, at: datetime) -> dict[str, Any]:
    """Whether the second step is in use, and where one is signed in."""
    person = request.user
    return {
        "account": Account.objects.filter(user=person, second_step_at__isnull=False).first(),
        "codes_left": second_step.codes_left(person),
        "sessions": live(person, at),
        "this_session": request.session.session_key,
    }


@sensitive_post_parameters("password")
@never_cache
@require_POST
def set_email(request: PageRequest) -> HttpResponse:
    """The own address of one of the three administrators, which nobody else changes."""
    require_own_email(request.user)
    form = EmailForm(request.POST, actor=request.user, auto_id="email_%s")
    if not form.is_valid():
        return _page(request, SureForm(actor=request.user), form)
    change_own_email(request.user, email=form.cleaned_data["email"])
    messages.success(request, _("邮箱已更新。"))
    return redirect("security")


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: PageRequest) -> HttpResponse:
    """Put the secret into an app and show that it works; then the recovery codes, this one time."""
    person, at = request.user, now()
    secret = second_step.begin(person)
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_step.confirm(person, code=form.cleaned_data["code"], now=at)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            settle_debts(request, person)
            return _codes(request, codes)
    picture = second_step.picture_of(person, secret)
    context = {"form": form, "picture": picture, "secret": _spaced(secret)}
    return render(request, "ui/account/set_up.html", context, status=422 if form.is_bound else 200)


def _spaced(secret: str) -> str:
    """`secret` in groups of four, as one types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _codes(request: PageRequest, codes: list[str]) -> HttpResponse:
    return render(request, "ui/account/codes.html", {"codes": codes})


@sensitive_post_parameters("password")
@never_cache
@require_POST
def renew_codes(request: PageRequest) -> HttpResponse:
    form = SureForm(request.POST, actor=request.user)
    if not form.is_valid():
        return _page(request, form)
    if not second_step.uses_second_step(request.user):
        raise Refused(_("还没有启用两步验证，没有备用码可换。"))
    return _codes(request, second_step.renew_codes(request.user, now=now()))


@sensitive_post_parameters("password")
@require_POST
def switch_off(request: PageRequest) -> HttpResponse:
    form = SureForm(request.POST, actor=request.user)
    if not form.is_valid():
        return _page(request, form)
    second_step.switch_off(request.user, request.user, now=now())
    settle_debts(request, request.user)
    messages.success(request, _("两步验证已停用。"))
    return redirect("security")


@require_POST
def end_elsewhere(request: PageRequest) -> HttpResponse:
    """End one other session, or all others."""
    only = request.POST.get("only", "")
    here = request.session.session_key
    ended = end_sessions(
        request.user,
        request.user,
        but=here,
        only=int(only) if only.isdecimal() else None,
        now=now(),
    )
    messages.success(request, _("已退出 %(count)s 处登录。") % {"count": ended})
    return redirect("security")
