"""The tables of dispatch: who does the work, and the work."""

from houqin.work.orders.models.fault import FaultCode
from houqin.work.orders.models.order import Material, StepDone, WorkOrder
from houqin.work.orders.models.queryset import WorkOrderQuerySet
from houqin.work.orders.models.roles import RUNS_WORK, SEES_WORK
from houqin.work.orders.models.subject import Subject, subject_models

__all__ = [
    "RUNS_WORK",
    "SEES_WORK",
    "FaultCode",
    "Material",
    "StepDone",
    "Subject",
    "WorkOrder",
    "WorkOrderQuerySet",
    "subject_models",
]
