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
    business_hours,
    colleagues_of,
    crews_run_by,
    duty_officers,
    rostered,
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
    "business_hours",
    "colleagues_of",
    "crews_run_by",
    "duty_officers",
    "rostered",
    "shifts_of",
    "subject_models",
]
