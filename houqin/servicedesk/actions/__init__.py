"""Everything that happens to a request; one file per stretch of its way."""

from houqin.servicedesk.actions.acceptance import (
    archive_request,
    deem_request,
    rate_request,
    refuse_for_caller,
    refuse_request,
    sign_for_caller,
    sign_request,
)
from houqin.servicedesk.actions.dispatching import dispatch_request, follow_orders
from houqin.servicedesk.actions.following import (
    answer_request,
    chase_answer,
    supervise_request,
    urge_request,
    urged_too_soon,
)
from houqin.servicedesk.actions.intake import (
    comment_request,
    resubmit_for_caller,
    resubmit_request,
    submit_request,
    withdraw_request,
)
from houqin.servicedesk.actions.merging import merge_request
from houqin.servicedesk.actions.review import (
    GradePreview,
    cancel_request,
    confirm_request,
    grade_request,
    preview_grades,
    regrade_request,
    reject_request,
    review_request,
    send_back_request,
    standard_for,
)
from houqin.servicedesk.actions.watching import copy_request, leave_request

__all__ = [
    "GradePreview",
    "answer_request",
    "archive_request",
    "cancel_request",
    "chase_answer",
    "comment_request",
    "confirm_request",
    "copy_request",
    "deem_request",
    "dispatch_request",
    "follow_orders",
    "grade_request",
    "leave_request",
    "merge_request",
    "preview_grades",
    "rate_request",
    "refuse_for_caller",
    "refuse_request",
    "regrade_request",
    "reject_request",
    "resubmit_for_caller",
    "resubmit_request",
    "review_request",
    "send_back_request",
    "sign_for_caller",
    "sign_request",
    "standard_for",
    "submit_request",
    "supervise_request",
    "urge_request",
    "urged_too_soon",
    "withdraw_request",
]
