from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from houqin.desk.callbacks.pages import CALLS
from houqin.desk.demands.models import STAFF
from houqin.kernel.people.actions import require
from houqin.ui.http import PageRequest


@require_safe
def callbacks(request: PageRequest) -> HttpResponse:
    """Whom to call; for those who run the desk."""
    require(request.user, STAFF)
    return CALLS.page(request)
