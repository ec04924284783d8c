"""How an approval goes: its steps in words, with those who have decided and those who will be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.people.roles import ROLES
from houqin.shared.approvals.flow import LIVE
from houqin.shared.approvals.kinds import KINDS, PERSON, ROLE, WHO, Matter, StepRule
from houqin.shared.approvals.models import Approval, Chain
from houqin.shared.approvals.routing import chain_for, people_for, rules_for
from houqin.ui.formatting import money


def words_of(rule: StepRule, names: dict[int, str]) -> str:
    """A step as people say it: 后勤主管 · 会签 · 满 ¥1,000.00."""
    who = ROLES.label(rule.role) if rule.who == ROLE else str(WHO[rule.who])
    parts = [names.get(rule.person, "—") if rule.who == PERSON else who]
    if rule.everyone:
        parts.append(_("会签"))
    if rule.from_fen:
        parts.append(_("满 %(amount)s") % {"amount": money(rule.from_fen)})
    if rule.signs:
        parts.append(_("手写签名"))
    return " · ".join(parts)


def names_in(rules: Sequence[StepRule]) -> dict[int, str]:
    named = User.objects.filter(pk__in=[rule.person for rule in rules if rule.person])
    return {person.pk: str(person) for person in named}


def foreseen(matter: Matter, at: datetime) -> tuple[Chain | None, list[dict[str, Any]]]:
    """The chain that fits, and who would be asked, in order."""
    chain = chain_for(matter)
    return chain, _asked(rules_for(matter, chain), matter, at)


def _asked(rules: Sequence[StepRule], matter: Matter, at: datetime) -> list[dict[str, Any]]:
    names = names_in(rules)
    return [
        {"words": words_of(rule, names), "people": people_for(rule, matter, at), "turns": []}
        for rule in rules
    ]


def course(approval: Approval, matter: Matter, at: datetime) -> list[dict[str, Any]]:
    """Each step: what was decided at its last opening, or who will be asked."""
    stops = _asked(approval.rules, matter, at) or [
        {"words": _("没有适用的审批链"), "people": [], "turns": []}
    ]
    turns = list(approval.turns.select_related("user", "by", "signature").order_by("pk"))
    for step, stop in enumerate(stops):
        last = max((turn.lap for turn in turns if turn.step == step), default=0)
        open_now = step == approval.step and approval.status == Approval.Status.RUNNING
        reached = step <= approval.step
        stop["turns"] = [turn for turn in turns if reached and turn.lap == last]
        stop["now"], stop["coming"] = open_now, not reached and approval.status in LIVE
    return stops


def facts_shown(approval: Approval) -> list[dict[str, Any]]:
    """What is approved, as it was shown when it was asked."""
    kind = KINDS[approval.kind]
    amount = money(approval.amount_fen) if approval.amount_fen is not None else ""
    return [
        {"label": _("金额"), "value": amount},
        {"label": _("申请人"), "value": approval.owner},
        {"label": _("送审人"), "value": approval.requester},
        *(
            {"label": kind.labels.get(key, key), "value": kind.words.get(key, str)(value)}
            for key, value in approval.shown.items()
        ),
    ]
