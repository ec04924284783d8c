from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from houqin.ui.fields.people import colleagues
from houqin.ui.http import PageRequest


@require_safe
def find_colleagues(request: PageRequest) -> JsonResponse:
    """Colleagues whose name or account begins like that, for the picker of names; JSON."""
    return JsonResponse(colleagues(request.GET.get("q", "").strip()[:40]), safe=False)
