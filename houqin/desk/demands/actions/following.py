"""Following it through: the requester urges, the manager supervises and is answered (R2.2, R2.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from houqin.desk.demands.models import Demand, Supervision
from houqin.desk.demands.policies import URGED_AT_MOST_EVERY
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record


def urged_too_soon(demand: Demand, at: datetime) -> str:
    """Why it may not be urged again yet, "" when it may."""
    pause = URGED_AT_MOST_EVERY.span(at)
    if demand.urged_at is None or at >= demand.urged_at + pause:
        return ""
    again, whole_day = localtime(demand.urged_at + pause), pause >= timedelta(days=1)
    return _("%(period)s内已经催过一次，%(time)s 以后可以再催。") % {
        "period": URGED_AT_MOST_EVERY.words(URGED_AT_MOST_EVERY.at(at)),
        "time": f"{again:%m-%d %H:%M}" if whole_day else f"{again:%H:%M}",
    }


@transaction.atomic
def urge_demand(actor: User, demand: Demand, *, note: str = "") -> None:
    """The requester wants it sooner; those who do it and those who review hear of it.

    Raises Refused within URGED_AT_MOST_EVERY of the last time.
    """
    at = now()
    Demand.FLOW.check("urge", actor, demand)
    if why := urged_too_soon(demand, at):
        raise Refused(why)
    nth = demand.urges + 1
    facts = {"nth": nth, "note": note}
    Demand.FLOW.take("urge", actor, demand, at=at, facts=facts, urges=nth, urged_at=at)


@transaction.atomic
def supervise_demand(actor: User, demand: Demand, *, ask: str, due_at: datetime) -> Supervision:
    """A manager wants an answer by `due_at`. Raises Refused when that is not in the future."""
    at = now()
    Demand.FLOW.check("supervise", actor, demand)
    if due_at <= at:
        raise Refused(_("答复期限要晚于现在。"))
    facts = {"ask": ask, "due": due_at.isoformat()}
    Demand.FLOW.take("supervise", actor, demand, at=at, facts=facts, supervised=True)
    return Supervision.objects.create(demand=demand, by=actor, ask=ask, at=at, due_at=due_at)


@transaction.atomic
def answer_demand(actor: User, demand: Demand, *, answer: str) -> None:
    """Answer the supervision that is open."""
    at = now()
    Demand.FLOW.check("answer", actor, demand)
    supervision = demand.supervisions.open().get()
    facts = {"answer": answer, "by": supervision.by_id, "late": at > supervision.due_at}
    Demand.FLOW.take("answer", actor, demand, at=at, facts=facts, supervised=False)
    supervision.answer, supervision.answered_by, supervision.answered_at = answer, actor, at
    supervision.save(update_fields=["answer", "answered_by", "answered_at"])


@transaction.atomic
def chase_answer(supervision: Supervision) -> None:
    """The answer is late: everybody is told, once, and as of the moment it was due."""
    unchased = Supervision.objects.open().filter(pk=supervision.pk, chased_at=None)
    if not unchased.update(chased_at=supervision.due_at):
        raise Refused(_("%(thing)s 刚被他人更新，请刷新后再试。") % {"thing": supervision})
    record(
        the_house(),
        "demand.supervision_late",
        supervision.demand,
        at=supervision.due_at,
        ask=supervision.ask,
    )
