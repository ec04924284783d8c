"""三员分立: the three administrators run the house and have no part in its business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.setup.first_steps.steps import unfinished
from houqin.setup.sign_in_links.actions import waits_for_its_first
from houqin.ui.routes import access_of
from houqin.ui.shell.errors import error_page


class KeepTheThreeApart:
    """Answer 403 to an administrator on every page whose route does not name one of the three. While the
    set-up is not finished the workbench leads them there, as the door of an empty house does. Stands behind
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
        if not ADMINISTRATORS & user.role_codes():
            return None
        if route == "home" and unfinished():
            return redirect("setup:wizard")
        access = access_of(view)
        return None if access and access.open_to_administrators else _refused(request)


def _refused(request: HttpRequest) -> HttpResponse:
    reason = _("系统、安全、审计三员互相分立，不办理业务；需要服务请用您的业务账号。")
    return error_page(request, 403, reason)
