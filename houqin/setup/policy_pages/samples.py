"""One policy of the house."""

from __future__ import annotations

from typing import Any

from houqin.kernel.policies.registry import POLICIES


def policy(cast: Any) -> dict[str, str]:
    return {"key": next(iter(POLICIES))}
