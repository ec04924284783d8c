"""The home of the three administrators: what waits for the post, and nothing of the business."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from houqin.kernel.people.models import Role, User
from houqin.setup.administration.auditing import auditor_duties
from houqin.setup.administration.duties import Duties
from houqin.setup.administration.security import security_duties
from houqin.setup.administration.system import system_duties

DUTIES: Final[Mapping[Role, Callable[[User, datetime], Duties]]] = {
    Role.SYSTEM_ADMIN: system_duties,
    Role.SECURITY_ADMIN: security_duties,
    Role.AUDITOR: auditor_duties,
}


def administrator_context(user: User, at: datetime) -> dict[str, Any]:
    """The home of `user`; who stands in for another post sees the first of both."""
    role = next(role for role in DUTIES if role in user.role_codes())
    return {"role": role.label, "duties": DUTIES[role](user, at), "now": at}
