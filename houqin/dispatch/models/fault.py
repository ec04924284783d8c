from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.dispatch.models.crew import Skill


class FaultCode(models.Model):
    """One word of the fault language: failure modes, causes and maintenance actions, as ISO 14224 parts them.

    Without a skill it fits every trade.
    """

    class Kind(models.TextChoices):
        SYMPTOM = "symptom", _("现象")
        CAUSE = "cause", _("原因")
        REMEDY = "remedy", _("措施")

    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, related_name="+", verbose_name=_("工种")
    )  # None: any
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name
