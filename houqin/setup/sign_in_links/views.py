"""What a one-time link opens: the page on which somebody chooses a password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from houqin.kernel.timekeeping import now
from houqin.setup.sign_in_links.actions import PASSWORD_LINK, opens, use_link
from houqin.setup.sign_in_links.forms import FirstPasswordForm
from houqin.shared.links.actions import open_link
from houqin.ui.form_pages import render_form
from houqin.ui.http import PageRequest


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: PageRequest, token: str) -> HttpResponse:
    """Choose a password, then sign in with it at the door."""
    at = now()
    link = open_link(PASSWORD_LINK, token, at)
    person = link.target if link and opens(link, at) else None
    if link is None or person is None:
        return render(request, "sign_in_links/link_gone.html", status=404)
    form = FirstPasswordForm(request.POST or None, target=person)
    if request.method == "POST" and form.is_valid():
        use_link(person, link, password=form.cleaned_data["new"])
        sentence = _("密码已设好，请用工号 %(number)s 登录。") % {"number": person.username}
        messages.success(request, sentence)
        return redirect("signin")
    context = {"form": form, "person": person}
    return render_form(request, "sign_in_links/first_password.html", context)
