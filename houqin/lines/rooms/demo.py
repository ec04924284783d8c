"""Rooms of the demonstration: two weeks in which people met, today, and what is booked ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from houqin.desk.catalogue.models import Entry
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.worktime.timetable import Timetable
from houqin.lines.rooms import actions
from houqin.lines.rooms.models import Meeting, Room, RoomFeature
from houqin.lines.rooms.planning import moment, plan_series
from houqin.lines.rooms.recurrence import Recurrence, Repeat, rule_of
from houqin.lines.rooms.rules import timetable_of
from houqin.lines.rooms.seed import seed_room_features
from houqin.lines.rooms.sweeps import finish_meetings

DAYS_BACK, PER_DAY = 14, 16
MINUTE = timedelta(minutes=1)
# code, name, seats, what it has, more
ROOMS: Sequence[tuple[str, str, int, str, dict[str, Any]]] = (
    ("BJ-101", "101 会议室", 8, "白板", {}),
    ("BJ-201", "201 会议室", 12, "投影 白板", {}),
    ("BJ-202", "202 会议室", 12, "投影 视频会议", {}),
    ("BJ-301", "301 会议室", 20, "投影 视频会议 话筒", {}),
    ("BJ-HALL", "多功能厅", 120, "投影 话筒 无障碍", {"needs_check_in": False}),
    ("BJ-HALL-E", "多功能厅东厅", 60, "投影 话筒 无障碍", {"whole": "BJ-HALL"}),
    ("BJ-HALL-W", "多功能厅西厅", 60, "投影 话筒 无障碍", {"whole": "BJ-HALL"}),
    ("BJ-401", "贵宾接待室", 10, "投影 电话会议", {"needs_approval": True}),
)
SUBJECTS = (
    "项目周会",
    "需求评审",
    "供应商沟通",
    "面试",
    "部门例会",
    "质量复盘",
    "培训",
    "预算讨论",
    "方案汇报",
)


def play(
    people: Mapping[str, User],
    sites: Mapping[str, Sequence[Place]],
    last: datetime,
    random: Random,
) -> None:
    """Enter the rooms, let two weeks pass in them, and book what lies ahead of `last`."""
    seed_room_features()
    rooms = _rooms([place for place in sites["BJ"] if "会议室" in place.name])
    small = [room for room in rooms.values() if room.whole_id is None and not room.needs_approval]
    crowd = [people[name] for name in ("wugong", "meng", "shen", "zheng", "he", "luo")]
    today = timezone.localtime(last).date()
    timetable = timetable_of(rooms["BJ-201"])
    for back in range(DAYS_BACK, 0, -1):
        day = today - timedelta(days=back)
        if timetable.is_working_day(day):
            _live(day, small, crowd, random)
    with turned_to(last - 20 * MINUTE):
        _ahead(people, rooms, _next_days(timetable, today), last)


def _next_days(timetable: Timetable, today: date) -> list[date]:
    """The next four working days, today among them if it is one."""
    first = today if timetable.is_working_day(today) else timetable.workdays_from(today, 1)
    return [first, *(timetable.workdays_from(first, nth) for nth in (1, 2, 3))]


def _rooms(places: Sequence[Place]) -> dict[str, Room]:
    created: dict[str, Room] = {}
    named = {place.name: place for place in reversed(places)}
    for nth, (code, name, seats, features, more) in enumerate(ROOMS):
        fields = more | ({"whole": created[more["whole"]]} if "whole" in more else {})
        room = Room.objects.create(
            code=code,
            name=name,
            capacity=seats,
            place=named.get(name, places[nth % len(places)]),
            **fields,
        )
        room.features.set(RoomFeature.objects.filter(name__in=features.split()))
        created[code] = room
    return created


def _live(day: date, rooms: Sequence[Room], crowd: Sequence[User], random: Random) -> None:
    """One day that has passed: booked in the morning, held, missed or ended early."""
    meetings: list[Meeting] = []
    for _nth in range(PER_DAY):
        start = moment(day, time(random.randint(9, 16), random.choice((0, 30))))
        with turned_to(moment(day, time(8))), suppress(Refused):  # the room may be taken
            meetings.append(_book(start, rooms, crowd, random))
    for meeting in sorted(meetings, key=lambda held: held.starts_at):
        _hold(meeting, random)
    finish_meetings(moment(day, time(21)))


def _book(start: datetime, rooms: Sequence[Room], crowd: Sequence[User], random: Random) -> Meeting:
    agenda = actions.Agenda(random.choice(SUBJECTS), people=random.randint(3, 8))
    end = start + random.choice((60, 60, 90, 120)) * MINUTE
    room, actor = random.choice(rooms), random.choice(crowd)
    return actions.book_meeting(actor, room, agenda, starts_at=start, ends_at=end)


def _hold(meeting: Meeting, random: Random) -> None:
    chance = random.random()
    if chance < 0.12:
        missed = meeting.starts_at + 15 * MINUTE
        with turned_to(missed):
            actions.release_meeting(meeting, missed)
        return
    with turned_to(meeting.starts_at + 2 * MINUTE):
        actions.check_in(meeting.organiser, meeting)
    if chance > 0.75:
        with turned_to(meeting.ends_at - 15 * MINUTE):
            actions.end_early(meeting.organiser, meeting)


# who, room, on which day from the next working day on, from, to, what for, for how many, invited, services
BOOKED = (
    (
        "wugong",
        "BJ-301",
        1,
        14,
        16,
        "客户来访交流",
        16,
        "meng luo",
        "tea name_cards meeting_cleaning",
    ),
    ("meng", "BJ-201", 1, 9, 10.5, "质量月度会", 10, "wugong", ""),
    ("shen", "BJ-202", 1, 10, 11, "远程评审", 6, "", ""),
    ("he", "BJ-HALL", 2, 9, 11.5, "新员工培训", 90, "", "tea"),
    ("zheng", "BJ-HALL-E", 1, 13.5, 15, "工会活动", 40, "", ""),
    ("luo", "BJ-401", 2, 14, 15, "接待合作单位", 6, "", "tea"),
    *(("shen", "BJ-101", nth, 18, 19, "每日站会", 6, "", "") for nth in range(4)),
    *(("meng", "BJ-202", nth, 15.5, 17, "实验数据讨论", 8, "", "") for nth in range(4)),
)


def _ahead(
    people: Mapping[str, User], rooms: Mapping[str, Room], days: Sequence[date], last: datetime
) -> None:
    """Something for each role and each state: services, a request, a hall, someone who waits, a series."""
    for who, room, nth, start, end, subject, count, invited, services in BOOKED:
        stretch = [moment(days[nth], time(int(hour), int(hour % 1 * 60))) for hour in (start, end)]
        if stretch[0] <= last:
            continue
        agenda = actions.Agenda(
            subject,
            people=count,
            attendees=[people[name] for name in invited.split()],
            emails=["guest@example.com"] if services and invited else [],
            services=list(Entry.objects.filter(code__in=services.split())),
        )
        starts, ends = stretch
        actions.book_meeting(people[who], rooms[room], agenda, starts_at=starts, ends_at=ends)
    tomorrow = days[1]
    waiting = {"starts_at": moment(tomorrow, time(15)), "ends_at": moment(tomorrow, time(16))}
    actions.wait_for_room(
        people["he"], rooms["BJ-301"], actions.Agenda("招聘面试", people=5), **waiting
    )
    _series(people, rooms["BJ-201"], days[2], last)


def _series(people: Mapping[str, User], room: Room, first: date, last: datetime) -> None:
    """Nine weeks of one meeting, without the dates that are taken."""
    recurrence = Recurrence(rule_of(Repeat.WEEKLY, first), first, first + timedelta(weeks=8))
    plan = plan_series(room, recurrence, time(10), time(11), last)
    agenda = actions.Agenda("研发周例会", people=9, attendees=[people["shen"]])
    stretches = [
        (occurrence.starts_at, occurrence.ends_at) for occurrence in plan if not occurrence.problem
    ]
    actions.book_series(people["wugong"], room, agenda, recurrence=recurrence, stretches=stretches)
