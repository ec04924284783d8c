"""The addresses of setting the house up and of running it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role
from houqin.kernel.policies.actions import CHANGES_POLICIES
from houqin.setup import permissions
from houqin.setup.role_matrix.access.address import (
    ANONYMOUS,
    CONFLICT,
    INCOMPLETE,
    MISSING,
    MOVED,
    NOBODY,
    Address,
)

SETUP: Final = (
    Address("setup:calendar", _("工作日历"), permissions.SEES_CALENDAR, ok=MOVED),
    Address("setup:year", _("一年的日历"), permissions.SEES_CALENDAR),
    Address("setup:day", _("修改一天"), permissions.EDITS_CALENDAR),
    Address("setup:clear_day", _("恢复一天"), permissions.EDITS_CALENDAR, ok=CONFLICT, method="POST"),
    Address("setup:notice", _("导入放假安排"), permissions.EDITS_CALENDAR),
    Address("setup:publish", _("公布放假安排"), permissions.EDITS_CALENDAR, ok=CONFLICT, method="POST"),
    Address("setup:standards", _("服务标准"), permissions.SEES_STANDARDS),
    Address("setup:new_standard", _("发布服务标准"), permissions.PUBLISHES_STANDARDS),
    Address("setup:standard", _("修改已生效的标准"), permissions.PUBLISHES_STANDARDS, ok=CONFLICT),
    Address(
        "setup:withdraw_standard", _("撤回已生效的标准"), permissions.PUBLISHES_STANDARDS, ok=CONFLICT,
        method="POST",
    ),
    Address("setup:policies", _("规定"), permissions.SEES_POLICIES),
    Address("setup:policy", _("修改一项规定"), CHANGES_POLICIES),
    Address("setup:roles", _("角色权限"), permissions.SEES_ROLES),
    Address("setup:health", _("运行状况"), permissions.SEES_HEALTH),
    Address("signins", _("登录安全"), {Role.SECURITY_ADMIN}),
    Address("demand_roles", _("规定两步验证的角色"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST"),
    Address("unlock", _("解除登录暂停"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST"),
    Address(
        "help_person", _("要求改密码"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST", sample="password"
    ),
    Address("setup:hooks", _("消息通道"), permissions.RUNS_HOOKS),
    Address("setup:new_hook", _("添加消息通道"), permissions.RUNS_HOOKS),
    Address("setup:hook", _("修改消息通道"), permissions.RUNS_HOOKS),
    Address("setup:test_hook", _("发测试消息"), permissions.RUNS_HOOKS, ok=MOVED, method="POST"),
    Address("setup:deliveries", _("发送记录"), permissions.RUNS_HOOKS),
    Address("setup:send_again", _("再发一条"), permissions.RUNS_HOOKS, ok=MOVED, method="POST"),
    Address("setup:send_all_again", _("全部再发"), permissions.RUNS_HOOKS, ok=MOVED, method="POST"),
)  # fmt: skip

# The three administrators and the manager set the house up; the sample is a house that is lived in already.
SETTING_UP: Final = (
    Address("setup:wizard", _("设置向导"), permissions.SETS_UP),
    Address("setup:first_accounts", _("第一批账号"), NOBODY, otherwise=MISSING,
            but=dict.fromkeys([ANONYMOUS, *ADMINISTRATORS], MISSING)),
    Address("setup:settle", _("确认服务标准"), permissions.PUBLISHES_STANDARDS, ok=MOVED, method="POST"),
    Address("setup:first_password", _("失效的链接"), NOBODY, otherwise=MISSING,
            but=dict.fromkeys([ANONYMOUS, *ADMINISTRATORS], MISSING)),
    Address("setup:books", _("导入地点和人员"), permissions.RUNS_ACCOUNTS),
    Address("setup:template", _("导入用的模板"), permissions.RUNS_ACCOUNTS),
    Address("setup:book", _("系统管理员的导入：预览"), permissions.RUNS_ACCOUNTS),
    Address("setup:marked_book", _("系统管理员的导入：标出错误"), permissions.RUNS_ACCOUNTS, ok=CONFLICT),
    Address(
        "setup:take_book", _("系统管理员的导入：写入"), permissions.RUNS_ACCOUNTS, ok=MOVED, method="POST"
    ),
    Address("setup:people", _("人员"), permissions.SEES_PEOPLE),
    Address("setup:person", _("一个人"), permissions.SEES_PEOPLE),
    Address("setup:new_person", _("添加人员"), permissions.RUNS_ACCOUNTS),
    Address("setup:edit_person", _("修改人员"), permissions.RUNS_ACCOUNTS),
    Address("setup:deactivate", _("停用账号"), permissions.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:restore", _("恢复账号"), permissions.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:new_link", _("设置密码的链接"), permissions.RUNS_ACCOUNTS, method="POST"),
    Address("setup:all_links", _("所有人的链接"), permissions.RUNS_ACCOUNTS, method="POST"),
    Address("setup:wishes", _("待授予的角色"), permissions.GRANTS_ROLES),
    Address("setup:drop_wish", _("不授予"), permissions.GRANTS_ROLES, ok=MOVED, method="POST"),
    Address("setup:grant", _("授予角色"), permissions.GRANTS_ROLES),
    Address("setup:revoke", _("撤销角色"), permissions.GRANTS_ROLES, ok=MOVED, method="POST"),
    Address("setup:places", _("地点"), permissions.SEES_PLACES),
    Address("setup:place", _("一个地点"), permissions.SEES_PLACES),
    Address("setup:new_place", _("添加地点"), permissions.RUNS_ACCOUNTS),
    Address("setup:edit_place", _("修改地点"), permissions.RUNS_ACCOUNTS),
    Address("setup:close_place", _("停用地点"), permissions.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:remove_place", _("删除用过的地点"), permissions.RUNS_ACCOUNTS, ok=CONFLICT, method="POST"),
    Address("setup:departments", _("部门"), permissions.SEES_PLACES),
    Address("setup:department", _("一个部门"), permissions.SEES_PLACES),
    Address("setup:new_department", _("添加部门"), permissions.RUNS_ACCOUNTS),
    Address("setup:edit_department", _("修改部门"), permissions.RUNS_ACCOUNTS),
    Address(
        "setup:remove_department", _("删除用过的部门"), permissions.RUNS_ACCOUNTS, ok=CONFLICT, method="POST"
    ),
    Address("setup:services", _("服务目录"), permissions.EDITS_CATALOGUE),
    Address("setup:new_service", _("添加服务项"), permissions.EDITS_CATALOGUE),
    Address("setup:service", _("修改服务项"), permissions.EDITS_CATALOGUE),
    Address("setup:trail", _("审计"), permissions.READS_TRAIL),
    Address("setup:seals", _("封存与核验"), permissions.READS_TRAIL),
    Address("setup:check_seals", _("核验封存"), permissions.READS_TRAIL, ok=MOVED, method="POST"),
    Address("setup:roots", _("下载根值"), permissions.READS_TRAIL),
    Address("setup:first_schedule", _("本单位的作息"), permissions.EDITS_CALENDAR, ok=MOVED),
    Address("setup:new_schedule", _("新建作息"), permissions.EDITS_CALENDAR),
    Address("setup:schedule", _("修改作息"), permissions.EDITS_CALENDAR),
    Address("setup:give_schedule", _("给地点作息"), permissions.EDITS_CALENDAR, ok=INCOMPLETE, method="POST"),
    Address("setup:take_schedule", _("收回地点的作息"), permissions.EDITS_CALENDAR, ok=MOVED, method="POST"),
)  # fmt: skip
