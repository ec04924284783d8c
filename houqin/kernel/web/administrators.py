"""三员分立: the posts that run the house and therefore have no part in its business."""

from typing import Final

from houqin.kernel.people.models import Role

ADMINISTRATORS: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
