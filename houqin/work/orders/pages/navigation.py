"""Where work orders stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role, User
from houqin.ui.shell.navigation import NavItem, register
from houqin.work.orders.models import RUNS_WORK, WorkOrder, WorkOrderQuerySet


def _my_open(user: User) -> WorkOrderQuerySet:
    return WorkOrder.objects.mine(user).open()


def _unaccepted(user: User) -> WorkOrderQuerySet:
    return WorkOrder.objects.visible_to(user).filter(status=WorkOrder.Status.OFFERED)


register(
    NavItem(
        group="own",
        label=_("我的工单"),
        icon="list-check",
        url_name="orders:mine",
        order=5,
        roles=frozenset({Role.TECHNICIAN, Role.LEAD}),
        waiting=_my_open,
        daily=frozenset({Role.TECHNICIAN, Role.LEAD}),
        tab=2,
    )
)
register(
    NavItem(
        group="desk",
        label=_("工单"),
        icon="clipboard-list",
        url_name="orders:orders",
        order=20,
        roles=frozenset({Role.COORDINATOR, Role.MANAGER, Role.LEAD}),
        waiting=_unaccepted,
    )
)
register(
    NavItem(
        group="setup",
        label=_("故障代码"),
        icon="bug",
        url_name="orders:fault_codes",
        order=820,
        roles=frozenset(RUNS_WORK),
    )
)
