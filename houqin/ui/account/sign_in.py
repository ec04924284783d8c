"""The door of the house: signing in and out, language and theme, and the sign that it is alive."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.models import OF_PEOPLE, User
from houqin.kernel.timekeeping import now
from houqin.platform.identity import attempts
from houqin.ui.account.demo import demo_accounts
from houqin.ui.account.forms import SignInForm
from houqin.ui.account.preferences import choose_language, choose_theme
from houqin.ui.account.sessions import after_password, enter
from houqin.ui.addresses import safe_next
from houqin.ui.http import PageRequest, lead_on
from houqin.ui.keys import all_keys

YEAR = 365 * 24 * 3600  # seconds


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: PageRequest) -> HttpResponse:
    if request.method == "POST":
        return _try(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
    if request.htmx:  # a part of a page whose session has ended: the whole of it goes to the door
        back = request.htmx.current_url_abs_path or ""
        return lead_on(request, f"{request.path}?next={quote(back)}")
    return _door(request, SignInForm(initial={"stay": True}))


def _try(request: PageRequest) -> HttpResponse:
    username, address, at = request.POST.get("username", ""), attempts.address_of(request), now()
    until = attempts.admit(username, address, at)
    form = SignInForm(request.POST, blocked_until=until)
    if until:
        return _door(request, form, status=429)
    if form.is_valid() and form.user is not None:
        attempts.forget(username, address)
        return after_password(request, form.user, stay=form.cleaned_data["stay"], now=at)
    attempts.fail(username, at)
    return _door(request, form, status=422)


def _door(request: PageRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    outside = settings.OIDC_LABEL or _("统一身份登录") if settings.OIDC_ISSUER else ""
    context = {
        "form": form,
        "accounts": demo_accounts(),
        "next": safe_next(request, "home"),
        "outside": outside,
    }
    return render(request, "ui/account/signin.html", context, status=status)


@require_POST
def demo_signin(request: PageRequest) -> HttpResponse:
    """Enter as one of the demonstration's people; elsewhere this page does not exist."""
    wanted = request.POST.get("username", "")
    if not settings.DEMO or wanted not in {account.username for account in demo_accounts()}:
        raise Http404
    person = get_object_or_404(User, OF_PEOPLE, username=wanted, is_active=True)
    return enter(request, person, stay=True, method="demo", now=now())


@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_POST
def set_language(request: PageRequest) -> HttpResponse:
    answer = HttpResponseRedirect(safe_next(request, "home"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
        if request.user.is_authenticated:
            choose_language(request.user, language=language)
    return answer


@require_POST
def set_theme(request: PageRequest) -> HttpResponse:
    answer = HttpResponseRedirect(safe_next(request, "home"))
    theme = request.POST.get("theme", "")
    if theme in User.Theme.values:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="Lax")
        choose_theme(request.user, theme=theme)
    return answer


@require_safe
def keys(request: PageRequest) -> HttpResponse:
    """What the single keys do, in the dialog or on a page."""
    template = "ui/_keys.html" if request.htmx else "ui/keys.html"
    return render(request, template, {"keys_page": list(all_keys())})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For load balancers and monitors: "ok" while this process reaches its database, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
