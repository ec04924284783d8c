"""Versions of the service standard: what is promised from when on, published by the manager (R3.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import product

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from houqin.kernel.clock.kinds import graded_kinds
from houqin.kernel.clock.models import (
    Clock,
    Grade,
    HoldReason,
    Kind,
    PromisedTime,
    Standard,
    UnitChoice,
)
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.messages import say

PUBLISHERS = {Role.MANAGER}

Promises = Mapping[tuple[str, str], tuple[int, str]]  # (grade, kind): (amount, unit)

say("standard.published", _lazy("发布服务标准“%(name)s”"), icon="versions")
say("standard.withdrawn", _lazy("撤回服务标准“%(name)s”"), icon="trash")


@dataclass(frozen=True)
class DraftedReason:
    """One reason of a version to put work on hold."""

    code: str
    label: str
    stops: bool


@transaction.atomic
def publish_standard(
    actor: User,
    *,
    name: str,
    regulation: str,
    effective_from: datetime,
    promises: Promises,
    hold_reasons: Sequence[DraftedReason],
) -> Standard:
    """Publish a version that comes into force in the future.

    Raises NotAllowed for anyone but a manager of the whole house, Refused for what `problems` finds, for a
    name that is taken and for a date that has passed.
    """
    at = now()
    require_everywhere(actor, PUBLISHERS)
    _check(name, effective_from, promises, hold_reasons, at)
    standard = Standard.objects.create(
        name=name, regulation=regulation, effective_from=effective_from
    )
    _fill(standard, promises, hold_reasons)
    record(
        actor,
        "standard.published",
        standard,
        at=at,
        name=name,
        effective_from=effective_from.isoformat(),
    )
    return standard


@transaction.atomic
def revise_standard(
    actor: User,
    standard: Standard,
    *,
    name: str,
    regulation: str,
    effective_from: datetime,
    promises: Promises,
    hold_reasons: Sequence[DraftedReason],
) -> Standard:
    """Put another version in place of one that has yet to come into force.

    Raises as `publish_standard` and `withdraw_standard`.
    """
    withdraw_standard(actor, standard)
    return publish_standard(
        actor,
        name=name,
        regulation=regulation,
        effective_from=effective_from,
        promises=promises,
        hold_reasons=hold_reasons,
    )


@transaction.atomic
def withdraw_standard(actor: User, standard: Standard) -> None:
    """Take back a version that has yet to come into force. Raises Refused for one that is or was in force."""
    at = now()
    require_everywhere(actor, PUBLISHERS)
    refuse_in_force(standard, at)
    if Clock.objects.filter(standard=standard).exists():
        raise Refused(_("已有时限按“%(name)s”计算，不能撤回。") % {"name": standard.name})
    record(actor, "standard.withdrawn", standard, at=at, name=standard.name)
    standard.delete()


def refuse_in_force(standard: Standard, at: datetime) -> None:
    """Refused when `standard` is or was in force: what was promised is not rewritten."""
    if standard.effective_from <= at:
        raise Refused(
            _("“%(name)s”已经生效，承诺过的时限不能改写；请发布新版本。") % {"name": standard.name}
        )


def problems(promises: Promises, hold_reasons: Sequence[DraftedReason]) -> list[str]:
    """What is wrong with a version, in sentences; empty when it can be published."""
    return [*_problems_of_promises(promises), *_problems_of_reasons(hold_reasons)]


def _problems_of_promises(promises: Promises) -> Iterator[str]:
    kinds = graded_kinds()
    if set(promises) != set(product(Grade.values, (kind.code for kind in kinds))):
        labels = _("、").join(str(kind.label) for kind in kinds)
        yield _("每个分级的%(kinds)s时限都要填写。") % {"kinds": labels}
    if any(amount < 1 or unit not in UnitChoice.values for amount, unit in promises.values()):
        yield _("时限要大于 0。")
    for grade in filter(partial(_responds_too_late, promises), Grade):
        yield _("“%(grade)s”的响应时限比办理时限还长。") % {"grade": grade.label}


def _responds_too_late(promises: Promises, grade: Grade) -> bool:
    """Whether the response may take longer than the handling, where both are counted in one unit."""
    response, handling = (promises.get((grade, kind)) for kind in (Kind.RESPONSE, Kind.HANDLING))
    if not response or not handling:
        return False
    return response[1] == handling[1] and response[0] > handling[0]


def _problems_of_reasons(hold_reasons: Sequence[DraftedReason]) -> Iterator[str]:
    if not hold_reasons:
        yield _("至少要列出一个挂起原因。")
    if len({reason.label for reason in hold_reasons}) < len(hold_reasons):
        yield _("挂起原因有重复。")


def _check(
    name: str,
    effective_from: datetime,
    promises: Promises,
    hold_reasons: Sequence[DraftedReason],
    at: datetime,
) -> None:
    sentences = problems(promises, hold_reasons)
    if effective_from <= at:
        sentences.append(_("生效时间要在将来：已经发生的需求按当时的标准计算。"))
    if Standard.objects.filter(name=name).exists():
        sentences.append(_("已有同名的版本，请换一个名称。"))
    if sentences:
        raise Refused(sentences[0])


def _fill(standard: Standard, promises: Promises, hold_reasons: Sequence[DraftedReason]) -> None:
    PromisedTime.objects.bulk_create(
        PromisedTime(standard=standard, grade=grade, kind=kind, amount=amount, unit=unit)
        for (grade, kind), (amount, unit) in promises.items()
    )
    HoldReason.objects.bulk_create(
        HoldReason(standard=standard, code=reason.code, label=reason.label, stops=reason.stops)
        for reason in hold_reasons
    )
