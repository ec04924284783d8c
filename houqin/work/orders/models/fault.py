from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.people.models import User
from houqin.work.teams.models import Skill

NAMED_TWICE = _("这个工种里已经有同名的，请换个说法。")


class FaultCodeQuerySet(models.QuerySet["FaultCode"]):
    def visible_to(self, user: User) -> FaultCodeQuerySet:
        """The language of the house is no secret to anybody who has signed in."""
        return self if user.pk else self.none()

    def with_all(self) -> FaultCodeQuerySet:
        return self.select_related("skill")

    def fitting(self, skill: Skill | None) -> FaultCodeQuerySet:
        """Those in use that the trade speaks, and those of every trade; without a trade, all."""
        active = self.filter(active=True)
        return active.filter(models.Q(skill=skill) | models.Q(skill=None)) if skill else active


class FaultCode(models.Model):
    """One word of the fault language: failure modes, causes and maintenance actions, as ISO 14224 parts them.

    Without a skill it fits every trade.
    """

    class Kind(models.TextChoices):
        SYMPTOM = "symptom", _("现象")
        CAUSE = "cause", _("原因")
        REMEDY = "remedy", _("措施")

    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    code = models.SlugField(
        _("代码"),
        max_length=30,
        unique=True,
        help_text=_("小写字母、数字和短横线；开头可用 ISO 14224 的记号，例如 elu-drip。"),
        error_messages={"unique": _("这个代码已经有了，请换一个。")},
    )
    name = models.CharField(_("名称"), max_length=60)
    skill = models.ForeignKey(
        Skill,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("工种"),
        help_text=_("不选就是各工种通用。"),
    )  # None: any
    active = models.BooleanField(_("状态"), default=True)

    objects = FaultCodeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "故障代码")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "skill", "name"],
                name="fault_named_once_in_a_trade",
                violation_error_message=NAMED_TWICE,
                violation_error_code="name",
            ),
            models.UniqueConstraint(
                fields=["kind", "name"],
                condition=models.Q(skill=None),
                name="fault_named_once_in_all",
                violation_error_message=NAMED_TWICE,
                violation_error_code="name",
            ),
        ]

    def __str__(self) -> str:
        return _now(self.name)

    def clean(self) -> None:
        self.code = self.code.lower()
