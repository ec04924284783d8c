"""What happens to the roster: days are marked, weeks copied, sheets taken in, shifts swapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.shared.bookings.actions import book
from houqin.work.roster.models import RUNS_ROSTER, PlannedShift, Shift, ShiftPattern, Swap
from houqin.work.teams.models import Member, Team


@transaction.atomic
def mark_day(actor: User, member: Member, *, day: date, pattern: ShiftPattern | None) -> None:
    """Put `pattern` into the day of `member` in place of the shift of its kind; the same one again takes it
    away, and None takes away everything. Raises Refused where it would overlap the day before or after."""
    at = now()
    require(actor, RUNS_ROSTER, member.team.place)
    there = _begun_on(member.user, day)
    if pattern is not None:
        there = there.filter(on_call=pattern.on_call)
    before = [shift.mark for shift in there.select_related("pattern")]
    again = pattern is not None and there.filter(pattern=pattern).exists()
    there.delete()
    if pattern is not None and not again:
        put_shift(PlannedShift(member, day, pattern), at)
    mark = pattern.mark if pattern and not again else ""
    record(
        actor,
        "roster.marked",
        member.team,
        at=at,
        who=str(member.user),
        day=day.isoformat(),
        mark=mark,
        before="、".join(before),
    )


def _begun_on(user: User, day: date):  # type: ignore[no-untyped-def]
    start = datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_default_timezone())
    return Shift.objects.filter(
        user=user, starts_at__gte=start, starts_at__lt=start + timedelta(days=1)
    )


def put_shift(wish: PlannedShift, at: datetime) -> Shift:
    """Write one shift. Raises Refused, naming the other one, when it overlaps; the database decides."""
    start, end = wish.pattern.on(wish.day)
    shift = Shift(
        user=wish.member.user,
        place=place_of(wish.member.team, wish.pattern),
        pattern=wish.pattern,
        starts_at=start,
        ends_at=end,
        on_call=wish.pattern.on_call,
    )
    book(shift, at=at)
    return shift


def place_of(team: Team, pattern: ShiftPattern) -> Place:
    """Where a shift of the team counts: at its home; on call for the whole campus."""
    home = team.place
    return Place.objects.get(path=home.path[: Place.steplen]) if pattern.on_call else home


@transaction.atomic
def copy_week(actor: User, team: Team, *, monday: date) -> int:
    """Repeat the week before `monday` where the crew has nothing yet; how many shifts that were.

    Raises Refused when there is nothing to repeat.
    """
    at = now()
    require(actor, RUNS_ROSTER, team.place)
    crew = {member.user_id: member for member in team.crew.select_related("user", "team__place")}
    count = 0
    for shift in _shifts_of_week(crew, monday - timedelta(days=7)):
        assert shift.pattern is not None
        day = timezone.localtime(shift.starts_at).date() + timedelta(days=7)
        if _is_free(shift, *shift.pattern.on(day)):
            put_shift(PlannedShift(crew[shift.user_id], day, shift.pattern), at)
            count += 1
    if not count:
        raise Refused(_("上一周没有可以照抄的班，或者这一周已经排好了。"))
    record(actor, "roster.copied", team, at=at, monday=monday.isoformat(), count=count)
    return count


def _shifts_of_week(crew: Iterable[int], monday: date) -> QuerySet[Shift]:
    """The shifts of a pattern that the crew works in the week of `monday`."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(monday, datetime.min.time(), tzinfo=zone)
    week = Shift.objects.filter(
        user__in=crew, starts_at__gte=start, starts_at__lt=start + timedelta(days=7)
    )
    return week.exclude(pattern=None).select_related("pattern").order_by("starts_at", "pk")


def _is_free(shift: Shift, start: datetime, end: datetime) -> bool:
    """Whether the person of `shift` has no shift of its kind in [start, end)."""
    there = Shift.objects.between(start, end)
    return not there.filter(user=shift.user_id, on_call=shift.on_call).exists()


@transaction.atomic
def take_in(actor: User, team: Team, *, wishes: Sequence[PlannedShift]) -> list[Shift | None]:
    """Put the shifts of a sheet into the roster of `team`, all or none; what is there already stays.

    The new shift for each wish, None for what was there. Raises Refused for the first that overlaps another.
    """
    at = now()
    require(actor, RUNS_ROSTER, team.place)
    shifts = []
    for wish in wishes:
        there = _begun_on(wish.member.user, wish.day).filter(pattern=wish.pattern).exists()
        shifts.append(None if there else put_shift(wish, at))
    count = sum(shift is not None for shift in shifts)
    record(actor, "roster.taken_in", team, at=at, count=count)
    return shifts


@transaction.atomic
def take_back_shift(actor: User, shift: Shift) -> None:
    """Take a shift out of the roster again. Raises Refused for one that has begun or that somebody swaps."""
    require(actor, RUNS_ROSTER, shift.place)
    if shift.starts_at <= now() or Swap.objects.filter(Q(shift=shift) | Q(back=shift)).exists():
        raise Refused(_("%(shift)s 已开始，或有人在换，不能撤回。") % {"shift": shift})
    shift.delete()
