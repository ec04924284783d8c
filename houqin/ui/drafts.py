"""The end of a draft: what somebody types into a form with `data-draft` is kept in the browser until the
server has said that it was accepted. The form names its draft in the field `draft_key`; the answer names it
again in a cookie, which the script reads and clears, by whatever way it goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FIELD, COOKIE = "draft_key", "draft_accepted"
LONGEST: Final = 120
WEEK: Final = 7 * 24 * 3600  # as long as the browser keeps a draft


class SayWhichDraftWasAccepted:
    """Name the draft whose form a view has accepted. A form with errors, a refusal, and whatever answers in
    place of the view, as the sign-in does when a session has run out, name none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        draft = getattr(request, "draft_key", "")
        if draft and response.status_code < 400:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(
                COOKIE, quote(draft, safe=""), max_age=WEEK, samesite="Lax", secure=secure
            )
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Remember the draft; this is asked only when no middleware before has answered."""
        if request.method == "POST":
            request.draft_key = request.POST.get(FIELD, "")[:LONGEST]  # type: ignore[attr-defined]
