"""Deciding: those who are asked say yes or no, send it back, or let others have a say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.administrators import is_administrator
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.platform.files.actions import Received, Upload, attach
from houqin.shared.approvals.actions.steps import (
    ask,
    comment_facts,
    is_as_shown,
    lock,
    open_step,
    settle,
    skip_rest,
)
from houqin.shared.approvals.models import Approval, Turn

S, V = Approval.Status, Turn.Verdict


@transaction.atomic
def approve_approval(
    actor: User,
    approval: Approval,
    *,
    comment: str = "",
    name: str = "",
    signature: Upload | Received | None = None,
) -> None:
    """Agree; when the step has what it needs, the next one opens or the whole is approved.

    Raises Refused when the subject is no longer what was shown, and without a signature where the step asks
    for one.
    """
    at, subject = now(), lock(approval)
    turn = _turn(actor, approval)
    Approval.FLOW.check("approve", actor, approval)
    if not is_as_shown(approval, subject):
        raise Refused(_("送审后内容改过，请退回送审人重新送审。"))
    if _signs(approval) and not (signature or name.strip()):
        raise Refused(_("请手写签名，或键入您的姓名。"))
    Approval.FLOW.take("approve", actor, approval, at=at, facts=comment_facts(approval, comment))
    turn.signed_name = name.strip()
    if signature:
        turn.signature = attach(actor, approval, signature, tag="signature", at=at)
    settle(turn, V.APPROVED, actor, at, comment)
    if _has_what_it_needs(approval):
        skip_rest(approval, at)
        open_step(approval, approval.step + 1, at)


@transaction.atomic
def reject_approval(actor: User, approval: Approval, *, comment: str) -> None:
    """Say no; one no ends it, whoever else was asked."""
    at = now()
    _close_step("reject", V.REJECTED, actor, approval, comment, at, ended_at=at)


@transaction.atomic
def send_back_approval(actor: User, approval: Approval, *, comment: str) -> None:
    """Let the requester change it and ask again."""
    _close_step("send_back", V.SENT_BACK, actor, approval, comment, now())


@transaction.atomic
def step_back_approval(actor: User, approval: Approval, *, to: int, comment: str) -> None:
    """Open a former step once more. Raises Refused for one that is not before this one."""
    at = now()
    lock(approval)
    if not 0 <= to < approval.step:
        raise Refused(_("只能退回前面的步骤。"))
    _close_step("step_back", V.SENT_BACK, actor, approval, comment, at, facts={"to": to + 1})
    open_step(approval, to, at)


def _close_step(
    verb: str,
    verdict: str,
    actor: User,
    approval: Approval,
    comment: str,
    at: datetime,
    *,
    facts: dict[str, Any] | None = None,
    ended_at: datetime | None = None,
) -> None:
    """Whoever speaks `verb` has decided for all who were asked at the step."""
    lock(approval)
    turn, facts = _turn(actor, approval), comment_facts(approval, comment) | (facts or {})
    Approval.FLOW.take(verb, actor, approval, at=at, facts=facts, ended_at=ended_at)
    settle(turn, verdict, actor, at, comment)
    skip_rest(approval, at)


@transaction.atomic
def delegate_approval(actor: User, approval: Approval, *, to: User, comment: str = "") -> None:
    """Let somebody else decide in one's place. Raises Refused for who may not approve it."""
    at = now()
    lock(approval)
    turn = _turn(actor, approval)
    _ask_too("delegate", actor, approval, to, comment, at, must=turn.must)
    settle(turn, V.DELEGATED, actor, at, comment)


@transaction.atomic
def add_sign(actor: User, approval: Approval, *, to: User, comment: str = "") -> None:
    """Ask one more person before it goes on; one's own part stays."""
    lock(approval)
    _turn(actor, approval)
    _ask_too("add_sign", actor, approval, to, comment, now())


@transaction.atomic
def assign_approval(actor: User, approval: Approval, *, to: User, comment: str = "") -> None:
    """Name who decides a step for which nobody was there."""
    lock(approval)
    _ask_too("assign", actor, approval, to, comment, now())


@transaction.atomic
def pass_on_turn(actor: User, turn: Turn, *, to: User, reason: str) -> None:
    """`to` decides instead of somebody who leaves. Whether `actor` may do that is the rule of the caller."""
    at, approval = now(), turn.approval
    lock(approval)
    turn.refresh_from_db()
    if turn.waits(approval):
        _ask_too("pass_on", the_house(), approval, to, reason, at, named=actor, must=turn.must)
        settle(turn, V.DELEGATED, actor, at, reason)


def _ask_too(
    verb: str,
    actor: User,
    approval: Approval,
    to: User,
    comment: str,
    at: datetime,
    *,
    named: User | None = None,
    must: bool = True,
) -> None:
    """Ask `to` at the open step. Raises Refused for somebody who may not approve it or has been asked."""
    Approval.FLOW.check(verb, actor, approval)
    if to.pk in approval.own:
        raise Refused(_("%(name)s 是申请人或送审人，不能审批自己的事。") % {"name": to})
    if is_administrator(to, at):
        raise Refused(_("%(name)s 是系统的管理员，不参与业务审批。") % {"name": to})
    asked = approval.turns.filter(lap=approval.lap, user=to)
    if asked.filter(verdict__in=[V.WAITING, V.APPROVED]).exists():
        raise Refused(_("这一步已经请过 %(name)s 审批。") % {"name": to})
    facts = comment_facts(approval, comment) | {"to": str(to), "people": [to.pk]}
    Approval.FLOW.take(verb, actor, approval, at=at, facts=facts, named=named, stuck=False)
    ask(approval, [to], at, must=must)


def _turn(actor: User, approval: Approval) -> Turn:
    """The part that waits for `actor`. Raises Refused for who has had theirs, or whose step is over."""
    mine = approval.turns.filter(user__in=actor.faces)
    if not mine.exists() or actor.pk in approval.own:
        Approval.FLOW.check("approve", actor, approval)
    waiting = mine.waiting().filter(lap=approval.lap).order_by("-must", "pk").first()
    if waiting is None or approval.status != S.RUNNING:
        raise Refused(_("这一步已经有人处理了，请刷新后再看。"))
    return waiting


def _has_what_it_needs(approval: Approval) -> bool:
    """Whether the open step is done: who must agree has, and of the others one or all have."""
    turns = list(approval.turns.filter(lap=approval.lap).exclude(verdict=V.DELEGATED))
    agreed = {turn.pk: turn.verdict == V.APPROVED for turn in turns}
    others = [agreed[turn.pk] for turn in turns if not turn.must]
    if not all(agreed[turn.pk] for turn in turns if turn.must):
        return False
    everyone = bool(approval.rules) and approval.rules[approval.step].everyone
    return not others or (all if everyone else any)(others)


def _signs(approval: Approval) -> bool:
    return bool(approval.rules) and approval.rules[approval.step].signs
