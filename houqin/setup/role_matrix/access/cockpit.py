"""The addresses of the figures."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.setup.role_matrix.access.address import (
    BUSINESS,
    EVERYBODY,
    MOVED,
    Address,
)

RUNS: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.LEAD})
COCKPIT: Final = (
    Address("figures", _("数字背后的需求"), BUSINESS),
    Address("dashboard", _("数据看板"), RUNS | {Role.FINANCE}),
    Address("figure_rows", _("数字背后的需求"), RUNS),
    Address("cost_rows", _("费用明细"), {Role.MANAGER, Role.FINANCE}),
    Address("wall", _("大屏"), RUNS),
    Address("wall_by_link", _("凭链接看大屏"), EVERYBODY),
    Address("wall_links", _("管理大屏"), {Role.MANAGER}),
    Address("revoke_wall", _("停用大屏"), {Role.MANAGER}, ok=MOVED, method="POST"),
)
