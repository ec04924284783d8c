"""Next year's holidays: previewed, signed, published; provisional due times follow."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from houqin.kernel.clock.models import Kind
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.models import Schedule, ScheduleDay
from houqin.kernel.worktime.seed import seed_national
from tests.cast import NOW

# An invented notice for 2027: New Year takes the Monday with it, a Saturday is worked for it.
NEW_YEAR = [
    ("2027-01-01", True),
    ("2027-01-02", True),
    ("2027-01-03", True),
    ("2027-01-04", True),
    ("2027-01-09", False),
]
LATE = NOW.replace(month=12, day=30)


def as_json(days=NEW_YEAR, year=2027):
    rows = [{"name": "元旦", "date": day, "isOffDay": off} for day, off in days]
    return SimpleUploadedFile("2027.json", json.dumps({"year": year, "days": rows}).encode())


def as_csv(text):
    return SimpleUploadedFile("2027.csv", text.encode())


def preview(browser, schedule, file):
    return browser.post(reverse("setup:notice", args=[schedule.pk]), {"file": file})


def publish(browser, schedule, signed):
    return browser.post(reverse("setup:publish", args=[schedule.pk]), {"signed": signed})


@pytest.fixture
def expected(national):
    """2027 by law only, as a new house has it."""
    seed_national()
    national.refresh_from_db()
    assert national.published_through == 2026
    return national


def test_a_preview_shows_what_changes_and_saves_nothing(lin, expected):
    before = list(ScheduleDay.objects.values_list("date", "working", "source"))
    answer = preview(lin, expected, as_json())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "将更新" in page
    assert "还没有保存" in page
    assert "将删除" in page
    assert "文件可能不完整" in page
    assert list(ScheduleDay.objects.values_list("date", "working", "source")) == before
    assert Schedule.objects.get().published_through == 2026


def test_what_was_previewed_is_published_and_the_year_is_no_longer_provisional(lin, expected):
    answer = publish(lin, expected, preview(lin, expected, as_json()).context["signed"])
    assert answer.url == reverse("setup:year", args=[expected.pk, 2027])
    fresh = Schedule.objects.get()
    assert fresh.published_through == 2027
    assert not fresh.timetable().is_working_day(date(2027, 1, 4))
    assert fresh.timetable().is_working_day(date(2027, 1, 9))
    assert Event.objects.filter(name="calendar.published", facts__year=2027).exists()


def test_publishing_moves_the_provisional_due_times_and_says_so(lin, expected, cast):
    demand = cast.graded(at=LATE)
    clock = demand.clocks.get(kind=Kind.HANDLING)
    assert clock.provisional
    before = clock.due_at
    with turned_to(LATE):
        publish(lin, expected, preview(lin, expected, as_json()).context["signed"])
    clock.refresh_from_db()
    assert not clock.provisional
    assert clock.due_at > before
    moved = Event.objects.about(demand).get(name="clock.moved", facts__kind="handling")
    assert moved.facts["due_at"] == clock.due_at.astimezone(NOW.tzinfo).isoformat()
    assert moved.actor == cast.lin


def test_a_provisional_due_time_that_the_notice_confirms_is_only_confirmed(lin, expected, cast):
    demand = cast.graded(at=NOW.replace(month=12, day=28))
    clock = demand.clocks.get(kind=Kind.HANDLING)
    assert clock.provisional
    by_law = [(day.date.isoformat(), True) for day in ScheduleDay.objects.filter(date__year=2027)]
    with turned_to(LATE):
        publish(lin, expected, preview(lin, expected, as_json(by_law)).context["signed"])
    before, provisional = clock.due_at, clock.provisional
    clock.refresh_from_db()
    assert (clock.due_at, clock.provisional) == (before, not provisional)
    assert not Event.objects.filter(name="clock.moved").exists()


def test_a_table_from_a_spreadsheet_is_read_too(lin, expected):
    answer = preview(
        lin, expected, as_csv("日期,名称,类型\n2027-01-01,元旦,放假\n2027-01-09,元旦,上班\n")
    )
    assert answer.status_code == 200
    assert "2027-01-09" in answer.content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (as_csv("日期,名称,类型\n2027-13-01,元旦,放假\n"), "2027-13-01"),
        (as_csv("日期,名称,类型\n2027-01-01,元旦,也许\n"), "看不出是放假还是上班"),
        (as_csv("什么也不是"), "表头应有"),
        (SimpleUploadedFile("x.json", b"{"), "不是有效的 JSON"),
        (as_json([("2031-01-01", True)], 2027), "不在 2027 年内"),
    ],
)
def test_each_error_of_a_file_is_said_in_words(lin, expected, file, words):
    file.seek(0)
    answer = preview(lin, expected, file)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_no_file_is_asked_for_in_the_form(lin, expected):
    assert lin.post(reverse("setup:notice", args=[expected.pk])).status_code == 422


def test_a_year_out_of_turn_is_refused(lin, expected):
    signed = preview(lin, expected, as_json([("2029-01-01", True)], 2029)).context["signed"]
    answer = publish(lin, expected, signed)
    assert answer.status_code == 409
    assert "2027 年的放假通知" in answer.content.decode()


def test_a_day_set_by_hand_stays_and_is_pointed_out(lin, expected):
    day = reverse("setup:day", args=[expected.pk, 2027, 1, 4])
    lin.post(day, {"working": "yes", "name": "盘点"})
    signed = preview(lin, expected, as_json()).context["signed"]
    page = lin.post(reverse("setup:publish", args=[expected.pk]), {"signed": signed}, follow=True)
    assert "2027-01-04 是手工设置的，与通知不同" in page.content.decode()
    assert Schedule.objects.get().timetable().is_working_day(date(2027, 1, 4))


def test_a_preview_cannot_be_altered_lent_or_kept(lin, expected, cast, as_user, monkeypatch):
    signed = preview(lin, expected, as_json()).context["signed"]
    assert publish(lin, expected, signed[:-2] + "xx").status_code == 409
    assert publish(as_user(cast.sys), expected, signed).status_code == 409
    monkeypatch.setattr("houqin.setup.calendar.notice.KEPT", -1)
    assert publish(as_user(cast.lin), expected, signed).status_code == 409
    assert Schedule.objects.get().published_through == 2026
