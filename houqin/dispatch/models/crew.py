"""Who does the work: trades, teams, the people in them, and when they are there."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
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

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody in a team, with the trades they master."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="crew")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    skills = models.ManyToManyField(Skill, related_name="+", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="member_once")]


class Shift(models.Model):
    """Who works when; `on_call` is the duty officer who is paged for what is urgent."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    on_call = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_has_length")
        ]
        indexes = [models.Index(fields=["ends_at", "starts_at"]), models.Index(fields=["user", "ends_at"])]


def duty_officers(place: Place, at: datetime) -> list[User]:
    """Who is on call at `place` at `at`: the shift that covers the place or anything above it."""
    covering = Shift.objects.filter(
        on_call=True, starts_at__lte=at, ends_at__gt=at, place__path__in=place.ancestor_paths()
    )
    return [shift.user for shift in covering.select_related("user").order_by("-place__depth", "pk")]
