"""Idempotency keys: a POST that is sent again because the line broke happens once and is answered alike.

The claim on a key is committed first, so that a second writer sees it at once. What the action does and
the answer to it are then written in one transaction, which also checks that the claim is still held: whoever
died in between has done nothing, and whoever was too slow does nothing. See ADR 0016.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from houqin.kernel.leases import LeaseLost, new_token
from houqin.kernel.timekeeping import now
from houqin.platform.tokens.etags import tag_of
from houqin.platform.tokens.models import KeptAnswer, Token
from houqin.platform.tokens.problems import Trouble

KEPT: Final = timedelta(hours=24)
HEADER: Final = "Idempotency-Key"
PARAMETER: Final = {
    "name": HEADER, "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "Any text that is new for each request; sent again within 24 hours it is answered alike.",
    "example": "8f14e45f-ceea-467f-a0d4-3f6a1c9b2e77",
}  # fmt: skip
JSON: Final = "application/json; charset=utf-8"


def only_once(
    request: HttpRequest, token: Token, do: Callable[[Any], HttpResponse]
) -> HttpResponse:
    """What `do(request)` answers, or what it answered to the same key before.

    The same key with another request is 422, one that is still being done 409.
    """
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return do(request)
    try:
        claim = _claim(token, key, _fingerprint(request), now())
    except Trouble as trouble:
        return trouble.answer()
    if claim.status is not None:
        return _again(claim)
    request.claim = claim  # type: ignore[attr-defined]
    response = do(request)
    if response.status_code >= 500:
        claim.held().delete()
    elif claim.status is None:  # nothing was done: refused, not allowed, not valid
        with suppress(LeaseLost):
            _write(claim, response.status_code, _headers(response), response.content.decode())
    return response


def carry_out(
    request: HttpRequest,
    status: int,
    work: Callable[[], dict[str, Any]],
    place: str = "",
    done_to: Any = None,
) -> Any:
    """Do `work` and answer what it returns (JSON values); both in one transaction with the key, if any.

    `place` is a key of what it returns: the address of what was made. `done_to` is what has another ETag
    afterwards. Every POST answers through this.
    """
    with transaction.atomic():
        content = work()
        body = json.dumps(content, ensure_ascii=False)
        headers = {"Content-Type": JSON} | ({"Location": content[place]} if place else {})
        headers |= {"ETag": tag_of(done_to)} if done_to else {}
        claim: KeptAnswer | None = getattr(request, "claim", None)
        if claim:
            _keep(claim, status, headers, body)
    return HttpResponse(body, status=status, headers=headers)


def _keep(claim: KeptAnswer, status: int, headers: dict[str, str], body: str) -> None:
    try:
        _write(claim, status, headers, body)
    except LeaseLost:
        raise Trouble(409, _("同一个 Idempotency-Key 的请求刚由另一次发送办理。")) from None


def _claim(token: Token, key: str, fingerprint: str, at: datetime) -> KeptAnswer:
    """The row of this key: a new one that is ours, one that was left behind, or the one with the answer."""
    if not re.fullmatch(r"[!-~]{1,255}", key):
        raise Trouble(422, _("Idempotency-Key 请用 1 到 255 个可见的 ASCII 字符，不含空格。"))
    KeptAnswer.objects.filter(token=token, key=key, at__lte=at - KEPT).delete()
    claim = KeptAnswer(token=token, key=key, fingerprint=fingerprint, at=at)
    claim.lease_token, claim.lease_until = new_token(), at + KeptAnswer.LEASE
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
            return claim
    except IntegrityError:
        kept = KeptAnswer.objects.filter(token=token, key=key).first()
    if kept and kept.fingerprint != fingerprint:
        raise Trouble(422, _("这个 Idempotency-Key 已经用于另一个请求，请换一个。"))
    if kept and kept.status is not None:
        return kept
    left_behind = KeptAnswer.objects.filter(token=token, key=key, status=None).claim(at).first()
    if left_behind is None:
        raise Trouble(
            409, _("同一个 Idempotency-Key 的请求还在办理。"), headers={"Retry-After": "1"}
        )
    return left_behind


def _fingerprint(request: HttpRequest) -> str:
    """SHA-256 of method, address and body. The boundary of a multipart body differs each time it is sent, so
    there the parts count."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for part in _parts(request):
        digest.update(part)
    return digest.hexdigest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """The fields of a form and then its files, each by name; the files can be read again afterwards."""
    for name, values in sorted(request.POST.lists()):
        yield json.dumps([name, values]).encode()
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield json.dumps([name, file.name]).encode()
            yield from file.chunks()
            file.seek(0)


def _write(claim: KeptAnswer, status: int, headers: dict[str, str], body: str) -> None:
    """Keep the answer. Raises LeaseLost when somebody else has taken the claim over."""
    claim.status = status
    claim.finish(status=status, headers=headers, body=body)


def _headers(response: HttpResponse) -> dict[str, str]:
    kept = ("Content-Type", "Location", "Retry-After", "Allow")
    return {name: response[name] for name in kept if name in response}


def _again(kept: KeptAnswer) -> HttpResponse:
    headers = kept.headers | {"Idempotency-Replayed": "true"}
    return HttpResponse(kept.body, status=kept.status, headers=headers)
