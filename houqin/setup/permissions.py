"""Who may look at which page of the setup, and who may change what stands on it."""

from typing import Final

from houqin.kernel.people.models import Role
from houqin.platform.notices.models import RUN_BY

# The three administrators are kept apart (三员分立) and see no business page at all.
SEES_CALENDAR: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.SYSTEM_ADMIN})
# What holds for all campuses is changed by those whose role holds at all of them (`require_everywhere`).
EDITS_CALENDAR: Final = frozenset({Role.MANAGER, Role.SYSTEM_ADMIN})
SEES_STANDARDS: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR})
PUBLISHES_STANDARDS: Final = frozenset({Role.MANAGER})
SEES_POLICIES: Final = SEES_STANDARDS
SEES_ROLES: Final = frozenset({Role.MANAGER, Role.SECURITY_ADMIN, Role.AUDITOR})
SEES_HEALTH: Final = frozenset({Role.MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR})
# Of the whole house: a campus manager changes nothing for the others. Whoever runs a hook reads the business.
RUNS_HOOKS: Final = RUN_BY
# 三员: the system administrator keeps accounts and places, the security administrator grants roles, the
# auditor reads the trail.
RUNS_ACCOUNTS: Final = frozenset({Role.SYSTEM_ADMIN})
GRANTS_ROLES: Final = frozenset({Role.SECURITY_ADMIN})
READS_TRAIL: Final = frozenset({Role.AUDITOR})
SEES_PEOPLE: Final = RUNS_ACCOUNTS | GRANTS_ROLES | READS_TRAIL
SEES_PLACES: Final = RUNS_ACCOUNTS | {Role.MANAGER}
EDITS_CATALOGUE: Final = frozenset({Role.MANAGER})
SETS_UP: Final = SEES_PEOPLE | {Role.MANAGER}
SEES_SERVICES: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
