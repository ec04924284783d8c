"""What a person fills in to speak a verb; the cleaned data are the keyword arguments of the action."""

from houqin.servicedesk.forms.acceptance import RateForm, SignForForm, SignForm
from houqin.servicedesk.forms.dispatching import DispatchForm
from houqin.servicedesk.forms.following import AnswerForm, CopyForm, SuperviseForm, UrgeForm
from houqin.servicedesk.forms.intake import NewRequestForm
from houqin.servicedesk.forms.merging import MergeForm, MergeTogetherForm
from houqin.servicedesk.forms.review import AcceptForm, GradeForm, ReasonForm, RegradeForm
from houqin.servicedesk.forms.thread import CommentForm, ResubmitForm, WithdrawForm
from houqin.servicedesk.forms.together import DispatchTogetherForm, GradeTogetherForm, ReasonTogetherForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "CommentForm",
    "CopyForm",
    "DispatchForm",
    "DispatchTogetherForm",
    "GradeForm",
    "GradeTogetherForm",
    "MergeForm",
    "MergeTogetherForm",
    "NewRequestForm",
    "RateForm",
    "ReasonForm",
    "ReasonTogetherForm",
    "RegradeForm",
    "ResubmitForm",
    "SignForForm",
    "SignForm",
    "SuperviseForm",
    "UrgeForm",
    "WithdrawForm",
]
