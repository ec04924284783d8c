"""A demand whose entry of the catalogue asks for it is approved before it is accepted."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Category
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import Role
from houqin.kernel.registry import Text
from houqin.shared.approvals.kinds import KINDS, ROLE, ApprovalKind, StepRule


def _facts(demand: Demand) -> dict[str, str]:
    """Not the grade, which says when and not what; and nothing in the language of who looks."""
    known = demand.answers
    answers = [
        f"{question['label']}：{_plain(known[question['code']])}"
        for question in demand.entry.questions
        if known.get(question["code"]) not in (None, "")
    ]
    return {
        "service": demand.entry.name,
        "place": demand.place.full_name,
        "title": demand.title,
        "body": demand.body,
        "answers": "；".join(answers),
    }


def _plain(answer: Any) -> str:
    return ("是" if answer else "否") if isinstance(answer, bool) else str(answer)


def _categories() -> list[tuple[str, Text]]:
    return [(category.code, str(category)) for category in Category.objects.all()]


DEMAND: Final = KINDS.register(
    ApprovalKind(
        "demand",
        _("需求"),
        model=Demand,
        labels={
            "service": _("服务项"),
            "place": _("地点"),
            "title": _("内容"),
            "body": _("详细说明"),
            "answers": _("答复"),
        },
        facts=_facts,
        owner=lambda demand: demand.requester,
        title=lambda demand: demand.title,
        place=lambda demand: demand.place,
        category=lambda demand: demand.entry.category.code,
        categories=_categories,
        usual=(StepRule(ROLE, Role.MANAGER),),
        words={"service": _now},
    )
)
