"""The organisation that runs this system."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import OrganisationKind


class Organisation(models.Model):
    """Whose house this is. There is one."""

    name = models.CharField(_("单位名称"), max_length=60)
    kind = models.CharField(
        _("单位类型"), max_length=12, choices=OrganisationKind, default=OrganisationKind.ENTERPRISE
    )
    language = models.CharField(_("默认语言"), max_length=10, default="zh-hans")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name
