"""One account that cannot sign in, of a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.kernel.timekeeping import now
from houqin.platform.identity.models import Failure


def failure(cast: Any) -> Failure:
    return Failure.objects.create(username="wu", ends_at=now())


def help_with_password(cast: Any) -> dict[str, Any]:
    return {"pk": cast.wu.pk, "verb": "password"}
