"""The first service standard, as the regulation sets it (R2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_noop

from houqin.kernel.clock.models import Grade, HoldReason, Kind, PromisedTime, Standard, UnitChoice

NAME: Final = "服务标准 2026 版"
REGULATION: Final = "《后勤服务管理办法》"

Promise = tuple[int, str]

# 初审 and 验收 are the same for every grade; 响应 and 办理 are what the grade means.
REVIEW: Final[Promise] = (1, UnitChoice.WORKING_DAYS)
ACCEPTANCE: Final[Promise] = (5, UnitChoice.WORKING_DAYS)
BY_GRADE: Final[dict[str, tuple[Promise, Promise]]] = {
    Grade.URGENT: ((2, UnitChoice.HOURS), (4, UnitChoice.HOURS)),
    Grade.IMPORTANT: ((24, UnitChoice.HOURS), (48, UnitChoice.HOURS)),
    Grade.ROUTINE: ((3, UnitChoice.WORKING_DAYS), (5, UnitChoice.WORKING_DAYS)),
}

# code, words (collected for translation, stored in Chinese), whether the clocks stop
HOLD_REASONS: Final = [
    ("parts", gettext_noop("等备件"), True),
    ("requester", gettext_noop("等需求人"), True),
    ("access", gettext_noop("进不去现场"), True),
    ("outside", gettext_noop("等外单位"), False),
    ("shift", gettext_noop("当班做不完"), False),
]


@transaction.atomic
def seed_standard() -> Standard:
    """The standard a new house starts with; what is there already is left as it is.

    It is in force from 2004 on, so that an imported history has a version for each of its days.
    """
    since = datetime(2004, 1, 1, tzinfo=get_default_timezone())
    standard, created = Standard.objects.get_or_create(
        name=NAME, defaults={"regulation": REGULATION, "effective_from": since}
    )
    if created:
        PromisedTime.objects.bulk_create(_promises(standard))
        HoldReason.objects.bulk_create(
            HoldReason(standard=standard, code=code, label=label, stops=stops)
            for code, label, stops in HOLD_REASONS
        )
    return standard


def _promises(standard: Standard) -> Iterator[PromisedTime]:
    for grade, (response, handling) in BY_GRADE.items():
        times = {
            Kind.REVIEW: REVIEW,
            Kind.RESPONSE: response,
            Kind.HANDLING: handling,
            Kind.ACCEPTANCE: ACCEPTANCE,
        }
        for kind, (amount, unit) in times.items():
            yield PromisedTime(standard=standard, grade=grade, kind=kind, amount=amount, unit=unit)
