"""The tables of dispatch: who does the work, and the work."""

from houqin.dispatch.models.crew import Member, Skill, Team
from houqin.dispatch.models.fault import FaultCode
from houqin.dispatch.models.order import (
    RUNS_WORK,
    SEES_WORK,
    Material,
    StepDone,
    WorkOrder,
    WorkOrderQuerySet,
)
from houqin.dispatch.models.roster import (
    RUNS_ROSTER,
    SEES_ROSTER,
    CalendarLink,
    Shift,
    ShiftPattern,
    Swap,
    colleagues_of,
    crews_run_by,
    duty_officers,
    shifts_of,
)
from houqin.dispatch.models.subject import Subject, subject_models

__all__ = [
    "RUNS_ROSTER",
    "RUNS_WORK",
    "SEES_ROSTER",
    "SEES_WORK",
    "CalendarLink",
    "FaultCode",
    "Material",
    "Member",
    "Shift",
    "ShiftPattern",
    "Skill",
    "StepDone",
    "Subject",
    "Swap",
    "Team",
    "WorkOrder",
    "WorkOrderQuerySet",
    "colleagues_of",
    "crews_run_by",
    "duty_officers",
    "shifts_of",
    "subject_models",
]
