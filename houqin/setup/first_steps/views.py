"""The way from an empty house to its first request."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.roles import ROLES
from houqin.kernel.timekeeping import now
from houqin.setup.first_steps.actions import found_house, settle_step
from houqin.setup.first_steps.forms import HouseFoundingForm, SetupCodeForm
from houqin.setup.first_steps.steps import BY_CODE, standings
from houqin.setup.organisation.models import Organisation
from houqin.setup.sign_in_links.actions import PASSWORD_LINK, SETUP_LINK, lived_in
from houqin.shared.links.actions import open_link
from houqin.shared.links.models import Link
from houqin.ui.form_pages import render_form
from houqin.ui.http import PageRequest

CODE: Final = "setup_code"  # in the session of whoever opened the printed link
FIRST: Final = "first_links"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wizard(request: PageRequest) -> HttpResponse:
    """How far the set-up is. In an empty house: the code that was printed, then who the house belongs to."""
    if request.user.is_authenticated:
        return _progress(request)
    if lived_in():
        return redirect(f"{reverse('signin')}?next={reverse('setup:wizard')}")
    at = now()
    link = _link(request, at)
    return _ask_code(request, at) if link is None else _found(request, link)


@require_safe
def first_accounts(request: PageRequest) -> HttpResponse:
    """The four links, for whoever founded the house and for no one else."""
    tokens: dict[str, str] = request.session.get(FIRST, {})
    if not tokens:
        raise Http404
    at = now()
    links = [
        {
            "role": ROLES.label(role),
            "person": link.target,
            "url": request.build_absolute_uri(reverse("setup:first_password", args=[token])),
        }
        for role, token in tokens.items()
        if (link := open_link(PASSWORD_LINK, token, at))
    ]
    context = {"links": links, "used": len(tokens) - len(links)}
    return render(request, "first_steps/first_accounts.html", context)


@require_POST
def settle(request: PageRequest, code: str) -> HttpResponse:
    """This step is right as it is, or is left out for now."""
    if code not in BY_CODE:
        raise Http404
    skipped = "skip" in request.POST
    settle_step(request.user, code, skipped=skipped)
    sentence = _("已跳过“%(step)s”，随时可以回来做。") if skipped else _("“%(step)s”已确认。")
    messages.success(request, sentence % {"step": BY_CODE[code].title})
    return redirect("setup:wizard")


def _progress(request: PageRequest) -> HttpResponse:
    steps = standings(request.user)
    open_steps = [row for row in steps if row.state == "open"]
    mine = next((row for row in open_steps if row.mine), None)
    context = {
        "steps": steps,
        "organisation": Organisation.objects.first(),
        "next": mine,
        "done": len(steps) - len(open_steps),
        "waits_for": open_steps[0] if open_steps else None,
    }
    return render(request, "first_steps/wizard.html", context)


def _link(request: PageRequest, at: datetime) -> Link | None:
    """The set-up link by which this browser came, if it still opens the house."""
    code = request.session.get(CODE, "")
    return open_link(SETUP_LINK, code, at) if code else None


def _ask_code(request: PageRequest, at: datetime) -> HttpResponse:
    data = (
        request.POST if request.method == "POST" else request.GET if "code" in request.GET else None
    )
    form = SetupCodeForm(data)
    if data is not None and form.is_valid():
        code = form.cleaned_data["code"]
        if open_link(SETUP_LINK, code, at):
            request.session[CODE] = code
            return redirect("setup:wizard")
        form.add_error("code", _("设置码不对或已过期；请照启动窗口里打印的再填一次。"))
    return render_form(request, "first_steps/code.html", {"form": form})


def _found(request: PageRequest, link: Link) -> HttpResponse:
    form = HouseFoundingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        request.session[FIRST] = found_house(link, **form.cleaned_data)
        return redirect("setup:first_accounts")
    context = {"form": form, "zone": settings.TIME_ZONE}
    return render_form(request, "first_steps/found.html", context)
