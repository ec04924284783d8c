"""What it takes until the first request can be raised, in order, and how far a house is."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import Role, RoleGrant, User, holders
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place
from houqin.setup import permissions
from houqin.setup.directory.models import RoleWish
from houqin.setup.events import STEPS as TITLES
from houqin.setup.first_steps.models import SettledStep
from houqin.setup.organisation.models import Organisation
from houqin.setup.sign_in_links.actions import lived_in
from houqin.work.teams.models import Member

BUSINESS_POSTS: Final = frozenset({Role.COORDINATOR, Role.TECHNICIAN, Role.LEAD, Role.DUTY})


@dataclass(frozen=True)
class SetupStep:
    """`by` do it at `route`; `done()` looks whether it is. `otherwise` says what leaving it out means; a step
    without it cannot be left out. A `confirmed` one counts when a person says that it is right."""

    code: str
    title: str | Promise
    what: str | Promise
    by: Set[Role]
    route: str
    button: str | Promise = ""
    done: Callable[[], bool] = lambda: False
    otherwise: str | Promise = ""
    confirmed: bool = False


def _roles_given() -> bool:
    working = RoleGrant.objects.filter(role__in=BUSINESS_POSTS).exists()
    return working and not RoleWish.objects.exists()


STEPS: Final = (
    SetupStep(
        "organisation", TITLES["organisation"],
        _("单位叫什么；主管一人，系统、安全、审计管理员各一人，四个人互不兼任。"),
        frozenset(), "setup:wizard",
        done=lived_in,
    ),
    SetupStep(
        "sheet", TITLES["sheet"],
        _("下载模板，填好三张表，上传后先看预览，有错逐行指出，全对了才写入。以后按编码更新，不会重复。"),
        permissions.RUNS_ACCOUNTS, "setup:house_import", _("用 Excel 导入"), Place.objects.exists,
        _("也可以在“地点”“部门”“人员”里逐个添加；没有地点，谁都提不了需求。"),
    ),
    SetupStep(
        "roles", TITLES["roles"],
        _("表里写的角色要由安全管理员核对后授予，系统管理员不能给人授权。"), permissions.GRANTS_ROLES,
        "setup:wishes", _("核对并授予"), _roles_given,
        _("没有专员和技师，需求全由主管一人受理，也没有人可派。"),
    ),
    SetupStep(
        "calendar", TITLES["calendar"],
        _("法定节假日和调休已经装好；请核对每周工作时段，一天可以有几段。"), permissions.EDITS_CALENDAR,
        "setup:first_schedule", _("核对工作时段"),
        otherwise=_("按周一至周五 08:30–12:00、13:30–17:30 计算时限。"), confirmed=True,
    ),
    SetupStep(
        "standards", TITLES["standards"],
        _("紧急、重要、常规各在多久内响应和办结；默认值出自管理办法，可以发布自己的版本。"),
        permissions.PUBLISHES_STANDARDS, "setup:standards", _("核对服务标准"),
        otherwise=_("按默认标准计算时限。"), confirmed=True,
    ),
    SetupStep(
        "teams", TITLES["teams"],
        _("谁在哪个班组、会什么；派工时按工种和地点推荐人选。人员表里写了班组和工种的已经建好。"),
        permissions.RUNS_ACCOUNTS, "setup:house_import", _("在人员表里补上班组"), Member.objects.exists,
        _("派工时没有推荐人选，只能直接指定。"),
    ),
    SetupStep(
        "first", TITLES["first"],
        _("提一件真实的需求，受理、派工、完工、签字，走完一遍。"), frozenset({Role.MANAGER}),
        "channels:new_demand", _("提第一件需求"), Demand.objects.exists,
    ),
)  # fmt: skip
BY_CODE: Final = {step.code: step for step in STEPS}


@dataclass(frozen=True)
class StepStanding:
    """One step as `user` sees it: done, skipped or open; `mine` when they may do it, else `who` does."""

    step: SetupStep
    number: int
    state: str  # done | skipped | open
    mine: bool
    who: str
    url: str


def standings(user: User) -> list[StepStanding]:
    """Every step as it stands now."""
    settled = dict(SettledStep.objects.values_list("code", "skipped"))
    held = user.roles_at(None)
    return [
        StepStanding(
            step,
            number,
            _state(step, settled),
            bool(step.by & held),
            "" if step.by & held else _who(step),
            reverse(step.route),
        )
        for number, step in enumerate(STEPS, 1)
    ]


def unfinished() -> bool:
    """Whether any step is open in a house that was set up by these steps."""
    if not Organisation.objects.exists():
        return False
    settled = dict(SettledStep.objects.values_list("code", "skipped"))
    return any(_state(step, settled) == "open" for step in STEPS)


def _state(step: SetupStep, settled: dict[str, bool]) -> str:
    if step.done() or settled.get(step.code) is False:
        return "done"
    return "skipped" if step.code in settled else "open"


def _who(step: SetupStep) -> str:
    """Those who do the step: 系统管理员 张三."""
    roles = _("、").join(ROLES.label(role) for role in sorted(step.by))
    names = _("、").join(str(person) for person in holders(step.by, None)[:3]) if step.by else ""
    return f"{roles} {names}".strip()
