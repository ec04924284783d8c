"""Our fields, and which column of a foreign table each is probably in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

from houqin.platform.sheets.columns import ImportColumn

ZONES_FIRST = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "UTC",
    "America/New_York",
    "Europe/Berlin",
)
FIELDS = (
    ImportColumn(
        "title",
        _("标题"),
        _("一句话的内容；没有时取内容的开头"),
        aliases="title 标题 主题 留言主题 casetitle summary shortdescription 事项 事由 名称 subject 概要 "
        "originalshorttext descriptor",
    ),
    ImportColumn(
        "body",
        _("内容"),
        _("详细说明"),
        aliases="body 内容 详细说明 留言详情 描述 详情 正文 content description details comments "
        "问题描述 诉求内容",
    ),
    ImportColumn(
        "submitted_at",
        _("提交时间"),
        _("必填；时钟从这时起算"),
        aliases="createdat opendt opened openedat created createddate submittedat 提交时间 创建时间 创建日期 "
        "留言时间 报修时间 受理时间 申请时间 登记时间 日期 bscstartdate starttime date",
        required=True,
    ),
    ImportColumn(
        "due_at",
        _("应办结时间"),
        _("没有时按当时的服务标准计算"),
        aliases="targetdt dueat due duedate deadline target 应办结时间 应办结 截止时间 期限 "
        "办理期限 要求完成时间",
    ),
    ImportColumn(
        "ended_at",
        _("办结时间"),
        _("有办结时间的导入为已归档"),
        aliases="resolvedat resolved closeddt closedat repliedat 办结时间 完成时间 处理完成时间 处理完成 "
        "答复时间 结束时间 关闭时间 closed closeddate completedat finishedat",
    ),
    ImportColumn(
        "result",
        _("处理结果"),
        _("答复、结案说明"),
        aliases="reply closurereason resolution 答复 答复意见 处理结果 处理情况 办理结果 result closenotes "
        "closedcode 回复",
    ),
    ImportColumn(
        "external",
        _("外部编号"),
        _("原系统的编号，用来防止重复导入"),
        aliases="caseenquiryid msgid ticketid caseid 编号 外部编号 单号 工单编号 工单号 留言编号 序号 number "
        "id key uniquekey no ticket",
    ),
    ImportColumn(
        "requester",
        _("需求人"),
        _("姓名或工号；不认识的写进详细说明"),
        aliases="需求人 报修人 创建人员 创建人 申请人 提交人 联系人 留言用户 姓名 工号 user requester "
        "caller reporter contact customer username name",
    ),
    ImportColumn(
        "phone",
        _("电话"),
        _("联系电话"),
        aliases="电话 联系电话 手机 手机号 phone mobile tel telephone contactphone",
    ),
    ImportColumn(
        "place",
        _("地点"),
        _("全称、编码或唯一的名称"),
        aliases="地点 位置 报修地点 地址 区域 place location address room 房间 asset incidentaddress site",
    ),
    ImportColumn(
        "entry",
        _("服务项"),
        _("名称或编码"),
        aliases="服务项 服务项目 问题类型 服务类别 类别 类型 一级标签 type complainttype category reason "
        "categoryl1 subcategory service 分类",
    ),
    ImportColumn(
        "grade",
        _("分级"),
        _("紧急、重要、常规"),
        aliases="分级 等级 紧急程度 优先级 grade priority urgency severity",
    ),
    ImportColumn(
        "team",
        _("班组"),
        _("当时由谁办；名称相同的自动对上，其余在预览里选"),
        aliases="班组 维修班组 处理班组 受理班组 承办班组 assignmentgroup assignedgroup "
        "supportgroup team crew",
    ),
    ImportColumn(
        "state",
        _("当时的状态"),
        _("事件日志（一件多行）：这一行的状态；要同时有变化时间和外部编号"),
        aliases="incidentstate state status 状态 事件状态 当前状态",
    ),
    ImportColumn(
        "changed_at",
        _("变化时间"),
        _("事件日志：这一行发生的时间"),
        aliases="sysupdatedat updatedat changedat 更新时间 变更时间 变化时间",
    ),
    ImportColumn(
        "reassigned",
        _("改派次数"),
        _("到最后一行为止"),
        aliases="reassignmentcount 改派次数 转派次数",
    ),
    ImportColumn(
        "reopened", _("重开次数"), _("到最后一行为止"), aliases="reopencount 重开次数 返工次数"
    ),
    ImportColumn(
        "on_time",
        _("原系统判定按时"),
        _("是或否；没有时按服务标准判定"),
        aliases="madesla 是否按时 是否按时办结",
    ),
)


def zones() -> list[str]:
    """All time zones, those that are likely first."""
    return [*ZONES_FIRST, *sorted(available_timezones() - set(ZONES_FIRST))]


@dataclass(frozen=True)
class Choices:
    """What the importer chose for the whole file, as `ImportFile.settings` keeps it."""

    timezone: ZoneInfo
    dates: str = "ymd"
    entry: str = ""  # code
    place: str = ""  # code
    grade: str = ""  # "" the default of the entry
    strict: bool = False  # a value nobody knows is an error, instead of being written down
    repeats: bool = False  # external numbers that are there already come in again
    teams: Mapping[str, int] = field(
        default_factory=dict
    )  # words of the file → key of a team, 0 for none

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Choices:
        known = {key: value for key, value in settings.items() if key in cls.__dataclass_fields__}
        return cls(
            **known | {"timezone": ZoneInfo(str(settings.get("timezone") or "Asia/Shanghai"))}
        )
