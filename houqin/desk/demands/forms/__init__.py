"""What a person fills in to speak a verb; the cleaned data are the keyword arguments of the action."""

from houqin.desk.demands.forms.acceptance import RateForm, SignForForm, SignForm
from houqin.desk.demands.forms.bulk import (
    DispatchTogetherForm,
    GradeTogetherForm,
    ReasonTogetherForm,
)
from houqin.desk.demands.forms.dispatching import DispatchForm
from houqin.desk.demands.forms.following import AnswerForm, CopyForm, SuperviseForm, UrgeForm
from houqin.desk.demands.forms.intake import NewDemandForm
from houqin.desk.demands.forms.merging import MergeForm, MergeTogetherForm
from houqin.desk.demands.forms.review import AcceptForm, GradeForm, ReasonForm, RegradeForm
from houqin.desk.demands.forms.thread import CommentForm, ResubmitForm, WithdrawForm

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
    "NewDemandForm",
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
