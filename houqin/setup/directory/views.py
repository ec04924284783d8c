"""Accounts of people: the list, one person, and what the system administrator does about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.administrators import administrators, is_administrator
from houqin.kernel.people.models import RoleGrant
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.writing import XLSX
from houqin.setup.directory.actions import deactivate_person, restore_person, save_person
from houqin.setup.directory.forms import PersonForm
from houqin.setup.directory.models import Person, RoleWish
from houqin.setup.directory.pages import NO_PASSWORD
from houqin.setup.directory.reports import open_work
from houqin.setup.permissions import GRANTS_ROLES, RUNS_ACCOUNTS
from houqin.setup.sign_in_links.actions import make_links
from houqin.setup.sign_in_links.workbook import workbook
from houqin.ui.form_pages import answer_form
from houqin.ui.http import PageRequest
from houqin.ui.timeline import timeline


@require_safe
def person(request: PageRequest, pk: int) -> HttpResponse:
    """Who somebody is, what they may do, what was changed about them."""
    shown, at = _seen(request, pk), now()
    held = request.user.roles_at(None)
    grants = (
        RoleGrant.objects.filter(user=shown).select_related("place", "department").order_by("pk")
    )
    context = {
        "person": shown,
        "grants": grants,
        "now": at,
        "work": open_work(shown)[:20],
        "guarded": is_administrator(shown, at),
        "wishes": RoleWish.objects.filter(user=shown).select_related("place", "department"),
        "may_edit": bool(held & RUNS_ACCOUNTS),
        "may_grant": bool(held & GRANTS_ROLES),
        "entries": timeline(shown, inner=True)[:20],
        "no_password": not shown.has_usable_password(),
    }
    return render(request, "directory/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The form of one account, new without `pk`."""
    shown = _seen(request, pk) if pk else None
    fields = ("name", "username", "department", "phone", "email")
    initial = {field: getattr(shown, field) for field in fields} if shown else {}
    return answer_form(
        request,
        PersonForm(request.POST or None, initial=initial, actor=request.user, target=shown),
        lambda cleaned: save_person(request.user, shown, **cleaned),
        title=_("修改“%(name)s”") % {"name": shown} if shown else _("添加人员"),
        back=reverse("setup:person", args=[shown.pk]) if shown else reverse("setup:people"),
        done=_("“%(name)s”已保存。"),
        context={
            "hint": ""
            if shown
            else _("保存后给本人一个一次性链接，自己设密码；角色由安全管理员授予。")
        },
        then=lambda person: reverse("setup:person", args=[person.pk]),
    )


@require_POST
def deactivate(request: PageRequest, pk: int) -> HttpResponse:
    deactivate_person(request.user, _seen(request, pk))
    messages.success(request, _("账号已停用，马上不能登录。"))
    return redirect("setup:person", pk)


@require_POST
def restore(request: PageRequest, pk: int) -> HttpResponse:
    restore_person(request.user, _seen(request, pk))
    messages.success(request, _("账号已恢复，角色和密码同以前。"))
    return redirect("setup:person", pk)


@require_POST
def new_link(request: PageRequest, pk: int) -> HttpResponse:
    """A link by which this person chooses a password; told once, on the answer of this request."""
    shown = _seen(request, pk)
    token = make_links(request.user, [shown])[shown.pk]
    url = request.build_absolute_uri(reverse("setup:first_password", args=[token]))
    return render(request, "sign_in_links/new_link.html", {"person": shown, "url": url})


@require_POST
def all_links(request: PageRequest) -> HttpResponse:
    """A workbook with a link for everybody who has no password yet, but for the three administrators; links
    of before open nothing more."""
    waiting = Person.objects.visible_to(request.user).filter(NO_PASSWORD, is_active=True)
    waiting = waiting.exclude(pk__in=administrators(now()).values("pk"))
    people = list(waiting.select_related("department").order_by("username"))
    tokens = make_links(request.user, people)
    rows = [
        (
            person,
            request.build_absolute_uri(reverse("setup:first_password", args=[tokens[person.pk]])),
        )
        for person in people
    ]
    answer = HttpResponse(workbook(rows), content_type=XLSX, headers={"Cache-Control": "no-store"})
    name = _("设置密码的链接.xlsx")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _seen(request: PageRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
