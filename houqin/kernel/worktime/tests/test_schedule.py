"""Schedules of places: what a date is, who may say so, and when the engine notices."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.places.actions import add_place
from houqin.kernel.worktime.actions import edit_day, publish_year, read_notice, remove_day
from houqin.kernel.worktime.models import PlaceSchedule, Schedule, ScheduleDay, schedule_at
from houqin.kernel.worktime.seed import NATIONAL, seed_national

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SHORT = [["09:00", "12:00"]]


@pytest.fixture
def chen():
    return User.objects.create(username="chen", name="陈专员")


@pytest.fixture
def national():
    return seed_national(first=2024)


def built_on(base, **fields):
    schedule = Schedule(base=base, name="滨江园区", **fields)
    schedule.full_clean()
    schedule.save()
    return schedule


def test_the_national_calendar_knows_2004_to_2026_and_guesses_two_years_more():
    schedule = seed_national()
    assert schedule.name == NATIONAL
    assert schedule.published_through == 2026
    years = schedule.days.values_list("date__year", flat=True)
    assert set(years) == set(range(2004, 2029))
    assert not schedule.timetable().is_working_day(date(2027, 1, 1))
    assert schedule.timetable().is_working_day(date(2026, 2, 14))


def test_seeding_twice_changes_nothing_and_brings_back_no_removed_day(national, chen):
    remove_day(chen, national, date=date(2026, 1, 2), now=NOW)
    edit_day(chen, national, date=date(2027, 1, 4), working=False, name="厂庆", now=NOW)
    before = list(national.days.values_list("date", "name", "source"))
    again = seed_national(first=2024)
    assert again.pk == national.pk
    assert list(again.days.values_list("date", "name", "source")) == before


def test_a_day_is_what_the_schedule_says_else_the_base_else_the_weekday(national, chen):
    campus = built_on(national, week={"0": SHORT, "5": SHORT})
    table = campus.timetable()
    assert table.close_of(date(2026, 11, 23)).hour == 12
    assert not table.is_working_day(date(2026, 11, 24))  # no Tuesday in its own week
    assert not table.is_working_day(date(2026, 2, 21))  # a Saturday, but a holiday of the base
    edit_day(chen, campus, date=date(2026, 2, 21), working=True, name="值守", now=NOW)
    campus.refresh_from_db()
    assert campus.timetable().is_working_day(date(2026, 2, 21))
    assert campus.timetable().published_through == 2026
    assert not national.timetable().is_working_day(date(2026, 2, 21))


def test_an_edit_of_the_base_is_seen_by_every_schedule_built_on_it(national, chen):
    campus = built_on(national)
    building = Schedule.objects.create(name="2 号楼", base=campus)
    assert building.timetable().is_working_day(date(2026, 11, 24))
    edit_day(chen, national, date=date(2026, 11, 24), working=False, name="停水", now=NOW)
    for schedule in (national, campus, building):
        schedule.refresh_from_db()
        assert not schedule.timetable().is_working_day(date(2026, 11, 24))
    assert national.days.get(date=date(2026, 11, 24)).changed_by == chen


def test_an_edit_that_was_rolled_back_is_forgotten(national, chen):
    with transaction.atomic():
        edit_day(chen, national, date=date(2026, 11, 24), working=False, now=NOW)
        assert not national.timetable().is_working_day(date(2026, 11, 24))
        transaction.set_rollback(True)
    national.refresh_from_db()
    edit_day(chen, national, date=date(2026, 11, 25), working=False, now=NOW)
    national.refresh_from_db()
    assert national.timetable().is_working_day(date(2026, 11, 24))


def test_asking_for_a_timetable_again_asks_the_database_nothing(
    national, django_assert_num_queries
):
    campus = built_on(national)
    campus.timetable()
    again = Schedule.objects.get(pk=campus.pk)
    with django_assert_num_queries(0):
        assert again.timetable() is campus.timetable()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "没有任何工作时间"),
        ({"week": {"0": []}}, "没有任何工作时间"),
        ({"week": {"7": SHORT}}, "“0”（周一）到“6”（周日）"),
        ({"week": {"0": [["22:00", "06:00"]]}}, "跨零点的班次请拆成两天"),
        ({"week": {"0": [["9点", "12:00"]]}}, "时间“9点”不对"),
        ({"week": {"0": ["09:00"]}}, "开始–结束"),
        ({"week": [1]}, "“0”（周一）"),
        ({"week": {"0": SHORT}, "timezone": "Asia/Atlantis"}, "没有这个时区"),
    ],
)
def test_a_schedule_without_working_time_or_with_nonsense_is_refused(fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        Schedule(name="空", **fields).full_clean()


def test_a_schedule_cannot_be_built_on_itself(national):
    campus = built_on(national)
    national.base = campus
    with pytest.raises(ValidationError, match="互为基础"):
        national.full_clean()


def test_hours_may_end_at_midnight(chen):
    schedule = Schedule.objects.create(
        name="机房", week={str(day): [["00:00", "24:00"]] for day in range(7)}
    )
    start, end = schedule.timetable().intervals(date(2026, 11, 23))[0]
    assert (end - start).total_seconds() == 86_400
    day = edit_day(
        chen,
        schedule,
        date=date(2026, 11, 24),
        working=True,
        intervals=[["18:00", "24:00"]],
        now=NOW,
    )
    assert day.intervals == [["18:00", "24:00"]]


@pytest.mark.parametrize(
    "intervals", [[], [["12:00", "09:00"]], [["09:00", "12:00"], ["11:00", "13:00"]]]
)
def test_a_working_day_needs_sensible_hours(national, chen, intervals):
    with pytest.raises(Refused, match="工作时段"):
        edit_day(
            chen, national, date=date(2026, 11, 24), working=True, intervals=intervals, now=NOW
        )
    assert not national.days.filter(date=date(2026, 11, 24)).exists()


def test_the_last_working_time_cannot_be_taken_away(chen):
    schedule = Schedule.objects.create(name="临时")
    edit_day(chen, schedule, date=date(2026, 11, 24), working=True, intervals=SHORT, now=NOW)
    with pytest.raises(Refused, match="没有任何工作时间"):
        remove_day(chen, schedule, date=date(2026, 11, 24), now=NOW)
    assert schedule.days.count() == 1


def test_a_day_that_is_not_set_cannot_be_removed(national, chen):
    with pytest.raises(Refused, match="没有单独设置"):
        remove_day(chen, national, date=date(2026, 11, 24), now=NOW)


def test_a_place_has_the_schedule_of_the_nearest_place_above_it(national):
    campus = add_place(None, kind="campus", name="滨江园区", code="BJ")
    building = add_place(campus, kind="building", name="2 号楼", code="BJ-2")
    room = add_place(building, kind="room", name="502", code="BJ-2-502")
    other = add_place(None, kind="campus", name="城西园区", code="CX")
    day_and_night = Schedule.objects.create(name="机房", week={"0": [["00:00", "24:00"]]})
    own = built_on(national)
    PlaceSchedule.objects.create(place=campus, schedule=own)
    PlaceSchedule.objects.create(place=building, schedule=day_and_night)
    assert schedule_at(room) == day_and_night
    assert schedule_at(campus) == own
    assert schedule_at(other) == national
    assert schedule_at(None) == national


def test_a_house_without_a_schedule_says_so():
    with pytest.raises(Refused, match="还没有工作日历"):
        schedule_at(None)


def test_publishing_a_year_replaces_what_the_law_alone_said(national, chen):
    edit_day(chen, national, date=date(2027, 2, 12), working=False, name="厂休", now=NOW)
    rows = "日期,名称,类型\n2027-01-01,元旦,放假\n2027-01-09,元旦,上班\n2027-02-12,春节,上班\n"
    assert national.timetable().provisional(datetime(2027, 1, 4, tzinfo=UTC))
    kept = publish_year(chen, national, notice=read_notice(rows, "2027.csv"), now=NOW)
    national.refresh_from_db()
    table = national.timetable()
    assert [day.name for day in kept] == ["厂休"]
    assert table.published_through == 2027
    assert table.is_working_day(date(2027, 1, 9))
    assert not table.is_working_day(date(2027, 2, 12))
    assert table.is_working_day(date(2027, 4, 5))  # a statutory day which this notice does not name
    assert national.days.get(date=date(2027, 1, 9)).name == "元旦调休"
    assert not table.is_working_day(date(2028, 1, 3))
    assert not table.provisional(datetime(2027, 1, 4, tzinfo=UTC))


def test_publishing_the_same_year_again_replaces_the_first_notice(national, chen):
    for rows in (
        "date,name,isOffDay\n2027-03-01,甲,true\n",
        "date,name,isOffDay\n2027-03-02,乙,true\n",
    ):
        publish_year(chen, national, notice=read_notice(rows, "2027.csv"), now=NOW)
    days = national.days.filter(date__year=2027).values_list("date", "name", "source")
    assert list(days) == [(date(2027, 3, 2), "乙", "notice:2027")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"year": 2027, "days": []}', "可能还没有公布"),
        ("日期,类型\n2027-02-30,放假", "第 2 行：日期“2027-02-30”不对"),
        ("日期,类型\n2028-01-01,放假", "请先导入 2027 年"),
    ],
)
def test_a_notice_that_cannot_be_published_is_refused(national, chen, content, sentence):
    with pytest.raises(Refused, match=sentence):
        publish_year(chen, national, notice=read_notice(content, "x"), now=NOW)
    assert ScheduleDay.objects.filter(date__year=2027, source=ScheduleDay.STATUTORY).exists()


def test_a_schedule_keeps_its_own_zone():
    schedule = Schedule.objects.create(name="海外", timezone="Europe/Berlin", week={"0": SHORT})
    assert schedule.timetable().tz == ZoneInfo("Europe/Berlin")
