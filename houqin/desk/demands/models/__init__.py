"""The tables of the service desk, one file per thing that a person would ask for by name."""

from houqin.desk.demands.models.acceptance import Acceptance, Rating
from houqin.desk.demands.models.demand import Demand
from houqin.desk.demands.models.queryset import DemandQuerySet
from houqin.desk.demands.models.roles import RUNS_DEMANDS, SEES_DEMANDS, STAFF, WRITES_FOR_OTHERS
from houqin.desk.demands.models.supervision import Supervision
from houqin.desk.demands.models.watcher import Watcher

__all__ = [
    "RUNS_DEMANDS",
    "SEES_DEMANDS",
    "STAFF",
    "WRITES_FOR_OTHERS",
    "Acceptance",
    "Demand",
    "DemandQuerySet",
    "Rating",
    "Supervision",
    "Watcher",
]
