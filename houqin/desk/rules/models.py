from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.desk.catalogue.models import Entry
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.teams.models import Team


class DispatchRuleQuerySet(models.QuerySet["DispatchRule"]):
    def visible_to(self, user: User) -> DispatchRuleQuerySet:
        """For whoever runs the house; the pages ask for the role."""
        return self if user.pk else self.none()

    def with_all(self) -> DispatchRuleQuerySet:
        return self.select_related("entry", "place", "team")


class DispatchRule(models.Model):
    """派工规则: who gets a demand of this kind as soon as it has been graded. What is left empty fits all;
    of the rules that fit, the first by position that finds somebody decides."""

    class Gives(models.TextChoices):
        TEAM = "team", _("放进班组的抢单池")
        BEST = "best", _("派给最合适的人")
        ON_CALL = "on_call", _("派给值班员")

    name = models.CharField(
        _("规则"),
        max_length=40,
        unique=True,
        help_text=_("自己认得出就行，例如：保洁进抢单池"),
        error_messages={"unique": _("已有规则叫这个名字。")},
    )
    position = models.PositiveSmallIntegerField(
        _("先后"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text=_("数字小的先看；第一条派得出去的算数"),
    )
    active = models.BooleanField(_("启用"), default=True)
    line = models.CharField(_("服务条线"), max_length=30, blank=True)  # code of a line, "" all
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("服务项")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地点")
    )
    grade = models.CharField(_("分级"), max_length=10, choices=Grade, blank=True)
    gives = models.CharField(_("派工方式"), max_length=10, choices=Gives)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("班组")
    )

    objects = DispatchRuleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "派工规则")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gives="team", team__isnull=False) | ~Q(gives="team") & Q(team=None),
                name="rule_names_a_team_or_none",
            ),
            models.CheckConstraint(
                condition=Q(grade="") | Q(grade__in=Grade.values), name="rule_grade_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
