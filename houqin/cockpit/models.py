"""What the figures of a stretch of time count. Worked out of the demands, their clocks, orders and ratings:
nothing is kept here that could not be written again (`moments.py`)."""

from __future__ import annotations

from typing import Any

from django.db import models

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.roles import SEES_DEMANDS
from houqin.kernel.clock import models as clock
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.teams.models import Team


def _beside(model: type[models.Model], *, null: bool = False) -> Any:
    """A key that the database need not check: what it was copied from is checked."""
    return models.ForeignKey(
        model,
        models.DO_NOTHING,
        related_name="+",
        null=null,
        db_index=False,
        db_constraint=False,
    )


class MomentQuerySet(models.QuerySet["Moment"]):
    def visible_to(self, user: User) -> MomentQuerySet:
        """Those at the places where `user` sees every demand."""
        return self.filter(user.reach(SEES_DEMANDS, place="place"))


class Moment(models.Model):
    """One thing that happened to a demand and that a figure counts, with all that figures ask of it beside:
    so a board reads the moments of its stretch, and nothing else."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted"
        FINISHED = "finished"  # handed over, and not refused since
        RATED = "rated"
        REVIEW = str(clock.Kind.REVIEW)  # such a clock was judged
        RESPONSE = str(clock.Kind.RESPONSE)
        HANDLING = str(clock.Kind.HANDLING)

    JUDGED = (Kind.REVIEW, Kind.RESPONSE, Kind.HANDLING)

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    entry = _beside(Entry)
    place = _beside(Place)
    # Of the order that has it or had it last; the team also as an imported demand names it.
    team = _beside(Team, null=True)
    executor = _beside(User, null=True)
    imported = models.BooleanField()
    status = models.CharField(max_length=12)  # of the demand, now
    round = models.PositiveSmallIntegerField()
    # How long it took to respond, or to finish: as it passed for the requester.
    length = models.DurationField(null=True)
    late = models.BooleanField(default=False)  # its clock was breached
    # When the same happened to that demand before, and when it was late before.
    previous_at = models.DateTimeField(null=True)
    previous_late_at = models.DateTimeField(null=True)
    reassignments = models.PositiveSmallIntegerField(default=0)
    urges = models.PositiveSmallIntegerField(default=0)
    was_supervised = models.BooleanField(default=False)
    was_handed_back = models.BooleanField(default=False)
    speed_stars = models.PositiveSmallIntegerField(null=True)
    attitude_stars = models.PositiveSmallIntegerField(null=True)
    solution_stars = models.PositiveSmallIntegerField(null=True)

    objects = MomentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="moment_when")]

    def __str__(self) -> str:
        return f"{self.demand_id} {self.kind}"


class OutdatedDemand(models.Model):
    """A demand to which something happened since its moments were written. One row for each time, never
    shared: what happens while the moments are being written leaves a row of its own."""

    demand = _beside(Demand)

    def __str__(self) -> str:
        return str(self.demand_id)
