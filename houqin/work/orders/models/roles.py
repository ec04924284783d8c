"""Who has a part in the work, by role."""

from houqin.kernel.people.models import Role

RUNS_WORK = {Role.COORDINATOR, Role.MANAGER, Role.LEAD}
SEES_WORK = RUNS_WORK | {Role.DUTY, Role.FINANCE}
LOOKS_FAR = SEES_WORK | {Role.TECHNICIAN}  # who may see many that are not their own
