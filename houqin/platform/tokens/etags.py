"""What a caller has seen: the ETag of a thing, and If-Match before something is done to it (RFC 9110).

The tag is the step the thing has come to, not the bytes of an answer, in which clocks run: it is weak, and
compared as such.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils.http import parse_etags

from houqin.platform.tokens.problems import Trouble

ETAG: Final = {"ETag": {"schema": {"type": "string"}, "description": "Which step it has come to."}}
PARAMETER: Final = {
    "name": "If-Match", "in": "header", "schema": {"type": "string"}, "example": 'W/"3"',
    "description": "The ETag of what the caller has seen; 412 when it has moved on since.",
}  # fmt: skip


def tag_of(thing: Any) -> str:
    return f'W/"{thing.version}"'


def refuse_unseen(request: HttpRequest, thing: Any) -> None:
    """Raise Trouble (412) when If-Match names another step than the one that `thing` has come to."""
    asked = request.headers.get("If-Match", "*").strip()
    if asked != "*" and str(thing.version) not in [
        tag.removeprefix("W/").strip('"') for tag in parse_etags(asked)
    ]:
        raise Trouble(412)
