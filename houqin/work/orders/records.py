"""What is known of people at a moment, read in as many queries for one as for all."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from houqin.kernel.alternatives import found_by
from houqin.kernel.clock.models import Clock, Kind
from houqin.kernel.people.models import Absence, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.shared.credentials.models import Credential
from houqin.shared.credentials.reports import standing
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.policies import RECORD_OF
from houqin.work.roster.models import Shift, business_hours, rostered
from houqin.work.teams.credentials import OF_SKILL
from houqin.work.teams.models import Skill


@dataclass(frozen=True)
class Past:
    """Jobs of one kind that somebody finished: how many, how many had to be done again, how many were judged
    by a handling clock and how many of these were on time."""

    jobs: int
    again: int
    judged: int
    on_time: int

    @property
    def on_time_share(self) -> float:
        return self.on_time / self.judged if self.judged else 1.0

    @property
    def rework_share(self) -> float:
        return self.again / self.jobs


@dataclass
class Records:
    """By the keys of people: shifts at the moment, who is away and who stands in, open jobs, where the last
    job of the day was, and past jobs of the same kind. `rostered` are the keys of the teams that keep a
    roster; for the members of the others `hours` stand for a shift."""

    read_at: datetime
    rostered: frozenset[int] = frozenset()
    hours: tuple[datetime, datetime] | None = None
    shifts: dict[int, list[Shift]] = field(default_factory=dict)
    away: dict[int, str] = field(default_factory=dict)
    load: Counter[int] = field(default_factory=Counter)
    last_job: dict[int, Place] = field(default_factory=dict)
    past: dict[int, Past] = field(default_factory=dict)
    papers: dict[int, Credential] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        users: Any,
        place: Place,
        at: datetime,
        kin: models.QuerySet[Any] | None,
        skill: Skill | None,
    ) -> Records:
        """For work at `place` at `at` in a trade; `users` is a query for the keys of those who matter."""
        return cls(
            now(),
            rostered(at),
            business_hours(place, at),
            _shifts(users, at),
            _away(users, at),
            _load(users),
            _last_jobs(users, at),
            _past(users, at, kin) if kin is not None else {},
            _papers(users, at, skill),
        )


def _shifts(users: Any, at: datetime) -> dict[int, list[Shift]]:
    shifts: dict[int, list[Shift]] = defaultdict(list)
    for shift in Shift.objects.at(at).filter(user__in=users).select_related("place").order_by("pk"):
        shifts[shift.user_id].append(shift)
    return shifts


def _away(users: Any, at: datetime) -> dict[int, str]:
    away = Absence.objects.filter(user__in=users, starts_at__lte=at, ends_at__gt=at)
    return dict(away.values_list("user_id", "substitute__name"))


def _papers(users: Any, at: datetime, skill: Skill | None) -> dict[int, Credential]:
    kind = OF_SKILL.get(skill.code) if skill else None
    return standing(User, users, kind, timezone.localtime(at).date()) if kind else {}


def _load(users: Any) -> Counter[int]:
    open_orders = WorkOrder.objects.open().filter(executor__in=users).values("executor")
    return Counter(
        dict(open_orders.annotate(count=Count("pk")).order_by().values_list("executor", "count"))
    )


def _last_jobs(users: Any, at: datetime) -> dict[int, Place]:
    """Where each one was last before `at` on that day: by what is done, planned or accepted."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    touched = [
        Q(**{f"{moment}__gte": day, f"{moment}__lte": at}, executor__in=users)
        for moment in ("done_at", "planned_from", "accepted_at")
    ]
    cancelled = WorkOrder.Status.CANCELLED
    jobs = WorkOrder.objects.filter(found_by(WorkOrder.objects, touched)).exclude(status=cancelled)
    latest: dict[int, tuple[datetime, int, Place]] = {}
    for job in jobs.select_related("place"):
        moments = (job.done_at, job.planned_from, job.accepted_at)
        when = max(moment for moment in moments if moment and moment <= at)
        before = latest.get(job.executor_id or 0)
        if job.executor_id and (before is None or (when, job.pk) > before[:2]):
            latest[job.executor_id] = (when, job.pk, job.place)
    return {user: place for user, (_when, _pk, place) in latest.items()}


def _past(users: Any, at: datetime, kin: models.QuerySet[Any]) -> dict[int, Past]:
    counted = (
        _judged(_finished(users, at, kin), kin)
        .order_by()
        .values("executor")
        .annotate(
            jobs=Count("pk"),
            done_again=Count("pk", filter=Q(again=True)),
            judged_jobs=Count("pk", filter=Q(judged=True)),
            met_jobs=Count("pk", filter=Q(met=True)),
        )
    )
    return {
        row["executor"]: Past(row["jobs"], row["done_again"], row["judged_jobs"], row["met_jobs"])
        for row in counted
    }


def _finished(users: Any, at: datetime, kin: models.QuerySet[Any]) -> models.QuerySet[WorkOrder]:
    """The jobs for `kin` that `users` finished lately."""
    return WorkOrder.objects.main().filter(
        executor__in=users,
        done_at__gt=at - RECORD_OF.span(at),
        done_at__lte=at,
        status=WorkOrder.Status.DONE,
        subject_type=ContentType.objects.get_for_model(kin.model),
        subject_id__in=kin.order_by().values("pk"),
    )


def _judged(jobs: models.QuerySet[WorkOrder], kin: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """With whether each had to be done again, was judged by a handling clock and met it."""
    clocks = Clock.objects.filter(
        target_type=ContentType.objects.get_for_model(kin.model),
        target_id=OuterRef("subject_id"),
        kind=Kind.HANDLING,
        round=OuterRef("round"),
    )
    met = Clock.Result.MET
    return jobs.annotate(
        again=Exists(WorkOrder.objects.filter(rework_of=OuterRef("pk"))),
        judged=Exists(clocks.filter(result__in=[met, Clock.Result.BREACHED])),
        met=Exists(clocks.filter(result=met)),
    )
