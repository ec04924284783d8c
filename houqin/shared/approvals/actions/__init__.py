"""Everything that happens to an approval, and the gate that domains ask before what needs one."""

from houqin.shared.approvals.actions.asking import (
    ask_approval,
    comment_approval,
    drop_approvals,
    must_be_approved,
    resubmit_approval,
    urge_approval,
    urged_too_soon,
    void_changed,
    withdraw_approval,
)
from houqin.shared.approvals.actions.chains import save_chain
from houqin.shared.approvals.actions.deciding import (
    add_sign,
    approve_approval,
    assign_approval,
    delegate_approval,
    pass_on_turn,
    reject_approval,
    send_back_approval,
    step_back_approval,
)
from houqin.shared.approvals.actions.steps import matter_in

__all__ = [
    "add_sign",
    "approve_approval",
    "ask_approval",
    "assign_approval",
    "comment_approval",
    "delegate_approval",
    "drop_approvals",
    "matter_in",
    "must_be_approved",
    "pass_on_turn",
    "reject_approval",
    "resubmit_approval",
    "save_chain",
    "send_back_approval",
    "step_back_approval",
    "urge_approval",
    "urged_too_soon",
    "void_changed",
    "withdraw_approval",
]
