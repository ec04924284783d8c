"""Changing a policy. The rule before stays in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.models import Role, User
from houqin.kernel.policies.models import PolicyValue
from houqin.kernel.policies.registry import POLICIES, OrganisationKind, Policy, Value, forget
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record

CHANGES_POLICIES = frozenset({Role.MANAGER})


@transaction.atomic
def change_policy(
    actor: User,
    policy: Policy[Any],
    *,
    value: Value,
    reason: str,
    effective_from: datetime | None = None,
    effective_until: datetime | None = None,
) -> PolicyValue:
    """Put `value` in force from `effective_from` (None: at once) until `effective_until` (None: for good).

    Raises NotAllowed for anyone but a manager of the whole house, Refused for a value that is none of the
    policy, for dates that have passed or end before they begin, and without a reason.
    """
    at = now()
    require_everywhere(actor, CHANGES_POLICIES)
    policy.check(value)
    start = effective_from or at
    if start < at:
        raise Refused(_("生效时间不能早于现在：已经发生的按当时的规定办。"))
    if effective_until is not None and effective_until <= start:
        raise Refused(_("结束时间要晚于开始时间。"))
    if not reason.strip():
        raise Refused(_("请写明修改的原因。"))
    return _put(actor, policy, value, (start, effective_until), reason.strip(), at)


@transaction.atomic
def apply_presets(actor: User, kind: str, *, at: datetime) -> list[PolicyValue]:
    """Put in force from `at` what is usual for an organisation of `kind`; policies without a preset stay."""
    chosen = OrganisationKind(kind)
    reason = _("按单位类型“%(kind)s”预设") % {"kind": chosen.label}
    return [
        _put(actor, policy, policy.presets[chosen], (at, None), reason, at)
        for policy in POLICIES.values()
        if chosen in policy.presets
    ]


def _put(
    actor: User,
    policy: Policy[Any],
    value: Value,
    period: tuple[datetime, datetime | None],
    reason: str,
    at: datetime,
) -> PolicyValue:
    start, until = period
    before = policy.at(start)
    row = PolicyValue(key=policy.key, value=value, effective_from=start, effective_until=until)
    row.reason, row.set_by, row.set_at = reason, actor, at
    row.save(force_insert=True)
    forget()
    transaction.on_commit(forget)
    record(
        actor,
        "policy.changed",
        row,
        at=at,
        policy=policy.key,
        before=before,
        value=value,
        effective_from=start.isoformat(),
        reason=reason,
    )
    return row
