"""Who does what when: one lane for each person of a day, in half hours; the same number of queries for any
number of people and orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from houqin.kernel.people.models import Absence, User
from houqin.work.orders.models import RUNS_WORK, WorkOrder
from houqin.work.roster.models import Shift, business_hours, rostered, shifts_of
from houqin.work.teams.models import Member, Team

FIRST, LAST = 7, 22  # the hours that the axis shows
SLOT = timedelta(minutes=30)
SLOTS = (LAST - FIRST) * 2
MOST = 80  # people on one board


@dataclass(frozen=True)
class Stretch:
    """A part of the axis: it begins at slot `at` and takes `length`; `order` is what is planned there."""

    at: int
    length: int
    order: WorkOrder | None = None
    label: str = ""


@dataclass
class Lane:
    member: Member
    shifts: list[Shift] = field(default_factory=list)
    away: bool = False
    off: list[Stretch] = field(default_factory=list)
    jobs: list[Stretch] = field(default_factory=list)
    loose: list[WorkOrder] = field(default_factory=list)  # in hand without a plan

    @property
    def load(self) -> int:
        """How much of the shift is planned, in per cent."""
        shift = sum(
            (block.ends_at - block.starts_at for block in self.shifts if not block.on_call),
            timedelta(),
        )
        planned = SLOT * sum(block.length for block in self.jobs)
        return min(100, round(100 * planned / shift)) if shift else 0

    def add(self, order: WorkOrder, day: BoardDay) -> None:
        """Show `order` where it is planned, or beside the line when it has no plan."""
        if order.planned_from and order.planned_to:
            self.jobs.append(day.stretch(order.planned_from, order.planned_to, order))
        else:
            self.loose.append(order)

    @property
    def tone(self) -> str:
        return "red" if self.load >= 90 else "amber" if self.load >= 75 else ""


@dataclass(frozen=True)
class BoardDay:
    """The axis of one day in the zone of the house."""

    day: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.day, time(FIRST), tzinfo=timezone.get_default_timezone())

    @property
    def end(self) -> datetime:
        return self.start + SLOTS * SLOT

    @property
    def whole(self) -> tuple[datetime, datetime]:
        midnight = datetime.combine(self.day, time(0), tzinfo=timezone.get_default_timezone())
        return midnight, midnight + timedelta(days=1)

    @property
    def hours(self) -> list[Stretch]:
        return [Stretch(2 * nth, 2, label=f"{FIRST + nth}:00") for nth in range(LAST - FIRST)]

    def slot(self, at: datetime) -> int:
        """The slot that `at` lies in; 0 or SLOTS where it lies outside."""
        return max(0, min(SLOTS, (at - self.start) // SLOT))

    def stretch(self, start: datetime, end: datetime, order: WorkOrder | None = None) -> Stretch:
        first = min(self.slot(start), SLOTS - 1)
        last = self.slot(end - timedelta(seconds=1)) + 1
        return Stretch(first, max(1, min(last, SLOTS) - first), order)

    def now(self, at: datetime) -> int | None:
        return self.slot(at) if self.start <= at < self.end else None


def teams_run_by(user: User) -> list[Team]:
    """The teams whose work `user` gives out."""
    teams = Team.objects.filter(user.reach(RUNS_WORK, place="place"), active=True)
    return list(teams.order_by("place__path", "pk"))


def lanes(user: User, teams: Iterable[Team], day: BoardDay) -> list[Lane]:
    """The lanes of everybody in `teams`, in the order of teams and names, each person once."""
    people = _lanes_by_person(teams)
    for shift in [*shifts_of(people, *day.whole), *_in_business_hours(people, day)]:
        people[shift.user_id].shifts.append(shift)
    away = Absence.objects.filter(user__in=people, starts_at__lt=day.end, ends_at__gt=day.start)
    for key in away.values_list("user_id", flat=True):
        people[key].away = True
    for order in _orders(user, people, day):
        assert order.executor_id is not None
        people[order.executor_id].add(order, day)
    for lane in people.values():
        lane.off = list(_off(lane, day))
    return list(people.values())


def _lanes_by_person(teams: Iterable[Team]) -> dict[int, Lane]:
    """An empty lane for each person, as a member of the first of their teams."""
    crew = (
        Member.objects.filter(team__in=list(teams), user__is_active=True)
        .select_related("user", "team__place")
        .prefetch_related("skills")
        .order_by("team__place__path", "team", "user__name", "pk")
    )
    by_person: dict[int, Lane] = {}
    for member in crew[:MOST]:
        by_person.setdefault(member.user_id, Lane(member))
    return by_person


def _in_business_hours(people: dict[int, Lane], day: BoardDay) -> Iterable[Shift]:
    """What stands for a shift of those whose team keeps no roster, as `propose` sees it; one look at the
    calendar for each place."""
    kept, at = rostered(day.start), day.start + (day.end - day.start) / 2
    free = [lane.member for lane in people.values() if lane.member.team_id not in kept]
    hours = {place: business_hours(place, at) for place in {member.team.place for member in free}}
    for member in free:
        if span := hours[member.team.place]:
            yield Shift(
                user=member.user, place=member.team.place, starts_at=span[0], ends_at=span[1]
            )


def _orders(user: User, people: dict[int, Lane], day: BoardDay) -> Any:
    """What is planned for the day, done or not, and what is in hand without a plan."""
    planned = Q(planned_from__lt=day.end, planned_to__gt=day.start)
    planned &= ~Q(status__in=(WorkOrder.Status.CANCELLED, WorkOrder.Status.HANDED_BACK))
    loose = Q(planned_from=None, status__in=WorkOrder.OPEN)
    orders = WorkOrder.objects.visible_to(user).filter(planned | loose, executor__in=people)
    return orders.with_all().order_by("planned_from", "pk")


def _off(lane: Lane, day: BoardDay) -> Iterable[Stretch]:
    """Where nobody may count on the person: outside of their shifts, the whole day when they are away."""
    if lane.away:
        yield Stretch(0, SLOTS)
        return
    free = [True] * SLOTS
    for shift in lane.shifts:
        for nth in range(day.slot(shift.starts_at), day.slot(shift.ends_at)):
            free[nth] = False
    start = None
    for nth, off in enumerate([*free, False]):
        if off and start is None:
            start = nth
        elif not off and start is not None:
            yield Stretch(start, nth - start)
            start = None
