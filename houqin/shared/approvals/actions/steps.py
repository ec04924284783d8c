"""What every action on an approval is made of: lock it, take a step, ask people, settle what they say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.shared.approvals.kinds import KINDS, Matter
from houqin.shared.approvals.models import Approval, Turn, digest_of
from houqin.shared.approvals.routing import people_for


def lock(approval: Approval) -> models.Model:
    """The subject, locked; then the approval as it is now. In this order, as the domain has its thing when
    it ends an approval: the other way round the two would wait for each other."""
    subject = subject_of(approval)
    locked = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    approval.refresh_from_db(from_queryset=Approval.objects.select_for_update(of=("self",)))
    approval.subject = locked
    return locked


def subject_of(approval: Approval) -> models.Model:
    subject = approval.subject
    if not isinstance(subject, models.Model):
        raise Refused(_("要审批的事项已经不在了。"))
    return subject


def is_as_shown(approval: Approval, subject: models.Model) -> bool:
    kind = KINDS[approval.kind]
    return digest_of(kind.facts(subject), kind.amount(subject)) == approval.digest


def comment_facts(approval: Approval, comment: str) -> dict[str, Any]:
    """What each event of an approval says; others may be put beside it."""
    return {"title": approval.title, "comment": comment, "step": approval.step + 1}


def open_step(approval: Approval, step: int, at: datetime) -> None:
    """Open a step and ask its people; behind the last one it is approved. Where nobody may be asked it
    stays there and those who oversee it are told: nothing passes because nobody was there."""
    house, rules = the_house(), approval.rules
    if step >= max(1, len(rules)):
        Approval.FLOW.take(
            "pass", house, approval, at=at, facts=comment_facts(approval, ""), ended_at=at
        )
        return
    people = people_for(rules[step], matter_in(approval), at) if rules else []
    facts = {"step": step + 1, "people": [person.pk for person in people]}
    facts |= {"who": _("、").join(str(person) for person in people)}
    changes: dict[str, Any] = {"step": step, "lap": approval.lap + 1, "stuck": not people}
    Approval.FLOW.take(
        "open" if people else "strand",
        house,
        approval,
        at=at,
        facts=comment_facts(approval, "") | facts,
        **changes,
    )
    ask(approval, people, at)


def matter_in(approval: Approval) -> Matter:
    return Matter(
        approval.kind,
        approval.owner,
        approval.place,
        approval.amount_fen,
        approval.category,
        approval.own,
    )


def ask(approval: Approval, people: list[User], at: datetime, *, must: bool = False) -> None:
    lap, step = approval.lap, approval.step
    Turn.objects.bulk_create(
        Turn(approval=approval, step=step, lap=lap, user=person, must=must, asked_at=at)
        for person in people
    )


def settle(turn: Turn, verdict: str, actor: User, at: datetime, comment: str) -> None:
    turn.verdict, turn.by, turn.at, turn.comment = verdict, actor, at, comment
    turn.save()


def skip_rest(approval: Approval, at: datetime) -> None:
    approval.turns.waiting().update(verdict=Turn.Verdict.SKIPPED, at=at)
