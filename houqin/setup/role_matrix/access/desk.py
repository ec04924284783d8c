"""The addresses of the desk: demands, work orders, and the ways in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.setup.role_matrix.access.address import (
    ANONYMOUS,
    BUSINESS,
    CONFLICT,
    INCOMPLETE,
    MISSING,
    MOVED,
    NOBODY,
    REQUESTER,
    Address,
)

# Two demands of the requester's, at a place where everybody else holds their role: one waits to be graded,
# and its verbs are tried; the other has a work order that was given to the technician.
STAFF: Final = frozenset({Role.COORDINATOR, Role.MANAGER})
SEES_DEMAND: Final = BUSINESS
UNSEEN: Final[Mapping[str, int]] = {Role.TECHNICIAN: MISSING}
NOT_MINE: Final[Mapping[str, int]] = {Role.COORDINATOR: MISSING}
DESK: Final = (
    Address("demands:demands", _("需求队列"), BUSINESS),
    Address("demands:review", _("审核台"), STAFF),
    Address("channels:new_demand", _("选择服务项"), BUSINESS),
    Address("channels:new_demand_for", _("提交需求"), BUSINESS),
    Address("channels:save_draft", _("存草稿"), BUSINESS, ok=MOVED, method="POST"),
    Address("channels:drop_draft", _("删除草稿"), BUSINESS, ok=MOVED, method="POST"),
    Address("channels:favourite", _("存为常用需求"), SEES_DEMAND),
    Address("channels:drop_favourite", _("删除需求人的常用需求"), {REQUESTER}, ok=MOVED, method="POST",
            otherwise=MISSING),
    Address("channels:alike", _("可能重复的需求"), BUSINESS),
    Address("channels:follow_demand", _("关注需求"), SEES_DEMAND, ok=MOVED, method="POST"),
    Address("demands:demand", _("需求"), SEES_DEMAND),
    Address("demands:explain_clock", _("时限怎么算的"), SEES_DEMAND),
    Address("demands:demand_verb", _("受理"), STAFF, sample="grade", but=UNSEEN),
    Address("demands:demand_verb", _("退回补充"), STAFF, sample="send_back", but=UNSEEN),
    Address("demands:demand_verb", _("驳回"), STAFF, sample="reject", but=UNSEEN),
    Address("demands:demand_verb", _("合并"), STAFF, sample="merge", but=UNSEEN),
    Address("demands:demand_verb", _("催办"), {REQUESTER}, sample="urge", but=UNSEEN),
    Address("demands:demand_verb", _("督办"), {Role.MANAGER}, sample="supervise", but=UNSEEN),
    Address("demands:demand_verb", _("撤回"), {REQUESTER}, sample="withdraw", but=UNSEEN),
    Address("colleagues", _("按姓名找同事"), BUSINESS),
    Address("callbacks:callbacks", _("回访"), STAFF),
    Address("callbacks:callback", _("一次回访"), STAFF, otherwise=MISSING),
    Address("callbacks:callback_verb", _("登记回访"), STAFF, otherwise=MISSING, sample="reach"),
    Address("handover:handover", _("自己的工作交接"), BUSINESS),
    Address(
        "handover:handover_of", _("维修技师的工作交接"), STAFF | {Role.TECHNICIAN}
    ),
    Address("handover:handover_back", _("撤销工作交接"), NOBODY, otherwise=MISSING, method="POST",
            but={ANONYMOUS: MOVED}),
    Address(
        "demands:bulk", _("成批受理"), STAFF, ok=CONFLICT, method="POST", sample="grade"
    ),
    Address("intake:import_demands", _("导入需求"), STAFF),
    Address("intake:import_map", _("主管的导入：对应列"), {Role.MANAGER}, but=NOT_MINE),
    Address("intake:import_preview", _("主管的导入：预览"), {Role.MANAGER}, ok=MOVED, but=NOT_MINE),
    Address("intake:import_file", _("主管的导入：结果"), {Role.MANAGER}, ok=MOVED, but=NOT_MINE),
    Address(
        "intake:import_start", _("主管的导入：开始"), {Role.MANAGER}, ok=CONFLICT, method="POST",
        but=NOT_MINE,
    ),
    Address("intake:import_errors", _("主管的导入：错误"), {Role.MANAGER}, ok=CONFLICT, but=NOT_MINE),
    Address("attachment", _("需求的附件"), SEES_DEMAND),
    Address("paper", _("打印需求单"), SEES_DEMAND),
    Address("attachment-thumb", _("附件的缩略图"), SEES_DEMAND),
)  # fmt: skip
WORKS: Final = frozenset({Role.TECHNICIAN, Role.LEAD, Role.DUTY, Role.FINANCE}) | STAFF
ORDERS: Final = (
    Address("orders:orders", _("工单"), BUSINESS),
    Address(
        "orders:bulk", _("成批打印工单"), BUSINESS, ok=CONFLICT, method="POST", sample="print"
    ),
    Address("orders:fault_codes", _("故障代码"), STAFF | {Role.LEAD}),
    Address("orders:new_fault_code", _("新增故障代码"), STAFF | {Role.LEAD}),
    Address("orders:fault_code", _("修改故障代码"), STAFF | {Role.LEAD}),
    Address("orders:mine", _("我的工单"), BUSINESS),
    Address("orders:order", _("一件工单"), WORKS, otherwise=MISSING),
    Address(
        "orders:order_verb", _("退回工单"), {Role.TECHNICIAN}, sample="hand_back",
        but={REQUESTER: MISSING, Role.HEAD: MISSING},
    ),
    Address(
        "orders:order_verb", _("改派"), STAFF | {Role.LEAD}, sample="reassign",
        but={REQUESTER: MISSING, Role.HEAD: MISSING},
    ),
)  # fmt: skip
# At a place whose code is scanned, with or without an account; the private link is that of a guest's request.
ANYBODY: Final = BUSINESS | {ANONYMOUS}
SCANNED: Final = (
    Address("channels:labels", _("打印位置码"), STAFF | {Role.LEAD}),
    Address("channels:label_sheet", _("位置码的 PDF"), STAFF | {Role.LEAD}, ok=INCOMPLETE),
    Address("channels:at_place", _("扫地点的码"), ANYBODY),
    Address("channels:guest_demand", _("凭链接查进度"), ANYBODY),
    Address("channels:guest_demand_verb", _("凭链接回复"), ANYBODY, sample="comment"),
    Address("channels:guest_demand_verb", _("凭链接受理"), NOBODY, sample="grade", otherwise=MISSING,
            but={ANONYMOUS: MISSING}),
    Address("channels:guest_link", _("给来电人新的链接"), STAFF,
            but=dict.fromkeys([REQUESTER, Role.TECHNICIAN, Role.HEAD], MISSING)),
    Address("channels:guest_photo", _("凭链接看照片"), ANYBODY),
    Address("channels:guest_thumb", _("凭链接看缩略图"), ANYBODY),
)  # fmt: skip
TAKES_CALLS: Final = STAFF | {Role.DUTY}
ON_BEHALF: Final = (
    Address("channels:hotline", _("热线登记"), TAKES_CALLS),
    Address("channels:hotline_people", _("热线：找人"), TAKES_CALLS),
    Address("channels:hotline_beside", _("热线：来电人的需求"), TAKES_CALLS),
    Address("channels:hotline_questions", _("热线：服务项的问题"), TAKES_CALLS),
    Address("channels:paper", _("纸单录入"), TAKES_CALLS),
    Address("channels:paper_form", _("录入一张纸单"), TAKES_CALLS),
    Address("channels:paper_scan", _("纸单扫描件"), TAKES_CALLS),
    Address("channels:paper_discard", _("作废纸单"), TAKES_CALLS, ok=MOVED, method="POST"),
)  # fmt: skip
