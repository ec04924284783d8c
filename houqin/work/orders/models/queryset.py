"""Which orders somebody sees, and those of a subject; `order.py` builds on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from houqin.kernel.alternatives import found_by, one_of
from houqin.kernel.clock.models import Clock
from houqin.kernel.people.models import Role, User
from houqin.work.orders.models.roles import LOOKS_FAR, SEES_WORK
from houqin.work.orders.models.subject import subject_models
from houqin.work.teams.models import Member

if TYPE_CHECKING:
    from houqin.work.orders.models.order import WorkOrder


class WorkOrderQuerySet(models.QuerySet["WorkOrder"]):
    model: type[WorkOrder]

    def visible_to(self, user: User) -> WorkOrderQuerySet:
        """Orders that `user` does, may grab with the team, or runs at the place."""
        if not user.pk:
            return self.none()
        if user.holds_everywhere(SEES_WORK):
            return self.all()
        own = [Q(executor__in=user.faces), _in_crew_of(user)]
        if user.role_codes() & LOOKS_FAR:
            return self.filter(one_of([user.reach(SEES_WORK, place="place"), *own]))
        return self.filter(found_by(self.model.objects, own))

    def inner_to(self, user: User) -> WorkOrderQuerySet:
        """The visible ones whose inner notes `user` may read: all but those seen for their costs alone."""
        own = Q(executor__in=user.faces) | _in_crew_of(user)
        return self.filter(own | user.reach(SEES_WORK - {Role.FINANCE}, place="place"))

    def files_visible_to(self, user: User) -> WorkOrderQuerySet:
        """Whose photos `user` may open: orders that are visible, and those of a subject that is."""
        seen = Q(pk__in=self.visible_to(user).values("pk"))
        for model in subject_models():
            kind = ContentType.objects.get_for_model(model)
            subjects = model._default_manager.visible_to(user).values("pk")
            seen |= Q(subject_type=kind, subject_id__in=subjects)
        return self.filter(seen)

    def main(self) -> WorkOrderQuerySet:
        """What decides how the subject stands: helping hands do not."""
        return self.filter(help_of=None)

    def mine(self, user: User) -> WorkOrderQuerySet:
        """What `user` has in hand or has done, and what waits for anybody of their team."""
        to_grab = Q(executor=None, status=self.model.Status.OFFERED) & _in_crew_of(user)
        return self.filter(Q(executor__in=user.faces) | to_grab)

    def open(self) -> WorkOrderQuerySet:
        return self.filter(status__in=self.model.OPEN)

    def of(self, subject: models.Model) -> WorkOrderQuerySet:
        """The orders that `subject` has led to, oldest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).order_by("pk")

    def by_clock(self) -> WorkOrderQuerySet:
        """With `due_at`, the nearest running due time of the subject, nearest first, undated last."""
        clocks = Clock.objects.filter(
            target_type=OuterRef("subject_type"),
            target_id=OuterRef("subject_id"),
            due_at__isnull=False,
            result=Clock.Result.RUNNING,
        )
        nearest = Subquery(clocks.order_by("due_at").values("due_at")[:1])
        return self.annotate(due_at=nearest).order_by(F("due_at").asc(nulls_last=True), "pk")

    def with_all(self) -> WorkOrderQuerySet:
        """What a row of a list shows, in a constant number of queries."""
        subjects = [model._default_manager.with_all() for model in subject_models()]
        return self.select_related("place", "executor", "team").prefetch_related(
            GenericPrefetch("subject", subjects)
        )


def _in_crew_of(user: User) -> Q:
    return Q(team__in=Member.objects.filter(user__in=user.faces).values("team"))
