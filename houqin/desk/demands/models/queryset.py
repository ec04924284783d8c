"""Which demands somebody sees, and those that wait for something; `demand.py` builds on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q

from houqin.desk.demands.models.roles import LOOKS_FAR, RUNS_DEMANDS, SEES_DEMANDS, STAFF
from houqin.desk.demands.models.watcher import Watcher
from houqin.kernel.alternatives import found_by, one_of
from houqin.kernel.clock.models import Clock, Grade
from houqin.kernel.people.models import User
from houqin.kernel.related import beside, undrawn
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Member

if TYPE_CHECKING:
    from houqin.desk.demands.models.demand import Demand


class DemandQuerySet(models.QuerySet["Demand"]):
    model: type[Demand]

    def visible_to(self, user: User) -> DemandQuerySet:
        """What `user` asked for, runs, oversees, works on or is told of; nothing else exists for them."""
        if not user.pk:
            return self.none()
        if user.holds_everywhere(SEES_DEMANDS):
            return self.all()
        told = Exists(Watcher.objects.filter(demand=OuterRef("pk"), user__in=user.faces))
        own = [Q(requester__in=user.faces), Q(told), *self._worked_on_by(user)]
        if user.role_codes() & LOOKS_FAR:
            reached = user.reach(SEES_DEMANDS, place="place", department="department")
            return self.filter(one_of([reached, *own]))
        return self.filter(found_by(self.model.objects, own))

    def inner_to(self, user: User) -> DemandQuerySet:
        """The visible ones whose inner notes `user` may read: of those who run or do the work."""
        runs = user.reach(RUNS_DEMANDS, place="place")
        return self.visible_to(user).filter(one_of([runs, *self._worked_on_by(user)]))

    def files_visible_to(self, user: User) -> DemandQuerySet:
        """Whose photos `user` may open: demands that are visible, and those merged into one that is."""
        seen = self.visible_to(user).values("pk")
        return self.filter(Q(pk__in=seen) | Q(merged_into__in=seen))

    def open(self) -> DemandQuerySet:
        return self.filter(status__in=self.model.OPEN)

    def archived(self) -> DemandQuerySet:
        return self.exclude(status__in=self.model.OPEN)

    def to_review(self) -> DemandQuerySet:
        """What waits for the initial review, including the urgent ones that are being done already."""
        return self.filter(status__in=self.model.UNDER_REVIEW, graded_at=None)

    def reviewable_by(self, user: User) -> DemandQuerySet:
        """What waits for a review that `user` may give."""
        return self.to_review().filter(user.reach(STAFF, place="place"))

    def to_dispatch(self, user: User) -> DemandQuerySet:
        """What waits for a work order that `user` may give, an urgent one before its review too."""
        early = Q(status="submitted", claimed=Grade.URGENT)
        gives = user.reach(self.model.FLOW["dispatch"].by, place="place")
        return self.filter(Q(status="graded") | early).filter(gives)

    def with_all(self) -> DemandQuerySet:
        """What a row of a list shows, in a constant number of queries."""
        return self.with_orders().with_clocks()

    def with_clocks(self) -> DemandQuerySet:
        """With its place, and what the chip of its clock is made of."""
        clocks = Clock.objects.with_promise()
        return self.select_related("place").prefetch_related(beside("clocks", clocks))

    def with_orders(self) -> DemandQuerySet:
        """What names a demand: its place, its people, what is asked, and who does it."""
        people = undrawn("executor", User, User.DRAWN)
        orders = WorkOrder.objects.select_related("executor", "team").defer(*people).order_by("pk")
        return self.select_related(
            "place", "requester", "department", "entry__category"
        ).prefetch_related(beside("orders", orders))

    def _worked_on_by(self, user: User) -> tuple[Q, Q]:
        """Demands with a work order of `user`; of a team of theirs."""
        kind = ContentType.objects.get_for_model(self.model)
        orders = WorkOrder.objects.filter(subject_type=kind, subject_id=OuterRef("pk"))
        teams = Member.objects.filter(user__in=user.faces).values("team")
        own = orders.filter(executor__in=user.faces)
        return Q(Exists(own)), Q(Exists(orders.filter(team__in=teams)))
