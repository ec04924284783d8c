"""三员分立: the three administrators run the house and have no part in its business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role, User
from houqin.setup.first_steps.steps import unfinished
from houqin.setup.role_matrix.access import open_to_administrators
from houqin.setup.sign_in_links.actions import waits_for_its_first

HOME: Final = {
    Role.SYSTEM_ADMIN: "setup:health",
    Role.SECURITY_ADMIN: "setup:roles",
    Role.AUDITOR: "setup:roles",
}


class KeepTheThreeApart:
    """Answer 403 to an administrator on every page that `access` does not open to one. The workbench leads
    them to a page of their own, and the door of an empty house to its set-up. Stands behind
    LoginRequiredMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        route = request.resolver_match.view_name if request.resolver_match else ""
        if not isinstance(user, User):
            return redirect("setup:wizard") if route == "signin" and waits_for_its_first() else None
        post = ADMINISTRATORS & user.role_codes()
        if not post:
            return None
        if route == "home":
            own = next(HOME[role] for role in HOME if role in post)
            return redirect("setup:wizard" if unfinished() else own)
        return None if open_to_administrators(route) else _refused(request)


def _refused(request: HttpRequest) -> HttpResponse:
    reason = _("系统、安全、审计三员互相分立，不办理业务；需要服务请用您的业务账号。")
    return render(request, "ui/error.html", {"status": 403, "reason": reason}, status=403)
