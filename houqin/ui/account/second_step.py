"""The ways in beside number and password, and what a new session owes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.identity import attempts, oidc, second_step
from houqin.platform.identity.passwords import owes_password
from houqin.ui.account.forms import NewPasswordForm
from houqin.ui.account.preferences import change_password
from houqin.ui.account.security_forms import CodeForm
from houqin.ui.account.sessions import enter, half_signed_in, settle_debts
from houqin.ui.account.views import keep_session
from houqin.ui.addresses import safe_next
from houqin.ui.http import PageRequest

NEXT = "outside_next"


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: PageRequest) -> HttpResponse:
    """The second step of a sign-in whose password was right."""
    at = now()
    person, stay = half_signed_in(request, at)
    if person is None:
        return redirect("signin")
    if request.method != "POST":
        return _ask_code(request, CodeForm(), 200)
    form = CodeForm(request.POST)
    refusal = _try_code(request, person, form, at)
    if refusal:
        return _ask_code(request, form, refusal)
    return enter(request, person, stay=stay, method="second_step", now=at)


def _try_code(request: PageRequest, person: User, form: CodeForm, at: datetime) -> int:
    """Count the attempt; 0 when the code is right, else the status of the refusal, said in `form`."""
    counted, address = f"code:{person.username}", attempts.address_of(request)
    if attempts.admit(counted, address, at):
        form.add_error(None, _("输错次数太多，请过一会儿再试，或请安全管理员解除。"))
        return 429
    if not _passes(person, form, at):
        form.add_error("code", _("验证码不对或已用过。等验证器换一个新的再试，或用一个备用码。"))
        return 422
    attempts.forget(counted, address)
    return 0


def _passes(person: User, form: CodeForm, at: datetime) -> bool:
    return form.is_valid() and second_step.passes(person, code=form.cleaned_data["code"], now=at)


def _ask_code(request: PageRequest, form: CodeForm, status: int) -> HttpResponse:
    return render(
        request,
        "ui/account/code.html",
        {"form": form, "next": safe_next(request, "home")},
        status=status,
    )


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owed_password(request: PageRequest) -> HttpResponse:
    """A password that somebody else has set is changed before anything else."""
    if not owes_password(request.user):
        settle_debts(request, request.user)
        return redirect("me")
    form = NewPasswordForm(request.POST or None, actor=request.user)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "ui/account/password.html", {"form": form}, status=status)
    _change_password(request, form.cleaned_data["new"])
    messages.success(request, _("密码已修改。"))
    return redirect("home")


def _change_password(request: PageRequest, password: str) -> None:
    change_password(request.user, password=password, now=now())
    keep_session(request)
    settle_debts(request, request.user)


@never_cache
@require_safe
def outside(request: PageRequest) -> HttpResponse:
    """To the identity provider of the organisation, if the settings name one. A link and not a form, which
    the content policy lets lead to this house alone."""
    client = oidc.provider()
    if client is None:
        raise Http404
    request.session[NEXT] = safe_next(request, "home")
    back = f"{settings.SITE_URL}{reverse('outside_back')}"
    try:
        answer: HttpResponse = client.authorize_redirect(request, back)
    except oidc.FAILED:
        return _refused(request, _("现在连不上统一身份系统，请用工号和密码登录。"))
    return answer


@never_cache
@require_safe
def outside_back(request: PageRequest) -> HttpResponse:
    """Back from the provider, which says who it is."""
    client = oidc.provider()
    if client is None:
        raise Http404
    at, wanted = now(), request.session.pop(NEXT, reverse("home"))
    try:
        person = oidc.person_of(oidc.claims_of(client, request), now=at)
    except Refused as refused:
        return _refused(request, str(refused))
    enter(request, person, stay=False, method=settings.OIDC_LABEL or "OIDC", now=at)
    return HttpResponseRedirect(wanted)


def _refused(request: PageRequest, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect("signin")
