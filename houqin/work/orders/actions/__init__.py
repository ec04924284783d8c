"""Everything that happens to a work order."""

from houqin.work.orders.actions.assignment import (
    Assignment,
    Job,
    ask_help,
    cancel_order,
    hand_over_order,
    offer_order,
    plan_order,
    reassign_order,
    release_order,
    send_help,
    skill_of,
)
from houqin.work.orders.actions.checklist import steps_missing, tick_order
from houqin.work.orders.actions.completion import (
    AFTER,
    BEFORE,
    Photo,
    Used,
    finish_order,
    photograph_order,
    photos_missing,
)
from houqin.work.orders.actions.execution import (
    accept_order,
    arrive_order,
    hand_back_order,
    hold_order,
    resume_order,
    start_order,
)
from houqin.work.orders.actions.fault_codes import (
    add_fault_code,
    change_fault_code,
    remove_fault_code,
    seed_fault_codes,
)
from houqin.work.orders.actions.handover import pass_on_order

__all__ = [
    "AFTER",
    "BEFORE",
    "Assignment",
    "Job",
    "Photo",
    "Used",
    "accept_order",
    "add_fault_code",
    "arrive_order",
    "ask_help",
    "cancel_order",
    "change_fault_code",
    "finish_order",
    "hand_back_order",
    "hand_over_order",
    "hold_order",
    "offer_order",
    "pass_on_order",
    "photograph_order",
    "photos_missing",
    "plan_order",
    "reassign_order",
    "release_order",
    "remove_fault_code",
    "resume_order",
    "seed_fault_codes",
    "send_help",
    "skill_of",
    "start_order",
    "steps_missing",
    "tick_order",
]
