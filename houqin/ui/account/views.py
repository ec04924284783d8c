"""The page 我的: who I am here, what I may do where, and who stands in for me."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.people.models import Absence, RoleGrant, User
from houqin.kernel.timekeeping import now
from houqin.platform.identity.sessions import move_session
from houqin.ui.account import preferences
from houqin.ui.account.forms import AwayForm, PasswordForm, PhoneForm
from houqin.ui.http import PageRequest


@require_safe
def me(request: PageRequest) -> HttpResponse:
    return _page(request, now())


@require_POST
def set_phone(request: PageRequest) -> HttpResponse:
    form = PhoneForm(request.POST, actor=request.user)
    if not form.is_valid():
        return _page(request, now(), phone_form=form)
    preferences.change_phone(request.user, **form.cleaned_data)
    return _done(request, _("电话已更新。"))


@require_POST
def go_away(request: PageRequest) -> HttpResponse:
    at = now()
    form = AwayForm(request.POST, actor=request.user, now=at)
    if not form.is_valid():
        return _page(request, at, away_form=form)
    preferences.go_away(request.user, now=at, **form.cleaned_data)
    return _done(request, _("已安排代理；到期自动结束，也可以随时提前回岗。"))


@require_POST
def come_back(request: PageRequest) -> HttpResponse:
    preferences.come_back(request.user, now=now())
    return _done(request, _("欢迎回来，代理已结束。"))


@sensitive_post_parameters()
@require_POST
def set_password(request: PageRequest) -> HttpResponse:
    form = PasswordForm(request.POST, actor=request.user)
    if not form.is_valid():
        return _page(request, now(), password_form=form)
    preferences.change_password(request.user, password=form.cleaned_data["new"], now=now())
    keep_session(request)
    return _done(request, _("密码已修改，其他设备上的登录已失效。"))


def keep_session(request: PageRequest) -> None:
    """After a new password this session stays, under a new key; all others end by themselves."""
    before = request.session.session_key
    update_session_auth_hash(request, request.user)
    request.session.save()
    move_session(before, request.session.session_key)


def _done(request: PageRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("me")


def _page(request: PageRequest, at: datetime, **asked: Form) -> HttpResponse:
    """The page with the form that was just refused, if there is one, and fresh ones beside it."""
    person = request.user
    forms: dict[str, Any] = {
        "phone_form": PhoneForm(initial={"phone": person.phone}, actor=person),
        "away_form": AwayForm(actor=person, now=at, auto_id="away_%s"),
        "password_form": PasswordForm(actor=person),
    }
    context = _standing(person, at) | forms | asked
    return render(request, "ui/account/me.html", context, status=422 if asked else 200)


def _standing(person: User, at: datetime) -> dict[str, Any]:
    """What `person` may do where, and who stands in for whom."""
    grants = RoleGrant.objects.filter(user=person).select_related("place", "department")
    absences = Absence.objects.filter(ends_at__gt=at)
    return {
        "grants": grants.order_by("pk"),
        "absences": absences.filter(user=person).select_related("substitute"),
        "stands_in": absences.filter(substitute=person).select_related("user"),
        "now": at,
    }
