"""Every address of the house and what it answers to whom, as data.

The role matrix page is printed from this table, `KeepTheThreeApart` reads from it where the three
administrators may go, and `tests/test_role_matrix.py` holds every address of the project to it.
"""

from __future__ import annotations

from typing import Final

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.setup.role_matrix.access.address import (
    ANONYMOUS,
    AUDIENCE,
    FORBIDDEN,
    MISSING,
    MOVED,
    WRONG_METHOD,
)
from houqin.setup.role_matrix.access.api import API
from houqin.setup.role_matrix.access.cockpit import COCKPIT
from houqin.setup.role_matrix.access.desk import DESK, ON_BEHALF, ORDERS, SCANNED
from houqin.setup.role_matrix.access.door import DOOR, OWN
from houqin.setup.role_matrix.access.house import SETTING_UP, SETUP
from houqin.setup.role_matrix.access.planning import PLANNING

__all__ = ["ADDRESSES", "ANONYMOUS", "AUDIENCE", "FORBIDDEN", "MISSING", "MOVED", "WRONG_METHOD"]

ADDRESSES: Final = (
    *API,
    *DOOR,
    *OWN,
    *SETUP,
    *SETTING_UP,
    *DESK,
    *ORDERS,
    *SCANNED,
    *ON_BEHALF,
    *PLANNING,
    *COCKPIT,
)


def open_to_administrators(route: str) -> bool:
    """Whether any of the three administrators gets past the wall at `route`; what they see there is the
    page's own rule."""
    return any(
        address.route == route and address.answer(who) != FORBIDDEN
        for address in ADDRESSES
        for who in ADMINISTRATORS
    )
