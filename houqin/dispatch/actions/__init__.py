"""Everything that happens to a work order."""

from houqin.dispatch.actions.doing import accept_order, hand_back_order, hold_order, resume_order, start_order
from houqin.dispatch.actions.finishing import (
    AFTER,
    BEFORE,
    Photo,
    Used,
    finish_order,
    photograph_order,
    photos_missing,
)
from houqin.dispatch.actions.giving import cancel_order, offer_order, reassign_order, skill_of

__all__ = [
    "AFTER",
    "BEFORE",
    "Photo",
    "Used",
    "accept_order",
    "cancel_order",
    "finish_order",
    "hand_back_order",
    "hold_order",
    "offer_order",
    "photograph_order",
    "photos_missing",
    "reassign_order",
    "resume_order",
    "skill_of",
    "start_order",
]
