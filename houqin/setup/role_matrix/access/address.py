"""What one address answers to whom."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role

ANONYMOUS, REQUESTER = "anonymous", "requester"
AUDIENCE: Final[Mapping[str, str | Promise]] = {
    ANONYMOUS: _("未登录"),
    REQUESTER: _("需求人"),
    **{
        role.value: role.label for role in (Role.TECHNICIAN, Role.LEAD, Role.DUTY, Role.COORDINATOR)
    },
    **{role.value: role.label for role in (Role.MANAGER, Role.FINANCE, Role.HEAD)},
    **{role.value: role.label for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)},
}
SIGNED_IN: Final = frozenset(AUDIENCE) - {ANONYMOUS}
BUSINESS: Final = SIGNED_IN - ADMINISTRATORS
EVERYBODY: Final = frozenset(AUDIENCE)
NOBODY: Final[Set[str]] = frozenset()

OK, MOVED, FORBIDDEN, MISSING, WRONG_METHOD, CONFLICT, INCOMPLETE = (
    200,
    302,
    403,
    404,
    405,
    409,
    422,
)
UNKNOWN = 401  # at the door of the API, which asks for a token


@dataclass(frozen=True)
class Address:
    """What a route answers. `to` get `ok`; everybody else who is signed in gets `otherwise`, the three
    administrators 403, whoever is not signed in 302 to the door. `but` lists the exceptions.

    `method` is the one that is asked; `sample` names the object or verb that a route with arguments is tried
    with. `by_token` addresses are those of the API: tried with a token of `who` that has every scope, and
    answered with 401 without one.
    """

    route: str
    words: str | Promise
    to: Set[str]
    ok: int = OK
    otherwise: int = FORBIDDEN
    method: str = "GET"
    sample: str = ""
    but: Mapping[str, int] = field(default_factory=dict)
    by_token: bool = False

    def answer(self, who: str) -> int:
        """The status that `who`, a key of AUDIENCE, is answered with."""
        if who in self.but:
            return self.but[who]
        if who in self.to:
            return self.ok
        if who == ANONYMOUS:
            return UNKNOWN if self.by_token else MOVED
        return FORBIDDEN if who in ADMINISTRATORS else self.otherwise
