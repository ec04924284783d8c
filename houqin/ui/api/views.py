from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from houqin.ui.api.openapi import document


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The document that clients and tools read; open to all, as it tells of no data."""
    return JsonResponse(document(get_language() or "en"), json_dumps_params={"ensure_ascii": False})
