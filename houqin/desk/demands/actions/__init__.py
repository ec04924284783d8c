"""Everything that happens to a demand; one file per stretch of its way."""

from houqin.desk.demands.actions.acceptance import (
    archive_demand,
    deem_demand,
    rate_demand,
    refuse_demand,
    refuse_for_caller,
    sign_demand,
    sign_for_caller,
)
from houqin.desk.demands.actions.dispatching import dispatch_demand, follow_orders
from houqin.desk.demands.actions.following import (
    answer_demand,
    chase_answer,
    supervise_demand,
    urge_demand,
    urged_too_soon,
)
from houqin.desk.demands.actions.intake import (
    comment_demand,
    resubmit_demand,
    resubmit_for_caller,
    retime_demand,
    submit_demand,
    withdraw_demand,
)
from houqin.desk.demands.actions.merging import merge_demand
from houqin.desk.demands.actions.review import (
    GradePreview,
    cancel_demand,
    confirm_demand,
    grade_demand,
    preview_grades,
    regrade_demand,
    reject_demand,
    review_demand,
    send_back_demand,
    standard_for,
)
from houqin.desk.demands.actions.watching import copy_demand, leave_demand

__all__ = [
    "GradePreview",
    "answer_demand",
    "archive_demand",
    "cancel_demand",
    "chase_answer",
    "comment_demand",
    "confirm_demand",
    "copy_demand",
    "deem_demand",
    "dispatch_demand",
    "follow_orders",
    "grade_demand",
    "leave_demand",
    "merge_demand",
    "preview_grades",
    "rate_demand",
    "refuse_demand",
    "refuse_for_caller",
    "regrade_demand",
    "reject_demand",
    "resubmit_demand",
    "resubmit_for_caller",
    "retime_demand",
    "review_demand",
    "send_back_demand",
    "sign_demand",
    "sign_for_caller",
    "standard_for",
    "submit_demand",
    "supervise_demand",
    "urge_demand",
    "urged_too_soon",
    "withdraw_demand",
]
