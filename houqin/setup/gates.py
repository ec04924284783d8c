"""Who may look at which page of the setup, and who may change what stands on it."""

from typing import Final

from houqin.kernel.notices.models import RUN_BY
from houqin.kernel.people.models import Role

# The three administrators are kept apart (三员分立) and see no business page at all.
SEES_CALENDAR: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.SYSTEM_ADMIN})
EDITS_CALENDAR: Final = frozenset({Role.MANAGER, Role.SYSTEM_ADMIN})
SEES_STANDARDS: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR})
PUBLISHES_STANDARDS: Final = frozenset({Role.MANAGER})
SEES_ROLES: Final = frozenset({Role.MANAGER, Role.SECURITY_ADMIN, Role.AUDITOR})
SEES_HEALTH: Final = frozenset({Role.MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR})
# Of the whole house: a campus manager changes nothing for the others.
RUNS_HOOKS: Final = RUN_BY
