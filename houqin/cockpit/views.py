from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from houqin.cockpit.actions import WALL_LINK, make_wall_link, revoke_wall_link
from houqin.cockpit.forms import WallLinkForm
from houqin.cockpit.home_page import greeting_context, home_context
from houqin.cockpit.pages import board_of, wall_of
from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.search import reports
from houqin.platform.search.actions import index_due
from houqin.platform.search.registry import KINDS, Kind, ListedKind
from houqin.platform.search.tokenizer import SearchQuery
from houqin.setup.administration.reports import administrator_context
from houqin.shared.links.guarding import linked
from houqin.shared.links.models import Link
from houqin.ui.http import PageRequest

SHOWN_ONCE = "wall_address"  # in the session, until the page has shown it
A_FEW, MANY = 5, 50  # hits of each kind beside others, and of one kind alone


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The workbench; the three administrators have one without anything of the business."""
    at = now()
    if ADMINISTRATORS & request.user.role_codes():
        context = administrator_context(request.user, at) | greeting_context(at)
        return render(request, "administration/home.html", context)
    return render(request, "cockpit/home.html", home_context(request.user, at))


@require_safe
def search(request: PageRequest) -> HttpResponse:
    """Everything that fits the words `q`, or one `kind` of it; under the box only the hits are asked for."""
    question = SearchQuery.read(request.GET.get("q", ""))
    kinds = kinds_for(request.user)
    chosen = next((kind for kind in kinds if kind.kind == request.GET.get("kind")), None)
    asked, most = ([chosen], MANY) if chosen else (kinds, A_FEW)
    index_due()  # of the transaction one is in, if any
    groups = reports.search(request.user, question, asked, most=most)
    context = {
        "question": question,
        "kinds": kinds,
        "chosen": chosen,
        "groups": groups,
        "now": now(),
    }
    template = "cockpit/_found.html" if request.htmx else "cockpit/search.html"
    response = render(request, template, context | {"most": most})
    response["Vary"] = "HX-Request"
    return response


def kinds_for(user: User) -> list[Kind]:
    """What `user` may look for; the three administrators have no part in the business."""
    apart = bool(ADMINISTRATORS & user.role_codes())
    kinds = [kind for kind in KINDS.values() if not apart or _is_personal(kind)]
    return sorted(kinds, key=lambda kind: kind.order)


def _is_personal(kind: Kind) -> bool:
    return isinstance(kind, ListedKind) and kind.personal


@require_safe
def dashboard(request: PageRequest) -> HttpResponse:
    """The board of one's post; who holds several posts goes from one to the other."""
    return render(request, "cockpit/board.html", board_of(request.user, request.GET, now()))


@require_safe
@conditional_page
def wall(request: PageRequest) -> HttpResponse:
    """The wall of whoever is signed in."""
    return _wall(request, wall_of(request.user, None, now()))


@require_safe
@conditional_page
def wall_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The wall on a screen without an account, as long as its link is on."""
    link = linked(request, WALL_LINK, token)
    if not link.maker.is_active:
        raise Http404
    return _wall(request, wall_of(link.maker, link.target, now()))


def _wall(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    # Nothing is posted from here, and a token that is new each time would make every answer a new one.
    response = render(request, "cockpit/wall.html", context | {"csrf_token": ""})
    response["Cache-Control"] = (
        "private, no-cache"  # kept, and asked for anew by its ETag each time
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def wall_links(request: PageRequest) -> HttpResponse:
    """The screens, and a new one, whose address is shown this once."""
    form = WallLinkForm(request.POST or None, actor=request.user)
    if form.is_bound and form.is_valid():
        _link, token = make_wall_link(request.user, **form.cleaned_data)
        request.session[SHOWN_ONCE] = f"{settings.SITE_URL}{reverse('wall_by_link', args=[token])}"
        return redirect("wall_links")
    links = Link.objects.of(WALL_LINK).select_related("maker").prefetch_related("target")
    context = {
        "form": form,
        "address": request.session.pop(SHOWN_ONCE, ""),
        "now": now(),
        "links": links.order_by(F("revoked_at").desc(nulls_first=True), "-pk"),
    }
    return render(request, "cockpit/wall_links.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke_wall(request: PageRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(Link.objects.of(WALL_LINK), pk=pk)
    revoke_wall_link(request.user, link)
    messages.success(request, _("“%(name)s”已停用，那块屏幕不再显示。") % {"name": link})
    return redirect("wall_links")
