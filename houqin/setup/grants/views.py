"""What sheets ask for, and the roles of one person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import RoleGrant
from houqin.kernel.people.roles import ROLES
from houqin.setup.directory.models import Person, RoleWish
from houqin.setup.first_steps.steps import unfinished
from houqin.setup.grants.actions import drop_wish, give_role, grant_wishes, revoke_role
from houqin.setup.grants.forms import RoleForm, WishesForm
from houqin.setup.role_matrix.reports import spoken_by
from houqin.ui.form_pages import render_form
from houqin.ui.http import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: PageRequest) -> HttpResponse:
    """Every role that a sheet asks for; those that are ticked are granted."""
    form = WishesForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        count = grant_wishes(request.user, form.cleaned_data["wishes"])
        sentence = ngettext("已授予 %(count)d 个角色。", "已授予 %(count)d 个角色。", count)
        messages.success(request, sentence % {"count": count})
        return redirect("setup:wishes")
    rows = RoleWish.objects.select_related(
        "user__department", "place", "department", "asked_by"
    ).order_by("pk")
    context = {"form": form, "wishes": rows, "unfinished": unfinished()}
    return render_form(request, "grants/wishes.html", context)


@require_POST
def drop(request: PageRequest, pk: int) -> HttpResponse:
    drop_wish(request.user, get_object_or_404(RoleWish.objects.select_related("user"), pk=pk))
    messages.success(request, _("没有授予，已从清单去掉。"))
    return redirect("setup:wishes")


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: PageRequest, pk: int) -> HttpResponse:
    """Grant one person one role."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    form = RoleForm(request.POST or None, actor=request.user, target=person)
    if request.method == "POST" and form.is_valid():
        try:
            give_role(request.user, person, **form.cleaned_data)
        except Refused as error:  # said where another role can be chosen
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已授予。"))
            return redirect(person)
    verbs = [(role.label, spoken_by(role.code)) for role in ROLES]
    context = {"form": form, "person": person, "verbs": verbs}
    return render_form(request, "grants/grant.html", context)


@require_POST
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(
        RoleGrant.objects.filter(user__is_service=False).select_related(
            "user", "place", "department"
        ),
        pk=pk,
    )
    revoke_role(request.user, held)
    messages.success(request, _("已撤销。"))
    return redirect("setup:person", held.user_id)
