"""Everything that happens to a request; one file per stretch of its way."""

from houqin.servicedesk.actions.acceptance import (
    archive_request,
    deem_request,
    rate_request,
    refuse_request,
    sign_request,
)
from houqin.servicedesk.actions.dispatching import dispatch_request, follow_orders
from houqin.servicedesk.actions.intake import (
    comment_request,
    resubmit_request,
    submit_request,
    withdraw_request,
)
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

__all__ = [
    "GradePreview",
    "archive_request",
    "cancel_request",
    "comment_request",
    "confirm_request",
    "deem_request",
    "dispatch_request",
    "follow_orders",
    "grade_request",
    "preview_grades",
    "rate_request",
    "refuse_request",
    "regrade_request",
    "reject_request",
    "resubmit_request",
    "review_request",
    "send_back_request",
    "sign_request",
    "standard_for",
    "submit_request",
    "withdraw_request",
]
