from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from houqin.cockpit.home_page import home_context
from houqin.kernel.timekeeping import now
from houqin.kernel.web.http import PageRequest


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The workbench."""
    return render(request, "cockpit/home.html", home_context(request.user, now()))
