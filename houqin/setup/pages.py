"""What the setup hangs into the shell."""

from django.core.cache import cache
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.notices.reports import unread_count
from houqin.kernel.people.models import User
from houqin.kernel.sweeps.reports import health
from houqin.kernel.timekeeping import now
from houqin.kernel.web.context import Signs
from houqin.kernel.web.navigation import NavItem, register
from houqin.setup import events, gates
from houqin.setup.year import missing_years

__all__ = ["events"]

HEALTH_KEPT = 20  # seconds, for the words at the foot of every page


def _unpublished(user: User) -> int:
    return missing_years(now()) if user.role_codes() & gates.EDITS_CALENDAR else 0


def health_words() -> str:
    """How the house is, in a few words; asked of the database at most every HEALTH_KEPT seconds."""
    late = cache.get("setup:late")
    if late is None:
        late = sum(one.late or bool(one.error) for one in health(now()))
        cache.set("setup:late", late, HEALTH_KEPT)
    if late:
        return _now("%(late)d 项后台任务异常") % {"late": late}
    return _now("后台任务正常")


Signs.health = staticmethod(health_words)
Signs.unread = staticmethod(unread_count)

GROUP = _("设置")
ENTRIES = (
    ("setup:calendar", _("工作日历"), "calendar", gates.SEES_CALENDAR),
    ("setup:standards", _("服务标准"), "hourglass", gates.SEES_STANDARDS),
    ("setup:roles", _("角色权限"), "shield-check", gates.SEES_ROLES),
    ("setup:health", _("运行状况"), "stethoscope", gates.SEES_HEALTH),
)
register(
    NavItem(
        group="", label=_("消息"), icon="bell", url_name="notices", order=60, tab=True, rail=False,
        count=unread_count, hot=True, personal=True,
    )
)  # fmt: skip
register(
    NavItem("", _("我的"), "user", "me", order=70, tab=True, rail=False, personal=True)
)  # fmt: skip
for place, (url_name, label, icon, roles) in enumerate(ENTRIES):
    register(
        NavItem(
            group=GROUP, label=label, icon=icon, url_name=url_name, roles=frozenset(map(str, roles)),
            order=900 + place, count=_unpublished if url_name == "setup:calendar" else None,
            hot=url_name == "setup:calendar",
        )
    )  # fmt: skip
