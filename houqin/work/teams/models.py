"""Who does the work: trades, teams, and the people in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place


class Skill(models.Model):
    """A trade that an order may need: plumbing, electrical, HVAC …"""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("工种"), max_length=40)

    def __str__(self) -> str:
        return self.name


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
