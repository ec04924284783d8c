"""The list of meetings, and the registers of rooms and of the times in which they are closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.lines.rooms import samples
from houqin.lines.rooms.actions import save_closure, save_room
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting, MeetingQuerySet, Room, RoomClosure
from houqin.ui.fields import PhotoField, record_form
from houqin.ui.http import PageRequest
from houqin.ui.lists import ACTION, TEXT, TITLE, Blank, Column, Listing, PageAction, View
from houqin.ui.registers import Register, in_use
from houqin.ui.routes import BUSINESS

S = Meeting.Status


def to_decide(rows: MeetingQuerySet, user: User) -> MeetingQuerySet:
    """What waits for an answer of `user`: approvals, and rooms that are kept for them."""
    runs = rows.filter(user.reach(RUNS_ROOMS, place="room__place"), status=S.ASKED)
    return runs | rows.filter(organiser=user, status=S.OFFERED)


def _book(request: PageRequest) -> Sequence[PageAction]:
    return [PageAction(_("预订"), reverse("rooms:new"), "plus", primary=True)]


MEETINGS = Listing(
    key="meetings",
    model=Meeting,
    title=_("我的会议"),
    columns=(
        Column("number"),
        Column("subject", kind=TITLE, link=True),
        Column("room", filter=True, phone=True),
        Column("starts_at", sort=True, filter=True, phone=True),
        Column("ends_at", shown=False),
        Column("organiser", filter=True),
        Column("people", shown=False),
        Column("status", filter=True),
        Column("made_at", shown=False, sort=True),
    ),
    views=(
        View(
            "mine", _("我的会议"), lambda rows, user: rows.mine(user).upcoming(now()), "starts_at"
        ),
        View("decide", _("等我处理"), to_decide, "starts_at", hot=True),
        View(
            "past",
            _("过去的"),
            lambda rows, user: rows.exclude(status__in=Meeting.OPEN),
            "-starts_at",
        ),
        View("all", _("全部"), lambda rows, user: rows, "-starts_at"),
    ),
    search=("number", "subject", "room__name", "organiser__name"),
    placeholder=_("搜编号、主题、会议室、预订人"),
    actions=_book,
    blank=Blank(
        _("没有会议"),
        _("在会议室的格子里点一下就能预订；您预订的和请您参加的会列在这里。"),
        "rooms:new",
        _("预订会议室"),
    ),
)


def _door(room: Room, at: datetime) -> str:
    words, url = _now("门口屏"), reverse("rooms:door_link", args=[room.code])
    return format_html('<a class="link" href="{}">{}</a>', url, words)


def _approval(room: Room) -> str:
    return _now("须批准") if room.needs_approval else ""


def _check_in(room: Room) -> str:
    return _now("须签到") if room.needs_check_in else ""


def _closures(request: PageRequest) -> Sequence[PageAction]:
    return [PageAction(CLOSURES.title, reverse("rooms:room_closures"), "ban")]


FIELDS = (
    "code",
    "name",
    "place",
    "whole",
    "capacity",
    "features",
    "opens",
    "closes",
    "rest_days",
    "needs_approval",
    "needs_check_in",
    "note",
    "photos",
)
ROOMS = Register(
    key="rooms",
    model=Room,
    title=_("会议室登记"),
    about=_("会议室和能分的大厅：整厅占着分厅就占着，分厅占着整厅就不能订"),
    columns=(
        Column("code", sort=True),
        Column("name", kind=TITLE, link=True, sort=True),
        Column("place", filter=True, gives=3),
        Column("whole", gives=1),
        Column("capacity", sort=True),
        Column(
            "features", gives=2, value=lambda room: _now("、").join(map(str, room.features.all()))
        ),
        Column("hours", _("开放时间"), gives=4),
        Column("needs_approval", kind=TEXT, value=_approval, filter=True, gives=2),
        Column("needs_check_in", kind=TEXT, value=_check_in, shown=False),
        Column("door", _("操作"), ACTION, cell=_door, api=""),
        Column("active", filter=True),
    ),
    views=in_use("code"),
    search=("code", "name", "place__full_name"),
    placeholder=_("搜编号、名称、地点"),
    actions=_closures,
    blank=Blank(
        _("还没有会议室"),
        _("登记每一间：坐几人、有什么设备、几点开放；能分的大厅先登记整厅，再登记分厅。"),
        "rooms:new_room",
        _("新增会议室"),
    ),
    by="code",
    namespace="rooms",
    name="room",
    form=record_form(
        Room,
        FIELDS,
        photos=PhotoField(label=_("照片"), required=False, help_text=_("新的照片换下原来的")),
    ),
    save=save_room,
    switch=True,
    edits=RUNS_ROOMS,
    reads=BUSINESS,
    sample=samples.room,
)

CLOSURES = Register(
    key="room_closures",
    model=RoomClosure,
    title=_("会议室停用时段"),
    about=_("维修、考试、布展：这段时间谁也不能订；已有会议的先改到别处"),
    columns=(
        Column("room", kind=TITLE, link=True, filter=True),
        Column("starts_at", sort=True, filter=True, phone=True),
        Column("ends_at", phone=True),
        Column("reason", phone=True),
        Column("active", filter=True),
    ),
    views=(
        View("ahead", _("现在和以后"), lambda rows, user: rows.ahead(now()), "starts_at"),
        View("all", _("全部"), lambda rows, user: rows, "-starts_at"),
    ),
    blank=Blank(
        _("没有停用时段"),
        _("会议室要维修或另有用处时，在这里占住。"),
        "rooms:new_room_closure",
        _("新增停用时段"),
    ),
    namespace="rooms",
    name="room_closure",
    form=record_form(RoomClosure, ("room", "starts_at", "ends_at", "reason")),
    save=save_closure,
    switch=True,
    edits=RUNS_ROOMS,
    sample=samples.closure,
)
