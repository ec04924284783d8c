"""What the setup hangs into the shell."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.kernel.sweeps.reports import troubled
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.models import Schedule
from houqin.platform.notices.reports import unread
from houqin.setup import events, permissions
from houqin.setup.calendar.year import without_notice
from houqin.ui.shell.context import Signs, WorkerHealth
from houqin.ui.shell.navigation import NavItem, register

__all__ = ["events"]


def _unpublished(user: User) -> QuerySet[Schedule]:
    edits = user.roles_at(None) & permissions.EDITS_CALENDAR
    return without_notice(now()) if edits else Schedule.objects.none()


def health_of_the_house(user: User) -> WorkerHealth:
    late = troubled(now())
    words = _now("%(late)d 项后台任务异常") % {"late": late} if late else _now("后台任务正常")
    url = reverse("setup:health") if user.role_codes() & permissions.SEES_HEALTH else ""
    return WorkerHealth(words, troubled=bool(late), url=url)


Signs.health = staticmethod(health_of_the_house)

# The last number is the place on the phone's bottom bar, which those have who do not work in the business.
ENTRIES = (
    ("setup:wizard", _("设置向导"), "checklist", permissions.SETS_UP, 0),
    ("setup:people", _("人员"), "users", permissions.SEES_PEOPLE, 2),
    ("setup:places", pgettext_lazy("in the menu", "地点"), "map-pin", permissions.SEES_PLACES, 0),
    ("setup:departments", pgettext_lazy("in the menu", "部门"), "hierarchy", permissions.SEES_PLACES, 0),
    ("setup:services", _("服务目录"), "books", permissions.EDITS_CATALOGUE, 0),
    ("setup:calendar", _("工作日历"), "calendar", permissions.SEES_CALENDAR, 0),
    ("setup:standards", _("服务标准"), "hourglass", permissions.SEES_STANDARDS, 0),
    ("setup:policies", _("规定"), "scale", permissions.SEES_POLICIES, 0),
    ("setup:trail", _("审计"), "history", permissions.READS_TRAIL, 3),
    ("setup:roles", _("角色权限"), "shield-check", permissions.SEES_ROLES, 3),
    ("setup:hooks", _("消息通道"), "send", permissions.RUNS_HOOKS, 0),
    ("service_accounts", _("服务账号"), "plug", permissions.SEES_SERVICES, 0),
    ("setup:health", _("运行状况"), "stethoscope", permissions.SEES_HEALTH, 3),
)  # fmt: skip
register(
    NavItem(
        group="own",
        label=_("消息"),
        icon="bell",
        url_name="notices",
        order=60,
        tab=4,
        rail=False,
        waiting=unread,
        hot=True,
        personal=True,
    )
)
register(NavItem("own", _("我的"), "user", "me", order=70, tab=5, rail=False, personal=True))
for place, (url_name, label, icon, roles, tab) in enumerate(ENTRIES):
    register(
        NavItem(
            group="setup",
            label=label,
            icon=icon,
            url_name=url_name,
            roles=frozenset(map(str, roles)),
            order=900 + place,
            waiting=_unpublished if url_name == "setup:calendar" else None,
            daily=frozenset(map(str, ADMINISTRATORS)),
            hot=url_name == "setup:calendar",
            tab=tab,
        )
    )
