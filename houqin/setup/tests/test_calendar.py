"""The year at a glance, one day changed, and what follows for the clocks that run."""

from datetime import date

import pytest
from django.urls import reverse

from houqin.desk.demands.actions import reject_demand
from houqin.kernel.clock.models import Clock, Kind
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.models import PlaceSchedule, Schedule, ScheduleDay
from houqin.platform.notices.models import Notice
from houqin.setup.calendar.year import missing_year, runs, year_of
from houqin.work.orders.actions import accept_order, hold_order, start_order
from tests.cast import NOW, later

pytestmark = pytest.mark.engine
# 2026-11-23 is a Monday; a routine demand of that morning is to be handled by the 5th working day, the 30th.
HANDLING_DUE = date(2026, 11, 30)


def day_url(schedule, day=date(2026, 11, 27), name="setup:day"):
    return reverse(name, args=[schedule.pk, day.year, day.month, day.day])


def handling(demand):
    return demand.clocks.get(kind=Kind.HANDLING)


def due_day(demand):
    return handling(demand).due_at.astimezone(NOW.tzinfo).date()


def test_the_address_of_the_calendar_leads_to_this_year(lin, national):
    assert lin.get("/calendar/").url == reverse("setup:year", args=[national.pk, 2026])


def test_a_year_shows_each_day_by_word_and_mark(lin, national):
    page = lin.get(reverse("setup:year", args=[national.pk, 2026])).content.decode()
    assert 'title="放假 国庆节"' in page
    assert 'title="调休上班 国庆节调休 08:30–12:00 13:30–17:30"' in page
    assert "暂定，通知未公布" in page
    assert page.count('class="date date--rest"') > 50


def test_a_year_that_nobody_has_announced_says_so(lin, national):
    page = lin.get(reverse("setup:year", args=[national.pk, 2027])).content.decode()
    assert '<span class="state state--hold">暂定</span>' in page
    assert "2027 年放假安排还没有公布到这里" in page


@pytest.mark.parametrize(
    "wrong",
    [
        "/calendar/999/2026/",
        "/calendar/1/1899/",
        "/calendar/1/2026/2/30/",
        f"/calendar/1/2026/{10**20}/1/",
    ],
)
def test_a_year_or_day_that_is_not_there_is_404(lin, national, wrong):
    assert lin.get(wrong.replace("/1/", f"/{national.pk}/", 1)).status_code == 404


def test_days_of_a_year_are_counted_once_each(national):
    year = year_of(national.timetable(), 2026)
    assert sum(year.counts.values()) == 365
    assert not year.provisional
    assert year_of(national.timetable(), 2028).provisional
    assert sum(year_of(national.timetable(), 2028).counts.values()) == 366


def test_the_next_year_is_missed_from_november_on(national):
    assert missing_year(national, NOW) == 2027
    assert missing_year(national, NOW.replace(month=10, day=31)) is None
    assert missing_year(national, NOW.replace(year=2027, month=2)) == 2027


def test_a_schedule_built_on_another_shows_the_holidays_of_its_base(lin, national, cast):
    night = Schedule.objects.create(
        name="临港作息", base=national, week={"0": [["20:00", "24:00"]]}
    )
    PlaceSchedule.objects.create(place=cast.far, schedule=night)
    page = lin.get(reverse("setup:year", args=[night.pk, 2026])).content.decode()
    assert "城西院区" in page
    assert "20:00–24:00" in page
    assert "放假安排随“国家工作日历”" in page
    assert reverse("setup:notice", args=[national.pk]) in page


def test_a_day_off_moves_the_running_clocks_and_tells_both_sides(lin, national, cast):
    demand = cast.graded()
    assert due_day(demand) == HANDLING_DUE
    answer = lin.post(day_url(national), {"working": "no", "name": "园区停电"}, follow=True)
    assert "个进行中的时限随之改变，已通知相关人" in answer.content.decode()
    assert due_day(demand) == date(2026, 12, 1)
    moved = Event.objects.about(demand).filter(name="clock.moved", facts__kind="handling").get()
    assert moved.facts["due"] == "2026-12-01 17:30"
    assert moved.facts["before"] == "2026-11-30 17:30"
    assert moved.facts["due_at"].startswith("2026-12-01T17:30")
    assert moved.actor == cast.lin
    assert Notice.objects.filter(event=moved, user=cast.wu).exists()
    demand.refresh_from_db()
    assert demand.next_due_at == min(
        demand.clocks.filter(result="running").values_list("due_at", flat=True)
    )


def test_what_was_changed_can_be_taken_back_and_the_clocks_follow(lin, national, cast):
    demand = cast.graded()
    lin.post(day_url(national), {"working": "no", "name": "园区停电"})
    assert lin.post(day_url(national, name="setup:clear_day")).status_code == 302
    assert due_day(demand) == HANDLING_DUE
    assert not ScheduleDay.objects.filter(date="2026-11-27").exists()
    assert lin.post(day_url(national, name="setup:clear_day")).status_code == 409


