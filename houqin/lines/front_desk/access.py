"""What the front desk adds to the lists of who may what."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.roles import ROLES, Role, RoleDef
from houqin.platform.tokens.scopes import register_area

RECEPTIONIST: Final = "receptionist"
# Where nobody holds the post, the coordinator and the manager do its work.
RUNS_DESK: Final = frozenset({RECEPTIONIST, Role.COORDINATOR, Role.MANAGER})

ROLES.register(RoleDef(RECEPTIONIST, _("前台"), 50))
register_area("front-desk", 65, read=_("查看收发件和失物招领"), write=_("办理收发件和失物招领"))
