"""Writing the chains: who is asked for what."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.shared.approvals.flow import OVERSEES
from houqin.shared.approvals.kinds import StepRule
from houqin.shared.approvals.models import Chain


@transaction.atomic
def save_chain(
    actor: User,
    chain: Chain | None,
    *,
    kind: str,
    name: str,
    steps: Sequence[StepRule],
    min_fen: int = 0,
    below_fen: int | None = None,
    place: Place | None = None,
    department: Department | None = None,
    category: str = "",
    position: int = 10,
    active: bool = True,
) -> Chain:
    """Write a chain; what is being approved keeps the steps that it began with.

    Raises Refused for one whose steps could all be left out: what it fits would pass unasked.
    """
    require_everywhere(actor, OVERSEES)
    if all(step.from_fen > min_fen for step in steps):
        raise Refused(_("至少有一步不能另设起审金额，否则小额的没有人审批。"))
    chain = chain or Chain()
    chain.kind, chain.name, chain.position, chain.active = kind, name, position, active
    chain.min_fen, chain.below_fen, chain.category = min_fen, below_fen, category
    chain.place, chain.department = place, department
    chain.steps = [step.stored() for step in steps]
    chain.save()
    record(actor, "chain.saved", chain, at=now(), name=name, active=active, steps=chain.steps)
    return chain