def test_hours_of_one_day_can_differ(lin, national, cast):
    data = {"working": "yes", "name": "半天", "intervals": "8:30-12:00"}
    assert lin.post(day_url(national, HANDLING_DUE), data).status_code == 302
    demand = cast.graded()
    assert f"{handling(demand).due_at.astimezone(NOW.tzinfo):%m-%d %H:%M}" == "11-30 12:00"
    assert 'value="08:30–12:00"' in lin.get(day_url(national, HANDLING_DUE)).content.decode()


@pytest.mark.parametrize(
    "hours", ["8:30", "12:00-8:30", "08:30-12:00 11:00-17:00", "25:00-26:00", "hello"]
)
def test_hours_that_make_no_sense_are_said_beside_the_field(lin, national, hours):
    answer = lin.post(day_url(national), {"working": "yes", "name": "", "intervals": hours})
    assert answer.status_code == 422
    assert 'class="field__error"' in answer.content.decode()
    assert not ScheduleDay.objects.filter(date="2026-11-27").exists()


def test_the_form_of_a_day_answers_htmx_with_its_part(lin, national):
    answer = lin.get(day_url(national), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    done = lin.post(day_url(national), {"working": "no"}, headers={"HX-Request": "true"})
    assert (done.status_code, done["HX-Redirect"]) == (204, f"/calendar/{national.pk}/2026/#m11")


def test_a_day_saved_over_its_year_has_the_year_read_again(lin, national):
    above = {
        "HX-Request": "true",
        "HX-Current-URL": f"http://testserver/calendar/{national.pk}/2026/#m11",
    }
    done = lin.post(day_url(national), {"working": "no"}, headers=above)
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")


def test_clocks_that_ended_are_paused_or_run_in_hours_stay_as_they_are(lin, national, cast):
    urgent, held = cast.graded(grade="urgent"), cast.order()
    rejected = cast.submit()
    with turned_to(later(minutes=5)):
        cast_hold(cast, held)
        reject(cast, rejected)
    before = dict(Clock.objects.values_list("pk", "due_at"))
    lin.post(day_url(national), {"working": "no", "name": "园区停电"})
    after = dict(Clock.objects.values_list("pk", "due_at"))
    moved = {pk for pk in before if before[pk] != after[pk]}
    ended_or_paused = Clock.objects.exclude(result="running", paused_at=None)
    assert ended_or_paused.exists()
    assert not moved & set(ended_or_paused.values_list("pk", flat=True))
    assert not moved & set(urgent.clocks.filter(unit="hours").values_list("pk", flat=True))


def cast_hold(cast, order):
    order.refresh_from_db()
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    hold_order(cast.wang, order, reason="parts")


def reject(cast, demand):
    reject_demand(cast.chen, demand, reason="不归后勤")


def test_a_change_that_touches_no_clock_writes_no_clock(
    lin, national, cast, django_assert_max_num_queries
):
    for _again in range(3):
        cast.graded()
    with django_assert_max_num_queries(45):
        lin.post(day_url(national, date(2026, 1, 5)), {"working": "no", "name": "从前"})
    assert not Event.objects.filter(name="clock.moved").exists()


@pytest.mark.parametrize("username", ["chen", "wu", "wang"])
def test_only_the_manager_and_the_system_administrator_change_a_calendar(
    cast, national, as_user, username
):
    browser = as_user(getattr(cast, username))
    assert browser.post(day_url(national), {"working": "no"}).status_code == 403
    assert not ScheduleDay.objects.filter(date="2026-11-27").exists()
    assert as_user(cast.sys).post(day_url(national), {"working": "no"}).status_code == 302


def test_a_coordinator_looks_but_finds_nothing_to_press(cast, national, as_user):
    page = as_user(cast.chen).get(reverse("setup:year", args=[national.pk, 2026])).content.decode()
    assert "导入放假安排" not in page
    assert day_url(national) not in page


def test_the_menu_warns_those_who_can_import(cast, national, as_user):
    grant_role(cast.sys, Role.SYSTEM_ADMIN)
    assert "count--hot" in as_user(cast.sys).get("/health/").content.decode()


def test_the_changes_are_listed_below_the_year(lin, national):
    lin.post(day_url(national), {"working": "no", "name": "园区停电"})
    page = lin.get(reverse("setup:year", args=[national.pk, 2026])).content.decode()
    assert "2026-11-27 改为 放假" in page


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([4], "4"), ([1, 2, 3], "1–3"), ([1, 2, 4, 7, 8], "1–2, 4, 7–8")],
)
def test_days_in_a_row_are_said_by_their_ends(numbers, words):
    assert runs(numbers) == words
