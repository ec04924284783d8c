"""Posts that are held at a place or department subtree (R1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.registry import Registered, Registry, Text


class Role(models.TextChoices):
    """The posts of the first houses, as constants. Relations to one object, such as requester or executor,
    are not granted: they come from the object's own `roles_of`."""

    COORDINATOR = "coordinator", _("后勤专员")
    MANAGER = "manager", _("后勤主管")
    LEAD = "lead", _("班组长")
    TECHNICIAN = "technician", _("维修技师")
    DUTY = "duty", _("值班员")
    FINANCE = "finance", _("财务")
    HEAD = "head", _("部门负责人")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


class RoleDef(Registered):
    """One post that can be granted. An app adds its own in `access.py`: no migration, no list elsewhere."""


ROLES: Registry[RoleDef] = Registry("roles")
for place, role in enumerate(Role):
    # The three administrators stand last, after the posts that apps add.
    administrator = role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
    ROLES.register(RoleDef(role.value, role.label, 900 + place if administrator else place))


def role_choices() -> list[tuple[str, Text]]:
    """The posts that fields and forms offer."""
    return ROLES.choices()
