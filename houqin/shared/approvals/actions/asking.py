"""Asking for an approval, and what ends it beside a decision. Who may ask is the rule of the domain whose
thing it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.shared.approvals.actions.steps import (
    comment_facts,
    is_as_shown,
    lock,
    open_step,
    skip_rest,
    subject_of,
)
from houqin.shared.approvals.kinds import KINDS, ApprovalKind, matter_of
from houqin.shared.approvals.models import Approval, digest_of
from houqin.shared.approvals.policies import URGED_AT_MOST_EVERY
from houqin.shared.approvals.routing import chain_for, rules_for

S = Approval.Status


@transaction.atomic
def ask_approval(
    actor: User, kind: ApprovalKind, subject: models.Model, *, comment: str = ""
) -> Approval:
    """Ask whether `subject` may be done; one that was sent back is asked again.

    Raises Refused while it is being asked already.
    """
    at = now()
    live = Approval.objects.of(subject).live().filter(kind=kind.code).first()
    if live is not None:
        if live.status != S.RETURNED:
            raise Refused(_("“%(title)s”已经在审批中。") % {"title": live.title})
        _ask_again(the_house(), live, actor, at, comment)
        return live
    approval = Approval(
        number=next_number("SP", at), kind=kind.code, subject=subject, requester=actor, asked_at=at
    )
    for name, value in _as_it_stands(kind, subject, actor).items():
        setattr(approval, name, value)
    facts = {"title": approval.title, "comment": comment}
    Approval.FLOW.begin("ask", actor, approval, at=at, facts=facts)
    open_step(approval, 0, at)
    return approval


def _as_it_stands(kind: ApprovalKind, subject: models.Model, requester: User) -> dict[str, Any]:
    """What is kept of the subject, and the steps that it takes now."""
    matter = matter_of(kind, subject, requester)
    chain, facts = chain_for(matter), kind.facts(subject)
    return {
        "title": kind.title(subject)[:120],
        "owner": matter.owner,
        "place": matter.place,
        "amount_fen": matter.amount_fen,
        "category": matter.category,
        "shown": facts,
        "digest": digest_of(facts, matter.amount_fen),
        "chain": chain,
        "steps": [rule.stored() for rule in rules_for(matter, chain)],
    }


@transaction.atomic
def resubmit_approval(actor: User, approval: Approval, *, comment: str = "") -> None:
    """Ask again after it was sent back: as the subject and the chains stand now, from the first step."""
    lock(approval)
    _ask_again(actor, approval, actor, now(), comment)


def _ask_again(
    actor: User, approval: Approval, requester: User, at: datetime, comment: str
) -> None:
    standing = _as_it_stands(KINDS[approval.kind], subject_of(approval), requester)
    facts = {"title": standing["title"], "comment": comment}
    Approval.FLOW.take(
        "resubmit",
        actor,
        approval,
        at=at,
        facts=facts,
        named=requester,
        requester=requester,
        **standing,
    )
    open_step(approval, 0, at)


@transaction.atomic
def withdraw_approval(actor: User, approval: Approval, *, comment: str = "") -> None:
    at = now()
    lock(approval)
    Approval.FLOW.check("withdraw", actor, approval)
    Approval.FLOW.take(
        "withdraw", actor, approval, at=at, facts=comment_facts(approval, comment), ended_at=at
    )
    skip_rest(approval, at)


def urged_too_soon(approval: Approval, at: datetime) -> str:
    """Why it may not be urged again yet, "" when it may."""
    pause: timedelta = URGED_AT_MOST_EVERY.span(at)
    if approval.urged_at is None or at >= approval.urged_at + pause:
        return ""
    again = localtime(approval.urged_at + pause)
    return _("刚催过，%(time)s 以后可以再催。") % {"time": f"{again:%m-%d %H:%M}"}


@transaction.atomic
def urge_approval(actor: User, approval: Approval, *, comment: str = "") -> None:
    """Remind those whom the step waits for. Raises Refused within URGED_AT_MOST_EVERY of the last time."""
    at = now()
    Approval.FLOW.check("urge", actor, approval)
    if why := urged_too_soon(approval, at):
        raise Refused(why)
    Approval.FLOW.take(
        "urge", actor, approval, at=at, facts=comment_facts(approval, comment), urged_at=at
    )


@transaction.atomic
def comment_approval(actor: User, approval: Approval, *, comment: str) -> None:
    at = now()
    Approval.FLOW.take("comment", actor, approval, at=at, facts=comment_facts(approval, comment))


@transaction.atomic
def void_changed(subject: models.Model) -> int:
    """Void the approvals of `subject` that were asked or given for something else than it is now; how many.

    Domains call it after a change of what was approved.
    """
    standing = Approval.objects.of(subject).filter(status__in=[S.RUNNING, S.APPROVED])
    changed = [
        candidate
        for candidate in standing.select_for_update()
        if not is_as_shown(candidate, subject)
    ]
    for approval in changed:
        _void(approval, _("送审后内容改过"))
    return len(changed)


@transaction.atomic
def drop_approvals(subject: models.Model) -> None:
    """End what is still asked about a thing that is over."""
    for approval in Approval.objects.of(subject).live().select_for_update():
        _void(approval, _("事项已结束"))


def _void(approval: Approval, why: str) -> None:
    at = now()
    Approval.FLOW.take(
        "void", the_house(), approval, at=at, facts=comment_facts(approval, why), ended_at=at
    )
    skip_rest(approval, at)


def must_be_approved(kind: ApprovalKind, subject: models.Model) -> Approval:
    """The approval of `subject` as it is now; Refused where there is none: the gate before a verb."""
    approved = Approval.objects.of(subject).filter(kind=kind.code, status=S.APPROVED)
    for approval in approved.order_by("-pk"):
        if is_as_shown(approval, subject):
            return approval
    if approved.exists():
        raise Refused(_("“%(title)s”审批后改过，须重新送审。") % {"title": kind.title(subject)})
    raise Refused(_("“%(title)s”须先审批。") % {"title": kind.title(subject)})
