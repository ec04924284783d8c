"""The organisation that runs this system."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """Whose house this is. There is one."""

    name = models.CharField(_("单位名称"), max_length=60)
    language = models.CharField(_("默认语言"), max_length=10, default="zh-hans")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name
