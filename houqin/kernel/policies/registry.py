"""Numbers of law and of house rules, each declared once by the app that obeys it.

FILED_AFTER = Policy("demands.filed_after", 15, unit=Unit.DAYS, label=_("…"))     in policies.py
FILED_AFTER.at(moment)      the value in force then: the organisation's own, else the declared one
FILED_AFTER.span(moment)    the same as a length of time
@counts(FILED_AFTER, _("…"))    what a value would move; the page shows it before a change
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import Refused
from houqin.kernel.registry import Registered, Registry, Text

if TYPE_CHECKING:
    from houqin.kernel.policies.models import PolicyValue

Value = bool | int | float | str
V = TypeVar("V", bool, int, float, str)
Count = Callable[[Any, datetime], int]

FRESH_FOR = 3.0  # seconds for which a process trusts what it has read


class OrganisationKind(models.TextChoices):
    """What kind of organisation runs the house; policies may have a preset for it."""

    ENTERPRISE = "enterprise", _("企业")
    SCHOOL = "school", _("学校")
    HOSPITAL = "hospital", _("医院")
    GOVERNMENT = "government", _("机关")


class Source(models.TextChoices):
    """Who says so."""

    LAW = "law", _("法律法规")
    STANDARD = "standard", _("标准规范")
    HOUSE = "house", _("内部规定")


class PolicyUnit(models.TextChoices):
    """What a number counts. Those of time are the units of clocks, and may start one (`start_policy`)."""

    MINUTES = "minutes", _("分钟")
    HOURS = "hours", _("小时")
    WORKING_HOURS = "working_hours", _("工作小时")
    WORKING_DAYS = "working_days", _("个工作日")
    DAYS = "days", _("天")
    MONTHS = "months", _("个月")
    TIMES = "times", _("次")
    PERCENT = "percent", "%"
    STARS = "stars", _("星")


@dataclass(frozen=True, eq=False)
class Policy(Generic[V]):
    """One value that rules something. Its type is that of `default`; with `choices` it is one of them.

    `reference` names the paragraph. `presets` are other defaults for a kind of organisation.
    """

    key: str
    default: V
    label: Text
    unit: PolicyUnit | None = None
    source: Source = Source.HOUSE
    reference: Text = ""
    note: Text = ""
    least: float = 0
    most: float | None = None
    choices: Sequence[tuple[str, Text]] = ()
    presets: Mapping[OrganisationKind, V] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.key in POLICIES:
            raise ImproperlyConfigured(f"Two policies are called {self.key}.")
        for value in (self.default, *self.presets.values()):
            if problem := self.problem(value):
                raise ImproperlyConfigured(f"{self.key}: {problem}")
        POLICIES[self.key] = self

    @property
    def app(self) -> str:
        """The label of the app that declares it."""
        return self.key.partition(".")[0]

    def at(self, moment: datetime) -> V:
        """The value in force at `moment`."""
        for row in reversed(_values().get(self.key, ())):
            if row.in_force(moment):
                value: V = row.value
                return value
        return self.default

    def span(self, moment: datetime) -> timedelta:
        """The value in force at `moment` as a length of time."""
        return self.length(self.at(moment))

    def length(self, value: Value) -> timedelta:
        """`value` of this policy's unit as a length of time."""
        assert self.unit in (PolicyUnit.MINUTES, PolicyUnit.HOURS, PolicyUnit.DAYS)
        return timedelta(**{str(self.unit): float(value)})

    def words(self, value: Value) -> str:
        """`value` with its unit, as people read it."""
        if isinstance(value, bool):
            return _now("是") if value else _now("否")
        if self.choices:
            return str(dict(self.choices).get(str(value), value))
        number = f"{value:g}" if isinstance(value, float) else str(value)
        if self.unit is None:
            return number
        return f"{number}%" if self.unit is PolicyUnit.PERCENT else f"{number} {self.unit.label}"

    def problem(self, value: Any) -> str:
        """Why `value` is none of this policy, "" when it is one."""
        if type(value) is not type(self.default):
            return _now("取值的类型不对。")
        if self.choices and value not in dict(self.choices):
            return _now("请选一项。")
        if not isinstance(value, (bool, str)) and not self._in_range(value):
            return _now("取值超出允许的范围。")
        return ""

    def _in_range(self, value: float) -> bool:
        return value >= self.least and (self.most is None or value <= self.most)

    def check(self, value: Any) -> None:
        """Raise Refused for a value that is none of this policy."""
        if problem := self.problem(value):
            raise Refused(problem)


POLICIES: dict[str, Policy[Any]] = {}
# What people call the app whose label a key begins with; the app registers itself in `policies.py`.
GROUPS: Registry[Registered] = Registry("groups of policies")
COUNTS: dict[str, list[tuple[Text, Count]]] = {}


def counts(policy: Policy[V], label: Text) -> Callable[[Count], Count]:
    """Register the decorated function: how many things `label` speaks of, were `policy` that value now."""

    def register(count: Count) -> Count:
        COUNTS.setdefault(policy.key, []).append((label, count))
        return count

    return register


# What this process has read, and until when it is trusted. One small query in FRESH_FOR seconds: what
# another process has changed is seen after that, with no cache between them that could fail.
_read: tuple[float, Mapping[str, Sequence[PolicyValue]]] = (0.0, {})


def _values() -> Mapping[str, Sequence[PolicyValue]]:
    global _read
    until, values = _read
    if time.monotonic() < until:
        return values
    rows: dict[str, list[PolicyValue]] = {}
    # What is declared lies below the models; the rows are asked for when they are needed.
    for row in apps.get_model("policies", "PolicyValue").objects.in_order():
        rows.setdefault(row.key, []).append(row)
    _read = (time.monotonic() + FRESH_FOR, rows)
    return rows


def forget() -> None:
    """Read the values anew the next time one is asked for."""
    global _read
    _read = (0.0, {})
