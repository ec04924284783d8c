from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from houqin.kernel.people.actions import require
from houqin.kernel.web.http import PageRequest
from houqin.servicedesk.callbacks.pages import CALLS
from houqin.servicedesk.models import STAFF


@require_safe
def callbacks(request: PageRequest) -> HttpResponse:
    """Whom to call; for those who run the desk."""
    require(request.user, STAFF)
    return CALLS.page(request)
