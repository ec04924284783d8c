"""The page 登录安全 of the security administrator: who is locked out, helping, and what is demanded."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import OF_PEOPLE, Role, User
from houqin.kernel.timekeeping import now
from houqin.platform.identity import attempts, second_step
from houqin.platform.identity.models import Account, Failure, SecondStepRole
from houqin.platform.identity.passwords import demand_new_password
from houqin.platform.identity.sessions import end_sessions
from houqin.ui.account.security_forms import RolesForm
from houqin.ui.form_pages import render_form
from houqin.ui.http import PageRequest
from houqin.ui.shell.navigation import NavItem, register

KEEPS_THE_DOOR = frozenset({Role.SECURITY_ADMIN})
A_FEW = 20

register(
    NavItem(
        group="setup",
        label=gettext_lazy("登录安全"),
        icon="lock",
        url_name="signins",
        roles=KEEPS_THE_DOOR,
        daily=KEEPS_THE_DOOR,
        order=915,
    )
)


@require_safe
def signins(request: PageRequest) -> HttpResponse:
    """Who is locked out now, the person looked for, and the roles that need the second step."""
    return _page(request, RolesForm(initial={"roles": _demanded()}))


def _page(request: PageRequest, form: RolesForm) -> HttpResponse:
    query, at = request.GET.get("q", "").strip(), now()
    locked = Failure.objects.filter(locked_until__gt=at).order_by("-locked_until", "pk")
    context = {
        "locked": locked[:A_FEW],
        "query": query,
        "people": _people(query),
        "form": form,
        "now": at,
    }
    return render_form(request, "sign_ins/signins.html", context)


def _people(query: str) -> list[tuple[User, bool]]:
    """The people of that name or number, and whether each uses the second step."""
    if not query:
        return []
    named = Q(name__icontains=query) | Q(username__icontains=query)
    matches = User.objects.filter(OF_PEOPLE, named, is_active=True).select_related("department")
    people = list(matches.order_by("name", "pk")[:A_FEW])
    on = Account.objects.filter(user__in=people, second_step_at__isnull=False)
    secured = set(on.values_list("user", flat=True))
    return [(person, person.pk in secured) for person in people]


def _demanded() -> list[str]:
    return list(SecondStepRole.objects.values_list("role", flat=True))


@require_POST
def unlock(request: PageRequest, pk: int) -> HttpResponse:
    attempts.unlock(request.user, get_object_or_404(Failure, pk=pk), now=now())
    messages.success(request, _("已解除，可以马上再登录。"))
    return redirect("signins")


@require_POST
def help_person(request: PageRequest, pk: int, verb: str) -> HttpResponse:
    """What the administrator may do for somebody's account; never for the own one."""
    person = get_object_or_404(User, OF_PEOPLE, pk=pk)
    if person == request.user:
        raise Refused(_("自己的账号请在“我的”里处理，或请另一位安全管理员。"))
    if verb == "password":
        demand_new_password(request.user, person, at=now())
        sentence = _("%(name)s 下次登录时要先改密码。")
    elif verb == "second_step":
        second_step.switch_off(request.user, person, now=now())
        sentence = _("%(name)s 的两步验证已清除，可以重新设置。")
    elif verb == "sessions":
        end_sessions(request.user, person, now=now())
        sentence = _("%(name)s 已在所有设备上退出登录。")
    else:
        raise Http404
    messages.success(request, sentence % {"name": person})
    return redirect("signins")


@require_POST
def demand_roles(request: PageRequest) -> HttpResponse:
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    second_step.demand_of(request.user, form.cleaned_data["roles"], now=now())
    messages.success(request, _("已保存，从下一次登录起生效。"))
    return redirect("signins")
