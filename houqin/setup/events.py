"""How what is done in the setup is said."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.roles import ROLES
from houqin.kernel.trail.messages import say

STEPS = {
    "organisation": _("单位和第一批账号"), "sheet": _("地点、部门和人员"), "roles": _("授予角色"),
    "calendar": _("工作日历"), "standards": _("服务标准"), "teams": _("班组"), "first": _("第一件需求"),
}  # fmt: skip


def _where(name: str) -> str:
    return _now("（%(where)s）") % {"where": name} if name else ""


ROLE = {"role": ROLES.label, "where": _where}


def _step(code: str) -> str:
    return str(STEPS.get(code, code))


say("calendar.day_set", _("%(date)s 改为 %(words)s，影响 %(moved)s 个时限"), icon="calendar")
say("calendar.day_cleared", _("%(date)s 恢复原样，影响 %(moved)s 个时限"), icon="rotate")
say(
    "calendar.published",
    _("公布 %(year)s 年放假安排，影响 %(moved)s 个时限"),
    icon="calendar-event",
    tone="ok",
)
say("hook.made", _("添加消息通道“%(name)s”"), icon="send")
say("hook.changed", _("修改消息通道“%(name)s”"), icon="edit")
say("hook.tested", _("测试消息：收到这一条，说明“%(name)s”配置正确"), icon="send")
say("hook.resent", _("再发 %(count)s 条没有送达的消息"), icon="refresh")
say("house.founded", _("“%(name)s”建立"), icon="home")
say("house.step_settled", _("设置向导：%(step)s 已确认"), icon="check", words={"step": _step})
say("house.step_skipped", _("设置向导：%(step)s 先跳过"), icon="arrow-right", words={"step": _step})
say("user.added", _("添加人员 %(name)s"), icon="user-plus")
say("user.link_made", _("为 %(name)s 生成设置密码的一次性链接"), icon="key")
say("role.granted", _("授予 %(name)s 角色“%(role)s”%(where)s"), icon="shield-check", words=ROLE)
say("user.changed", _("修改人员 %(name)s"), icon="edit")
say("user.deactivated", _("停用 %(name)s 的账号"), icon="user-minus")
say("user.restored", _("恢复 %(name)s 的账号"), icon="user-check")
say("role.revoked", _("撤销 %(name)s 的角色“%(role)s”%(where)s"), icon="shield", words=ROLE)
say("role.declined", _("没有授予 %(name)s 角色“%(role)s”"), icon="shield", words=ROLE)
say("place.added", _("添加地点“%(name)s”"), icon="map-pin")
say("place.changed", _("地点“%(before)s”改为“%(name)s”"), icon="map-pin")
say("place.closed", _("停用地点“%(name)s”"), icon="ban")
say("place.opened", _("启用地点“%(name)s”"), icon="map-pin")
say("place.removed", _("删除地点“%(name)s”"), icon="trash")
say("department.added", _("添加部门“%(name)s”"), icon="hierarchy")
say("department.changed", _("部门“%(before)s”改为“%(name)s”"), icon="hierarchy")
say("department.removed", _("删除部门“%(name)s”"), icon="trash")
say(
    "book.taken",
    _("导入“%(name)s”：地点 %(places)s 行，部门 %(departments)s 行，人员 %(people)s 行"),
    icon="file-import",
    tone="ok",
)
say("schedule.saved", _("修改作息“%(name)s”，影响 %(moved)s 个时限"), icon="calendar")
say("schedule.given", _("“%(place)s”使用作息“%(name)s”"), icon="calendar")
say("entry.saved", _("修改服务项“%(name)s”"), icon="list-check")
say("schedule.taken", _("“%(place)s”不再使用作息“%(name)s”"), icon="calendar")
