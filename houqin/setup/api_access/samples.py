"""One token and one service account, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.platform.tokens.actions import make_service, make_token
from houqin.platform.tokens.models import ServiceAccount, Token


def token(cast: Any) -> Token:
    sample, _secret = make_token(cast.wang, cast.wang, name="t", scopes=["orders:read"], days=30)
    return sample


def service(cast: Any) -> ServiceAccount:
    return make_service(
        cast.sys, username="svc-oa", name="OA", purpose="OA", roles=["coordinator"], place=cast.near
    )
