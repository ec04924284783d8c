"""The card of a meeting, and what rooms hang into the menu."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.lines.rooms import actions
from houqin.lines.rooms.forms import CancelMeetingForm, ChangeForm, DeclineForm, MoveForm
from houqin.lines.rooms.lists import to_decide
from houqin.lines.rooms.models import ONE_ROOM, RUNS_ROOMS, Meeting, MeetingQuerySet
from houqin.lines.rooms.reports import meetings_of_day
from houqin.ui.cards import Card, Verb, pictures_of
from houqin.ui.http import PageRequest
from houqin.ui.routes import REQUESTER
from houqin.ui.shell.navigation import NavItem, register
from houqin.ui.timeline import timeline
from houqin.ui.today import TODAY, TodayPart, TodayRow

# Who sees the sample: wu's meeting, to which wang is invited.
SEES = RUNS_ROOMS | {Role.TECHNICIAN, REQUESTER}


def _context(request: PageRequest, meeting: Meeting) -> dict[str, Any]:
    at = now()
    services = list(meeting.services.select_related("entry", "demand"))
    return {
        "now": at,
        "entries": timeline(meeting, inner=False),
        "attendees": meeting.attendees.select_related("user__department"),
        "services": [
            (service, actions.due_time(meeting, service.entry, at)) for service in services
        ],
        "facts": _facts(meeting),
        "photos": pictures_of(meeting.room)["photos"],
        "kept": meeting.holds.held().exclude(expires_at=None).first(),
        "siblings": _siblings(request.user, meeting),
    }


def _facts(meeting: Meeting) -> list[dict[str, Any]]:
    facts = (
        (ONE_ROOM, meeting.room),
        (_("地点"), meeting.room.place.full_name),
        (_("时间"), meeting.when),
        (_("预订人"), meeting.organiser),
        (_("电话"), meeting.organiser.phone),
        (_("人数"), meeting.people),
        (_("备注"), meeting.note),
    )
    return [{"label": label, "value": value} for label, value in facts]


def _siblings(user: User, meeting: Meeting) -> list[Meeting]:
    """The meetings of its series around it, those before it first."""
    if not meeting.series_id:
        return []
    rows = Meeting.objects.visible_to(user).filter(series=meeting.series_id).with_all()
    return list(rows.order_by("starts_at", "pk")[:60])


CARD = Card(
    model=Meeting,
    name="meeting",
    app="rooms",
    context=_context,
    verbs={
        "cancel": Verb(
            _("取消会议"),
            actions.cancel_meeting,
            "ban",
            CancelMeetingForm,
            tone="danger",
            done=_("会议已取消。"),
        ),
        "decline": Verb(
            _("不批准"), actions.decline_meeting, "ban", DeclineForm, done=_("已告知预订人。")
        ),
        "change": Verb(
            _("修改内容"),
            actions.change_meeting,
            "edit",
            ChangeForm,
            key="e",
            done=_("已修改，参会人会收到更新。"),
        ),
        "move": Verb(
            _("改时间地点"),
            actions.move_meeting,
            "calendar-time",
            MoveForm,
            key="m",
            done=_("已改期，服务和日历邀请一起更新。"),
        ),
        "end_early": Verb(
            _("提前结束"), actions.end_early, "player-stop", key="x", done=_("会议室已空出。")
        ),
        "confirm": Verb(
            _("确认使用"),
            actions.confirm_meeting,
            "check",
            tone="primary",
            key="a",
            done=_("已预订。"),
        ),
        "approve": Verb(
            _("批准"), actions.approve_meeting, "check", tone="primary", key="a", done=_("已批准。")
        ),
        "check_in": Verb(
            _("签到"),
            actions.check_in,
            "user-check",
            tone="primary",
            key="s",
            done=_("已签到。"),
            blocked=lambda meeting: actions.why_not_yet(meeting, now()),
        ),
    },
)


def _today(user: User, roles: Set[str], at: datetime) -> list[TodayRow]:
    """Who meets where, as the grid shows it to everybody; what about, only to those who see the meeting."""
    meetings = meetings_of_day(user, roles, at)
    shown = Meeting.objects.visible_to(user).filter(pk__in=[meeting.pk for meeting in meetings])
    seen = set(shown.values_list("pk", flat=True))
    return [_today_row(meeting, seen=meeting.pk in seen) for meeting in meetings]


def _today_row(meeting: Meeting, *, seen: bool) -> TodayRow:
    who = " ".join(filter(None, [str(meeting.organiser), meeting.organiser.phone]))
    about = [meeting.subject] if seen else []
    return TodayRow(
        f"{timezone.localtime(meeting.starts_at):%H:%M} {meeting.room}",
        " · ".join([who, *about]),
        meeting.get_absolute_url() if seen else "",
        meeting,
    )


def _to_decide(user: User) -> MeetingQuerySet:
    return to_decide(Meeting.objects.visible_to(user), user)


TODAY.register(
    TodayPart("meetings", _("今天的会议"), 10, _today, "rooms:grid", _("今天没有会议了。"))
)
register(
    NavItem(
        group="lines",
        label=_("会议室"),
        icon="door",
        url_name="rooms:grid",
        order=30,
        waiting=_to_decide,
        hot=True,
    )
)
