"""What waits for the security administrator: roles, service accounts, who cannot get in or tries to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.administrators import administrators
from houqin.kernel.people.models import OF_PEOPLE, RoleGrant, User
from houqin.kernel.trail.models import Event
from houqin.platform.identity.models import Account, Failure
from houqin.platform.tokens.models import ServiceAccount
from houqin.setup.administration.duties import AdminTask, Duties
from houqin.setup.directory.models import RoleWish
from houqin.shared.approvals.models import Approval

LATELY = timedelta(days=7)
MANY_FAILURES = 20  # from one address within a day: more than somebody who has forgotten a password


def security_duties(user: User, at: datetime) -> Duties:
    tasks = (_wishes(), _stranded(), _services(), _locked(at), _guessing(), _half_secured(at))
    return Duties(
        list(chain(*tasks)),
        _facts(at),
        _("导入表格申请的角色、待核准的服务账号、已锁定的账号和异常登录，都会列在这里。"),
    )


def _facts(at: datetime) -> list[dict[str, Any]]:
    """For `ui/_facts.html`."""
    ends = RoleGrant.objects.filter(ends_at__gt=at, ends_at__lte=at + LATELY).count()
    failures = Failure.objects.exclude(username="").filter(address="").aggregate(Sum("count"))
    number = failures["count__sum"] or 0
    return [
        {"label": _("一天内失败的登录"), "value": number, "url": reverse("signins")},
        _recoveries(at),
        {"label": _("7 天内到期的授权"), "value": ends, "url": reverse("setup:people")},
    ]


def _recoveries(at: datetime) -> dict[str, Any]:
    number = Event.objects.filter(name="user.recovery_used", at__gte=at - LATELY).count()
    return {"label": _("7 天内用备用码登录"), "value": number, "tone": "warn" if number else ""}


def _wishes() -> Iterator[AdminTask]:
    wishes = RoleWish.objects.count()
    if wishes:
        title = _("%(count)d 个角色等待授予") % {"count": wishes}
        meta = _("由系统管理员导入；逐个核对后授予或去掉。")
        yield AdminTask(title, meta, reverse("setup:wishes"), _("核对"), "shield-check")


def _stranded() -> Iterator[AdminTask]:
    """What waits because no post or head of a department is there to approve it."""
    count = Approval.objects.stranded().count()
    if count:
        title = _("%(count)d 件审批没有人可审批") % {"count": count}
        meta = _("岗位或部门负责人没有授给任何人；后勤主管也可以指定审批人。")
        yield AdminTask(title, meta, reverse("setup:people"), _("授权"), "user-check", "bad")


def _services() -> Iterator[AdminTask]:
    waiting = ServiceAccount.objects.filter(approved_at=None, user__is_active=True)
    yield from map(_unapproved, waiting.select_related("user", "made_by"))


def _unapproved(service: ServiceAccount) -> AdminTask:
    roles, url = _("、").join(service.role_names()), reverse("service_account", args=[service.pk])
    title = _("服务账号“%(name)s”等待核准") % {"name": service}
    meta = _("%(who)s 申请：%(roles)s") % {"who": service.made_by, "roles": roles}
    return AdminTask(title, meta, url, _("核准"), "plug")


def _locked(at: datetime) -> Iterator[AdminTask]:
    locked = Failure.objects.filter(locked_until__gt=at)
    names = sorted(set(locked.exclude(username="").values_list("username", flat=True)))
    if names:
        title = _("%(count)d 个账号已锁定") % {"count": len(names)}
        meta = _("、").join(names[:5]) + ("…" if len(names) > 5 else "")
        yield AdminTask(title, meta, reverse("signins"), _("查看"), "lock")


def _guessing() -> Iterator[AdminTask]:
    """Addresses from which far more failed than one forgetful person would."""
    rows = Failure.objects.filter(username="", count__gte=MANY_FAILURES).order_by("-count")
    addresses = list(rows.values_list("address", "count")[:5])
    if addresses:
        title = _("%(count)d 个地址反复登录失败") % {"count": len(addresses)}
        meta = _("、").join(f"{address} × {count}" for address, count in addresses)
        yield AdminTask(title, meta, reverse("signins"), _("查看"), "alert-triangle", "bad")


def _half_secured(at: datetime) -> Iterator[AdminTask]:
    secured = Account.objects.filter(second_step_at__isnull=False).values("user")
    people = administrators(at).filter(OF_PEOPLE, is_active=True).exclude(pk__in=secured)
    names = [str(person) for person in people.order_by("name", "pk")]
    if names:
        title = _("%(count)d 位管理员没有启用两步验证") % {"count": len(names)}
        meta = _("、").join(names[:5])
        yield AdminTask(title, meta, reverse("signins"), _("要求启用"), "shield")
