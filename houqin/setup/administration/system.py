"""What waits for the system administrator: accounts, the machine, what did not go out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.sweeps.registry import SWEEPS
from houqin.kernel.sweeps.reports import Health, health
from houqin.kernel.worktime.models import Schedule
from houqin.platform.notices.models import Delivery
from houqin.platform.tokens.models import ServiceAccount
from houqin.setup.administration.duties import AdminTask, Duties
from houqin.setup.calendar.year import missing_year
from houqin.setup.directory.models import Person
from houqin.setup.directory.pages import NO_PASSWORD
from houqin.setup.health.reports import facts_of_the_house
from houqin.setup.sign_in_links.actions import PASSWORD_LINK
from houqin.shared.links.models import Link


def system_duties(user: User, at: datetime) -> Duties:
    linked, without = _without_password(user, at)
    waiting = ServiceAccount.objects.filter(approved_at=None, user__is_active=True).count()
    page = reverse("setup:people") + "?view=waiting"
    facts = [
        {"label": _("链接已发、还没设密码"), "value": linked, "url": page},
        {
            "label": _("等安全管理员核准的服务账号"),
            "value": waiting,
            "url": reverse("service_accounts"),
        },
        *facts_of_the_house(user, at),
    ]
    return Duties(
        [*_machine(at), *_undelivered(), *_accounts(without, page), *_calendar(at)],
        facts,
        _(
            "后台任务出错或停了、消息没有送达、有人还没有登录链接、下一年的放假安排没有公布，都会列在这里。"
        ),
    )


def _without_password(user: User, at: datetime) -> tuple[int, int]:
    """How many people have yet to choose a password: with a link to do so, and without."""
    people = Person.objects.visible_to(user).filter(NO_PASSWORD, is_active=True)
    good = Link.objects.of(PASSWORD_LINK).good(at).values("target_id")
    linked = people.filter(pk__in=good).count()
    return linked, people.count() - linked


def _machine(at: datetime) -> Iterator[AdminTask]:
    """Each background job that failed, and in one line those that nobody runs."""
    sweeps = health(at)
    yield from (_failed(sweep) for sweep in sweeps if sweep.error)
    late = [str(SWEEPS[sweep.name].title) for sweep in sweeps if sweep.late and not sweep.error]
    if late:
        yield _not_run(late)


def _failed(sweep: Health) -> AdminTask:
    reason = sweep.error.strip().rpartition("\n")[2]
    title = _("后台任务“%(name)s”出错") % {"name": SWEEPS[sweep.name].title}
    return AdminTask(title, reason, reverse("setup:health"), _("查看"), "alert-triangle", "bad")


def _not_run(titles: list[str]) -> AdminTask:
    title = _("%(count)d 项后台任务没有按时运行") % {"count": len(titles)}
    names = _("、").join(titles[:3]) + ("…" if len(titles) > 3 else "")
    return AdminTask(title, names, reverse("setup:health"), _("查看"), "clock-pause", "bad")


def _undelivered() -> Iterator[AdminTask]:
    """What those who run the channels read is theirs; the number tells that the machine cannot send."""
    dead = Delivery.objects.filter(state=Delivery.State.DEAD).count()
    if dead:
        title = _("%(count)d 条消息没有送达") % {"count": dead}
        meta = _("多次重试后已放弃；请检查邮件服务器和网络，由后勤主管重发。")
        yield AdminTask(title, meta, reverse("setup:health"), _("查看"), "mail", "bad")


def _accounts(without: int, page: str) -> Iterator[AdminTask]:
    if without:
        title = _("%(count)d 人还没有登录链接") % {"count": without}
        meta = _("发给每人一个七天有效的链接，由本人设置密码。")
        yield AdminTask(title, meta, page, _("发链接"), "key")


def _calendar(at: datetime) -> Iterator[AdminTask]:
    years = [missing_year(home, at) for home in Schedule.objects.exclude(published_through=None)]
    for year in sorted({year for year in years if year}):
        title = _("%(year)d 年的放假安排还没有公布") % {"year": year}
        meta = _("没有公布时，跨年的时限按周末计算。")
        yield AdminTask(title, meta, reverse("setup:calendar"), _("公布"), "calendar")
