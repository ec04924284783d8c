"""Who has a part in demands, by role."""

from __future__ import annotations

from houqin.kernel.people.models import Role

STAFF = {Role.COORDINATOR, Role.MANAGER}
RUNS_DEMANDS = STAFF | {Role.LEAD, Role.DUTY}
SEES_DEMANDS = RUNS_DEMANDS | {Role.FINANCE, Role.HEAD}
LOOKS_FAR = SEES_DEMANDS | {Role.TECHNICIAN}  # who may see many that are not their own
WRITES_FOR_OTHERS = STAFF | {Role.DUTY}  # takes down what somebody else asks for
TALKS = RUNS_DEMANDS | {"requester", "executor", "watcher", Role.HEAD}
