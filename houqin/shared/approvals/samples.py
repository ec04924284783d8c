"""One approval and one chain, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.kernel.people.models import Role
from houqin.shared.approvals.actions import ask_approval, save_chain
from houqin.shared.approvals.kinds import KINDS, ROLE, StepRule
from houqin.shared.approvals.models import Approval, Chain


def running(cast: Any) -> Approval:
    """Whether a thing of wu's may be done, asked by chen; it waits for lin."""
    subject = cast.submit()
    (kind,) = [kind for kind in KINDS if kind.model is type(subject)]
    return ask_approval(cast.chen, kind, subject)


def chain(cast: Any) -> Chain:
    kind = next(iter(KINDS)).code
    steps = [StepRule(ROLE, Role.MANAGER, everyone=True), StepRule(ROLE, Role.FINANCE)]
    return save_chain(cast.lin, None, kind=kind, name="大额", steps=steps, min_fen=1_000_000)
