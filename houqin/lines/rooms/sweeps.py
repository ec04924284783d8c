"""What time does to meetings: nobody came, it is over, the wait was for nothing, services are due soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import Refused
from houqin.kernel.sweeps.registry import BATCH, sweep
from houqin.lines.rooms.actions import (
    finish_meeting,
    lapse_meeting,
    raise_services,
    release_meeting,
)
from houqin.lines.rooms.models import Meeting, MeetingQuerySet
from houqin.lines.rooms.policies import SERVICES_AHEAD, SHORTEST

MINUTE = timedelta(minutes=1)


@sweep(every=MINUTE, title=_("释放无人签到的会议室"))
def release_no_shows(now: datetime) -> int:
    """Give back the rooms of meetings to which nobody has come."""
    return _each(Meeting.objects.no_shows(now).order_by("release_at", "pk"), release_meeting, now)


@sweep(every=MINUTE, title=_("结束到点的会议"))
def finish_meetings(now: datetime) -> int:
    """End the meetings whose time is over."""
    return _each(Meeting.objects.over(now).order_by("ends_at", "pk"), finish_meeting, now)


@sweep(every=MINUTE, title=_("结束无望的会议室排队"))
def lapse_waiting(now: datetime) -> int:
    """End the waiting of those for whom too little time is left."""
    rows = Meeting.objects.filter(
        status=Meeting.Status.WAITING, ends_at__lt=now + SHORTEST.span(now)
    )
    return _each(rows.order_by("ends_at", "pk"), lapse_meeting, now)


@sweep(every=timedelta(minutes=10), title=_("提交临近会议的服务"))
def raise_near_services(now: datetime) -> int:
    """Ask the desk for the services of the meetings that have come near."""
    near = Meeting.objects.filter(
        status__in=(Meeting.Status.BOOKED, Meeting.Status.RUNNING),
        starts_at__lte=now + SERVICES_AHEAD.span(now),
        ends_at__gt=now,
        services__demand=None,
        services__isnull=False,
    )
    return _each(near.distinct().order_by("starts_at", "pk"), raise_services, now)


def _each(rows: MeetingQuerySet, act: Callable[[Meeting, datetime], Any], now: datetime) -> int:
    """Do it to each of a batch; whoever was moved by somebody else in between is left alone."""
    count = 0
    for meeting in _batch(rows):
        try:
            act(meeting, now)
        except Refused:
            continue
        count += 1
    return count


def _batch(rows: MeetingQuerySet) -> Iterable[Meeting]:
    return list(rows.with_all()[:BATCH])
