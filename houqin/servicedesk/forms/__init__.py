"""What a person fills in to speak a verb; the cleaned data are the keyword arguments of the action."""

from houqin.servicedesk.forms.acceptance import RateForm, SignForm
from houqin.servicedesk.forms.dispatching import DispatchForm
from houqin.servicedesk.forms.intake import NewRequestForm
from houqin.servicedesk.forms.review import GradeForm, ReasonForm, RegradeForm
from houqin.servicedesk.forms.thread import CommentForm, ResubmitForm, WithdrawForm
from houqin.servicedesk.forms.together import DispatchTogetherForm, GradeTogetherForm, ReasonTogetherForm

__all__ = [
    "CommentForm",
    "DispatchForm",
    "DispatchTogetherForm",
    "GradeForm",
    "GradeTogetherForm",
    "NewRequestForm",
    "RateForm",
    "ReasonForm",
    "ReasonTogetherForm",
    "RegradeForm",
    "ResubmitForm",
    "SignForm",
    "WithdrawForm",
]
