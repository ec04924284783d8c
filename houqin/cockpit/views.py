from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from houqin.cockpit.home_page import home_context
from houqin.cockpit.pages import board_of
from houqin.cockpit.reports import RUNS_WORK
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.search import reports
from houqin.kernel.search.registry import KINDS, Kind, Listed
from houqin.kernel.search.words import Question
from houqin.kernel.timekeeping import now
from houqin.kernel.web.administrators import ADMINISTRATORS
from houqin.kernel.web.http import PageRequest

A_FEW, MANY = 5, 50  # hits of each kind beside others, and of one kind alone


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The workbench."""
    return render(request, "cockpit/home.html", home_context(request.user, now()))


@require_safe
def search(request: PageRequest) -> HttpResponse:
    """Everything that fits the words `q`, or one `kind` of it; under the box only the hits are asked for."""
    question = Question.read(request.GET.get("q", ""))
    kinds = kinds_for(request.user)
    chosen = next((kind for kind in kinds if kind.kind == request.GET.get("kind")), None)
    asked, most = ([chosen], MANY) if chosen else (kinds, A_FEW)
    groups = reports.search(request.user, question, asked, most=most)
    context = {"question": question, "kinds": kinds, "chosen": chosen, "groups": groups, "now": now()}
    template = "cockpit/_found.html" if request.htmx else "cockpit/search.html"
    response = render(request, template, context | {"most": most})
    response["Vary"] = "HX-Request"
    return response


def kinds_for(user: User) -> list[Kind]:
    """What `user` may look for; the three administrators have no part in the business."""
    apart = bool(ADMINISTRATORS & user.role_codes())
    kinds = [kind for kind in KINDS.values() if not apart or (isinstance(kind, Listed) and kind.personal)]
    return sorted(kinds, key=lambda kind: kind.order)


@require_safe
def dashboard(request: PageRequest) -> HttpResponse:
    """The board of those who run work."""
    require(request.user, RUNS_WORK)
    return render(request, "cockpit/board.html", board_of(request.user, request.GET, now()))
