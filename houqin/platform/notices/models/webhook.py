from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.trail.messages import SAYINGS
from houqin.kernel.trail.models import Event

# The business leaves by hooks, and none of the three administrators has a part in it (三员分立).
RUN_BY: Final = frozenset({Role.MANAGER})
# Who may come in, and how, is told to nobody outside, whatever a hook asks for.
NEVER_OUT: Final = ("user.*", "role.*", "token.*", "service.*")


def may_run(user: User) -> bool:
    """Whether `user` runs what leaves the house: a manager of all of it."""
    return bool(RUN_BY & user.roles_at(None))


def may_leave(name: str) -> bool:
    """Whether events of this name may be posted at all: neither inner notes nor what is about accounts."""
    saying = SAYINGS.get(name)
    inner = saying is not None and saying.inner
    return not inner and not any(fnmatchcase(name, pattern) for pattern in NEVER_OUT)


class HookQuerySet(models.QuerySet["Hook"]):
    def visible_to(self, user: User) -> HookQuerySet:
        return self if may_run(user) else self.none()


class Hook(models.Model):
    """An address outside the house that events are posted to: a group robot or another system.

    `url` of a robot holds its key, so neither it nor `secret` is ever shown again. What somebody wrote goes
    out only `with_text`.
    """

    class Kind(models.TextChoices):
        WECOM = "wecom", _("企业微信群机器人")
        DINGTALK = "dingtalk", _("钉钉群机器人")
        FEISHU = "feishu", _("飞书群机器人")
        SIGNED = "signed", _("其他系统（签名 JSON）")

    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    url = models.CharField(_("地址"), max_length=500)
    secret = models.CharField(_("密钥"), max_length=200, blank=True)
    events = models.JSONField(default=list)  # patterns such as request.* and clock.alarm
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, default="zh-hans")
    at_all = models.BooleanField(default=False)
    with_text = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    objects = HookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="signed", secret=""), name="signed_hook_has_a_secret"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("setup:hooks")

    @property
    def is_robot(self) -> bool:
        return self.kind != Hook.Kind.SIGNED

    @property
    def shown_url(self) -> str:
        """Where it goes, without the key: the host, and the last characters to tell two robots apart."""
        return f"{urlsplit(self.url).hostname}/…{self.url[-4:]}"

    def wants(self, event: Event) -> bool:
        """Whether `event` may leave, has a name that is asked for, and happened at or below the place, if one
        is set."""
        if not may_leave(event.name) or not any(
            fnmatchcase(event.name, pattern) for pattern in self.events
        ):
            return False
        place = first_of(event.target, "place")
        return self.place is None or (place is not None and place.path.startswith(self.place.path))


def first_of(target: Any, name: str, otherwise: Any = None) -> Any:
    """`target.name`, or that of what the target is about: the field that its model names in `ABOUT`."""
    about = getattr(target, getattr(target, "ABOUT", ""), None)
    holders: Sequence[Any] = (target, about)
    return next(
        (getattr(holder, name) for holder in holders if getattr(holder, name, None)), otherwise
    )
