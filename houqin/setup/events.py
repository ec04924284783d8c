"""How changes of a calendar are said."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.vocabulary import say

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
