"""The addresses of planning: the board, the roster, swaps, teams and rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.setup.role_matrix.access.address import (
    BUSINESS,
    CONFLICT,
    EVERYBODY,
    FORBIDDEN,
    INCOMPLETE,
    MISSING,
    MOVED,
    REQUESTER,
    Address,
)

RUNS: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.LEAD})
# Who neither is in the sample's team nor sees the roster of its place.
LEADS: Final = frozenset({Role.MANAGER, Role.LEAD})
UNTEAMED: Final[Mapping[str, int]] = dict.fromkeys((REQUESTER, Role.FINANCE, Role.HEAD), MISSING)
UNRUN: Final[Mapping[str, int]] = {**UNTEAMED, Role.TECHNICIAN: MISSING, Role.DUTY: MISSING}
PLANNING: Final = (
    Address("rules:rules", _("派工规则"), {Role.MANAGER}),
    Address("rules:new_rule", _("添加派工规则"), {Role.MANAGER}),
    Address("rules:rule", _("修改派工规则"), {Role.MANAGER}),
    Address("rules:switch", _("启用或停用派工规则"), {Role.MANAGER}, ok=MOVED, method="POST"),
    Address("teams:teams", _("班组"), RUNS),
    Address("teams:new_team", _("新建班组"), LEADS),
    Address("teams:team", _("修改班组"), LEADS),
    Address("teams:join", _("加人"), LEADS, but=UNRUN),
    Address("teams:member", _("修改工种"), LEADS, but=UNRUN),
    Address("teams:leave", _("离开班组"), LEADS, ok=MOVED, method="POST", but=UNRUN),
    Address("teams:papers", _("登记证照"), LEADS, ok=INCOMPLETE, method="POST", but=UNRUN),
    Address("teams:skills", _("工种"), {Role.MANAGER}),
    Address("board:board", _("派工台"), RUNS),
    Address("board:live", _("派工台的变动"), RUNS),
    Address("roster:roster", _("值班表"), BUSINESS),
    Address("roster:mark", _("排一格（没有指明谁）"), BUSINESS, ok=MISSING, method="POST"),
    Address("roster:copy", _("照抄上一周（没有指明班组）"), BUSINESS, ok=MISSING, method="POST"),
    Address("roster:sheet", _("从表格导入排班"), LEADS, but=UNTEAMED),
    Address("roster:take_in", _("排入导入的班"), LEADS, ok=CONFLICT, method="POST", but=UNTEAMED),
    Address("roster:patterns", _("班次"), {Role.MANAGER}),
    Address("roster:new_pattern", _("添加班次"), {Role.MANAGER}),
    Address("roster:pattern", _("修改班次"), {Role.MANAGER}),
    Address("feeds:calendar", _("订阅到日历"), BUSINESS),
    Address("feeds:feed", _("技师的日历文件，凭秘密链接"), EVERYBODY),
    Address("roster:swaps", _("换班"), BUSINESS),
    Address("roster:new_swap", _("申请换班"), BUSINESS),
    Address("roster:swap", _("技师申请的换班"), LEADS | {Role.TECHNICIAN}, otherwise=MISSING),
    Address("roster:swap_verb", _("撤回换班"), {Role.TECHNICIAN}, sample="withdraw", otherwise=MISSING,
            but={Role.LEAD: FORBIDDEN, Role.MANAGER: FORBIDDEN}),
)  # fmt: skip
