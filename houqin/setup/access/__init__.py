"""Every address of the house and what it answers to whom, as data.

The role matrix page is printed from this table, `KeepTheThreeApart` reads from it where the three
administrators may go, and `tests/test_role_matrix.py` holds every address of the project to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role
from houqin.setup import gates
from houqin.setup.access.address import (
    ANONYMOUS,
    AUDIENCE,
    BUSINESS,
    CONFLICT,
    EVERYBODY,
    FORBIDDEN,
    INCOMPLETE,
    MISSING,
    MOVED,
    NOBODY,
    REQUESTER,
    SIGNED_IN,
    WRONG_METHOD,
    Address,
)
from houqin.setup.access.api import API
from houqin.setup.access.planning import PLANNING

__all__ = ["ADDRESSES", "ANONYMOUS", "AUDIENCE", "FORBIDDEN", "MISSING", "MOVED", "WRONG_METHOD"]

DOOR: Final = (
    *API,
    Address("signin", _("登录"), {ANONYMOUS}, otherwise=MOVED, but=dict.fromkeys(ADMINISTRATORS, MOVED)),
    Address("demo_signin", _("演示账号登录"), EVERYBODY, ok=MISSING, method="POST"),
    Address("set_language", _("切换语言"), EVERYBODY, ok=MOVED, method="POST"),
    Address("healthz", _("存活检查"), EVERYBODY),
    Address("second_step", _("两步验证"), NOBODY, otherwise=MOVED, but=dict.fromkeys(ADMINISTRATORS, MOVED)),
    Address("outside", _("统一身份登录"), EVERYBODY, ok=MISSING),
    Address("outside_back", _("从统一身份回来"), EVERYBODY, ok=MISSING),
    Address("signout", _("退出登录"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("set_theme", _("切换外观"), SIGNED_IN, ok=MOVED, method="POST"),
)
OWN: Final = (
    Address("home", _("工作台"), BUSINESS, but=dict.fromkeys(ADMINISTRATORS, MOVED)),
    Address("search", _("搜索"), SIGNED_IN),
    Address("me", _("我的"), SIGNED_IN),
    Address("keys", _("快捷键"), SIGNED_IN),
    Address("set_phone", _("修改电话"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("go_away", _("安排代理"), SIGNED_IN, ok=INCOMPLETE, method="POST"),
    Address("come_back", _("结束代理"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("set_password", _("修改密码"), SIGNED_IN, ok=INCOMPLETE, method="POST"),
    Address("security", _("登录与安全"), SIGNED_IN),
    Address("owed_password", _("先改密码"), SIGNED_IN, ok=MOVED),
    Address("set_up_second_step", _("启用两步验证"), SIGNED_IN),
    Address("second_step_off", _("停用两步验证"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("set_email", _("改自己的邮箱"), ADMINISTRATORS, ok=MOVED, method="POST"),
    Address("renew_codes", _("换一批备用码"), SIGNED_IN, ok=CONFLICT, method="POST"),
    Address("end_elsewhere", _("退出其他设备"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("notice_choices", _("消息设置"), SIGNED_IN),
    Address("notices", _("消息"), SIGNED_IN),
    Address("notices-read", _("全部标为已读"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("export_list", _("导出列表"), BUSINESS, method="POST", ok=MISSING),
    Address("save_view", _("存为视图"), SIGNED_IN, method="POST", ok=MISSING),
    Address("drop_view", _("删除主管的视图"), {Role.MANAGER}, ok=MOVED, otherwise=MISSING, method="POST"),
    Address("export", _("主管导出的文件"), {Role.MANAGER}, otherwise=MISSING),
    Address("notice-open", _("打开技师的消息"), {Role.TECHNICIAN}, ok=MOVED, otherwise=MISSING, method="POST",
            but=dict.fromkeys(ADMINISTRATORS, MISSING)),
)  # fmt: skip
SETUP: Final = (
    Address("setup:calendar", _("工作日历"), gates.SEES_CALENDAR, ok=MOVED),
    Address("setup:year", _("一年的日历"), gates.SEES_CALENDAR),
    Address("setup:day", _("修改一天"), gates.EDITS_CALENDAR),
    Address("setup:clear_day", _("恢复一天"), gates.EDITS_CALENDAR, ok=CONFLICT, method="POST"),
    Address("setup:notice", _("导入放假安排"), gates.EDITS_CALENDAR),
    Address("setup:publish", _("公布放假安排"), gates.EDITS_CALENDAR, ok=CONFLICT, method="POST"),
    Address("setup:standards", _("服务标准"), gates.SEES_STANDARDS),
    Address("setup:new_standard", _("发布服务标准"), gates.PUBLISHES_STANDARDS),
    Address("setup:standard", _("修改已生效的标准"), gates.PUBLISHES_STANDARDS, ok=CONFLICT),
    Address(
        "setup:withdraw_standard", _("撤回已生效的标准"), gates.PUBLISHES_STANDARDS, ok=CONFLICT,
        method="POST",
    ),
    Address("setup:roles", _("角色权限"), gates.SEES_ROLES),
    Address("setup:health", _("运行状况"), gates.SEES_HEALTH),
    Address("signins", _("登录安全"), {Role.SECURITY_ADMIN}),
    Address("demand_roles", _("规定两步验证的角色"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST"),
    Address("unlock", _("解除登录暂停"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST"),
    Address(
        "help_person", _("要求改密码"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST", sample="password"
    ),
    Address("setup:hooks", _("消息通道"), gates.RUNS_HOOKS),
    Address("setup:new_hook", _("添加消息通道"), gates.RUNS_HOOKS),
    Address("setup:hook", _("修改消息通道"), gates.RUNS_HOOKS),
    Address("setup:test_hook", _("发测试消息"), gates.RUNS_HOOKS, ok=MOVED, method="POST"),
    Address("setup:deliveries", _("发送记录"), gates.RUNS_HOOKS),
    Address("setup:send_again", _("再发一条"), gates.RUNS_HOOKS, ok=MOVED, method="POST"),
    Address("setup:send_all_again", _("全部再发"), gates.RUNS_HOOKS, ok=MOVED, method="POST"),
)  # fmt: skip

# The three administrators and the manager set the house up; the sample is a house that is lived in already.
SETTING_UP: Final = (
    Address("setup:wizard", _("设置向导"), gates.SETS_UP),
    Address("setup:first_accounts", _("第一批账号"), NOBODY, otherwise=MISSING,
            but=dict.fromkeys([ANONYMOUS, *ADMINISTRATORS], MISSING)),
    Address("setup:settle", _("确认服务标准"), gates.PUBLISHES_STANDARDS, ok=MOVED, method="POST"),
    Address("setup:first_password", _("失效的链接"), NOBODY, otherwise=MISSING,
            but=dict.fromkeys([ANONYMOUS, *ADMINISTRATORS], MISSING)),
    Address("setup:books", _("导入地点和人员"), gates.RUNS_ACCOUNTS),
    Address("setup:template", _("导入用的模板"), gates.RUNS_ACCOUNTS),
    Address("setup:book", _("系统管理员的导入：预览"), gates.RUNS_ACCOUNTS),
    Address("setup:marked_book", _("系统管理员的导入：标出错误"), gates.RUNS_ACCOUNTS, ok=CONFLICT),
    Address("setup:take_book", _("系统管理员的导入：写入"), gates.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:people", _("人员"), gates.SEES_PEOPLE),
    Address("setup:person", _("一个人"), gates.SEES_PEOPLE),
    Address("setup:new_person", _("添加人员"), gates.RUNS_ACCOUNTS),
    Address("setup:edit_person", _("修改人员"), gates.RUNS_ACCOUNTS),
    Address("setup:deactivate", _("停用账号"), gates.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:restore", _("恢复账号"), gates.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:new_link", _("设置密码的链接"), gates.RUNS_ACCOUNTS, method="POST"),
    Address("setup:all_links", _("所有人的链接"), gates.RUNS_ACCOUNTS, method="POST"),
    Address("setup:wishes", _("待授予的角色"), gates.GRANTS_ROLES),
    Address("setup:drop_wish", _("不授予"), gates.GRANTS_ROLES, ok=MOVED, method="POST"),
    Address("setup:grant", _("授予角色"), gates.GRANTS_ROLES),
    Address("setup:revoke", _("撤销角色"), gates.GRANTS_ROLES, ok=MOVED, method="POST"),
    Address("setup:places", _("地点"), gates.SEES_PLACES),
    Address("setup:place", _("一个地点"), gates.SEES_PLACES),
    Address("setup:new_place", _("添加地点"), gates.RUNS_ACCOUNTS),
    Address("setup:edit_place", _("修改地点"), gates.RUNS_ACCOUNTS),
    Address("setup:close_place", _("停用地点"), gates.RUNS_ACCOUNTS, ok=MOVED, method="POST"),
    Address("setup:remove_place", _("删除用过的地点"), gates.RUNS_ACCOUNTS, ok=CONFLICT, method="POST"),
    Address("setup:departments", _("部门"), gates.SEES_PLACES),
    Address("setup:department", _("一个部门"), gates.SEES_PLACES),
    Address("setup:new_department", _("添加部门"), gates.RUNS_ACCOUNTS),
    Address("setup:edit_department", _("修改部门"), gates.RUNS_ACCOUNTS),
    Address(
        "setup:remove_department", _("删除用过的部门"), gates.RUNS_ACCOUNTS, ok=CONFLICT, method="POST"
    ),
    Address("setup:services", _("服务目录"), gates.EDITS_CATALOGUE),
    Address("setup:new_service", _("添加服务项"), gates.EDITS_CATALOGUE),
    Address("setup:service", _("修改服务项"), gates.EDITS_CATALOGUE),
    Address("setup:trail", _("审计"), gates.READS_TRAIL),
    Address("setup:seals", _("封存与核验"), gates.READS_TRAIL),
    Address("setup:check_seals", _("核验封存"), gates.READS_TRAIL, ok=MOVED, method="POST"),
    Address("setup:roots", _("下载根值"), gates.READS_TRAIL),
    Address("setup:first_schedule", _("本单位的作息"), gates.EDITS_CALENDAR, ok=MOVED),
    Address("setup:new_schedule", _("新建作息"), gates.EDITS_CALENDAR),
    Address("setup:schedule", _("修改作息"), gates.EDITS_CALENDAR),
    Address("setup:give_schedule", _("给地点作息"), gates.EDITS_CALENDAR, ok=INCOMPLETE, method="POST"),
    Address("setup:take_schedule", _("收回地点的作息"), gates.EDITS_CALENDAR, ok=MOVED, method="POST"),
)  # fmt: skip

# Two demands of the requester's, at a place where everybody else holds their role: one waits to be graded,
# and its verbs are tried; the other has a work order that was given to the technician.
STAFF: Final = frozenset({Role.COORDINATOR, Role.MANAGER})
SEES_DEMAND: Final = BUSINESS
UNSEEN: Final[Mapping[str, int]] = {Role.TECHNICIAN: MISSING}
NOT_MINE: Final[Mapping[str, int]] = {Role.COORDINATOR: MISSING}
DESK: Final = (
    Address("servicedesk:requests", _("需求队列"), BUSINESS),
    Address("servicedesk:review", _("审核台"), STAFF),
    Address("servicedesk:new_request", _("选择服务项"), BUSINESS),
    Address("servicedesk:new_request_for", _("提交需求"), BUSINESS),
    Address("servicedesk:save_draft", _("存草稿"), BUSINESS, ok=MOVED, method="POST"),
    Address("servicedesk:drop_draft", _("删除草稿"), BUSINESS, ok=MOVED, method="POST"),
    Address("servicedesk:favourite", _("存为常用需求"), SEES_DEMAND),
    Address("servicedesk:drop_favourite", _("删除需求人的常用需求"), {REQUESTER}, ok=MOVED, method="POST",
            otherwise=MISSING),
    Address("servicedesk:alike", _("可能重复的需求"), BUSINESS),
    Address("servicedesk:follow_request", _("关注需求"), SEES_DEMAND, ok=MOVED, method="POST"),
    Address("servicedesk:request", _("需求"), SEES_DEMAND),
    Address("servicedesk:explain_clock", _("时限怎么算的"), SEES_DEMAND),
    Address("servicedesk:request_verb", _("受理"), STAFF, sample="grade", but=UNSEEN),
    Address("servicedesk:request_verb", _("退回补充"), STAFF, sample="send_back", but=UNSEEN),
    Address("servicedesk:request_verb", _("驳回"), STAFF, sample="reject", but=UNSEEN),
    Address("servicedesk:request_verb", _("合并"), STAFF, sample="merge", but=UNSEEN),
    Address("servicedesk:request_verb", _("催办"), {REQUESTER}, sample="urge", but=UNSEEN),
    Address("servicedesk:request_verb", _("督办"), {Role.MANAGER}, sample="supervise", but=UNSEEN),
    Address("servicedesk:request_verb", _("撤回"), {REQUESTER}, sample="withdraw", but=UNSEEN),
    Address("servicedesk:people", _("按姓名找同事"), BUSINESS),
    Address("servicedesk:callbacks", _("回访"), STAFF),
    Address("servicedesk:callback", _("一次回访"), STAFF, otherwise=MISSING),
    Address("servicedesk:callback_verb", _("登记回访"), STAFF, otherwise=MISSING, sample="reach"),
    Address("servicedesk:handover", _("自己的工作交接"), BUSINESS),
    Address(
        "servicedesk:handover_of", _("维修技师的工作交接"), STAFF | {Role.TECHNICIAN}
    ),
    Address("servicedesk:handover_back", _("撤销工作交接"), NOBODY, otherwise=MISSING, method="POST",
            but={ANONYMOUS: MOVED}),
    Address(
        "servicedesk:requests_together", _("成批受理"), STAFF, ok=CONFLICT, method="POST", sample="grade"
    ),
    Address("servicedesk:import_requests", _("导入需求"), STAFF),
    Address("servicedesk:import_map", _("主管的导入：对应列"), {Role.MANAGER}, but=NOT_MINE),
    Address("servicedesk:import_preview", _("主管的导入：预览"), {Role.MANAGER}, ok=MOVED, but=NOT_MINE),
    Address("servicedesk:import_file", _("主管的导入：结果"), {Role.MANAGER}, ok=MOVED, but=NOT_MINE),
    Address(
        "servicedesk:import_start", _("主管的导入：开始"), {Role.MANAGER}, ok=CONFLICT, method="POST",
        but=NOT_MINE,
    ),
    Address("servicedesk:import_errors", _("主管的导入：错误"), {Role.MANAGER}, ok=CONFLICT, but=NOT_MINE),
    Address("attachment", _("需求的附件"), SEES_DEMAND),
    Address("paper", _("打印需求单"), SEES_DEMAND),
    Address("attachment-thumb", _("附件的缩略图"), SEES_DEMAND),
)  # fmt: skip
WORKS: Final = frozenset({Role.TECHNICIAN, Role.LEAD, Role.DUTY, Role.FINANCE}) | STAFF
ORDERS: Final = (
    Address("dispatch:orders", _("工单"), BUSINESS),
    Address(
        "dispatch:orders_together", _("成批打印工单"), BUSINESS, ok=CONFLICT, method="POST", sample="print"
    ),
    Address("dispatch:fault_codes", _("故障代码"), STAFF | {Role.LEAD}),
    Address("dispatch:new_fault_code", _("新增故障代码"), STAFF | {Role.LEAD}),
    Address("dispatch:fault_code", _("修改故障代码"), STAFF | {Role.LEAD}),
    Address("dispatch:mine", _("我的工单"), BUSINESS),
    Address("dispatch:order", _("一件工单"), WORKS, otherwise=MISSING),
    Address(
        "dispatch:order_verb", _("退回工单"), {Role.TECHNICIAN}, sample="hand_back",
        but={REQUESTER: MISSING, Role.HEAD: MISSING},
    ),
    Address(
        "dispatch:order_verb", _("改派"), STAFF | {Role.LEAD}, sample="reassign",
        but={REQUESTER: MISSING, Role.HEAD: MISSING},
    ),
)  # fmt: skip
# At a place whose code is scanned, with or without an account; the private link is that of a guest's request.
ANYBODY: Final = BUSINESS | {ANONYMOUS}
SCANNED: Final = (
    Address("servicedesk:labels", _("打印位置码"), STAFF | {Role.LEAD}),
    Address("servicedesk:label_sheet", _("位置码的 PDF"), STAFF | {Role.LEAD}, ok=INCOMPLETE),
    Address("servicedesk:at_place", _("扫地点的码"), ANYBODY),
    Address("servicedesk:guest_request", _("凭链接查进度"), ANYBODY),
    Address("servicedesk:guest_request_verb", _("凭链接回复"), ANYBODY, sample="comment"),
    Address("servicedesk:guest_request_verb", _("凭链接受理"), NOBODY, sample="grade", otherwise=MISSING,
            but={ANONYMOUS: MISSING}),
    Address("servicedesk:guest_link", _("给来电人新的链接"), STAFF,
            but=dict.fromkeys([REQUESTER, Role.TECHNICIAN, Role.HEAD], MISSING)),
    Address("servicedesk:guest_photo", _("凭链接看照片"), ANYBODY),
    Address("servicedesk:guest_thumb", _("凭链接看缩略图"), ANYBODY),
)  # fmt: skip
TAKES_CALLS: Final = STAFF | {Role.DUTY}
ON_BEHALF: Final = (
    Address("servicedesk:hotline", _("热线登记"), TAKES_CALLS),
    Address("servicedesk:hotline_people", _("热线：找人"), TAKES_CALLS),
    Address("servicedesk:hotline_beside", _("热线：来电人的需求"), TAKES_CALLS),
    Address("servicedesk:hotline_questions", _("热线：服务项的问题"), TAKES_CALLS),
    Address("servicedesk:paper", _("纸单录入"), TAKES_CALLS),
    Address("servicedesk:paper_form", _("录入一张纸单"), TAKES_CALLS),
    Address("servicedesk:paper_scan", _("纸单扫描件"), TAKES_CALLS),
    Address("servicedesk:paper_discard", _("作废纸单"), TAKES_CALLS, ok=MOVED, method="POST"),
)  # fmt: skip
RUNS: Final = STAFF | {Role.LEAD}
COCKPIT: Final = (
    Address("figures", _("数字背后的需求"), BUSINESS),
    Address("dashboard", _("数据看板"), RUNS | {Role.FINANCE}),
    Address("figure_rows", _("数字背后的需求"), RUNS),
    Address("cost_rows", _("费用明细"), {Role.MANAGER, Role.FINANCE}),
    Address("wall", _("大屏"), RUNS),
    Address("wall_by_link", _("凭链接看大屏"), EVERYBODY),
    Address("wall_links", _("管理大屏"), {Role.MANAGER}),
    Address("revoke_wall", _("停用大屏"), {Role.MANAGER}, ok=MOVED, otherwise=MISSING, method="POST"),
)

ADDRESSES: Final = (
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
