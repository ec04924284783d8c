"""The tables of dispatch: who does the work, and the work."""

from houqin.dispatch.models.crew import Member, Shift, Skill, Team, duty_officers
from houqin.dispatch.models.fault import FaultCode
from houqin.dispatch.models.order import (
    RUNS_WORK,
    SEES_WORK,
    Material,
    StepDone,
    WorkOrder,
    WorkOrderQuerySet,
)
from houqin.dispatch.models.subject import Subject, subject_models

__all__ = [
    "RUNS_WORK",
    "SEES_WORK",
    "FaultCode",
    "Material",
    "Member",
    "Shift",
    "Skill",
    "StepDone",
    "Subject",
    "Team",
    "WorkOrder",
    "WorkOrderQuerySet",
    "duty_officers",
    "subject_models",
]
