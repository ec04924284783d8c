"""Who does the work: trades, teams, and the people in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place


class SkillQuerySet(models.QuerySet["Skill"]):
    def visible_to(self, user: User) -> SkillQuerySet:
        """The trades of the house are no secret to whoever has signed in."""
        return self if user.pk else self.none()

    def with_all(self) -> SkillQuerySet:
        """With `people`, how many master it."""
        masters = Member.skills.through.objects.filter(skill=OuterRef("pk")).values("skill")
        counted: Any = masters.annotate(people=Count("member__user", distinct=True))
        return self.annotate(people=Coalesce(Subquery(counted.values("people")), 0))


class Skill(models.Model):
    """A trade that an order may need: plumbing, electrical, HVAC …"""

    code = models.SlugField(
        _("代码"),
        max_length=30,
        unique=True,
        help_text=_("服务目录里用它，例如 hvac；小写字母、数字和短横线"),
        error_messages={"unique": _("这个代码已经有了，请换一个。")},
    )
    name = models.CharField(_("工种"), max_length=40)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "工种")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.code = self.code.lower()


class Team(models.Model):
    """A crew, our own or a contractor's, at home at one place."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", _("自有")
        CONTRACTOR = "contractor", _("外包")

    name = models.CharField(_("班组"), max_length=40, unique=True)
    kind = models.CharField(_("性质"), max_length=10, choices=Kind, default=Kind.INTERNAL)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("驻地"))
    members = models.ManyToManyField(User, through="Member", related_name="+")
    active = models.BooleanField(_("在用"), default=True)  # one that was dissolved keeps its orders
    swaps_need_approval = models.BooleanField(
        _("换班要班组长批准"), default=True
    )  # else the lead is told

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody in a team, with the trades they master."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="crew")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    skills = models.ManyToManyField(Skill, related_name="+", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="member_once")]
