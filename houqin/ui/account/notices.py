from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.notices import actions
from houqin.platform.notices.models import Notice
from houqin.platform.notices.reports import latest_notice, unread
from houqin.ui.keyset import read_page


class SignedInRequest(HttpRequest):
    """A request that has passed LoginRequiredMiddleware."""

    user: User


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    user, cursor = request.user, request.GET.get("cursor", "")
    page = read_page(Notice.objects.visible_to(user).newest(), "-created_at", cursor)
    context = {"page": page, "unread": unread(user).count(), "latest": latest_notice(user)}
    return render(request, "ui/account/notices.html", context)


@require_POST
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(request.user, notice, now=now())
    return redirect(notice.url if url_has_allowed_host_and_scheme(notice.url, None) else "notices")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    actions.mark_all_read(request.user, now=now(), upto=_key(request.POST.get("upto")))
    return redirect("notices")


def _key(text: str | None) -> int | None:
    """A key from an address or a form; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
