from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import override

from houqin.ui import formatting

MONDAY = datetime(2026, 11, 23, 2, 24, tzinfo=UTC)  # 10:24 in Shanghai


@pytest.fixture(autouse=True)
def in_shanghai():
    with override("Asia/Shanghai"):
        yield


def at(days=0, hours=0, minutes=0):
    return MONDAY + timedelta(days=days, hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(hours=7), "今天 17:24"),
        (at(days=1), "明天 10:24"),
        (at(days=-1), "昨天 10:24"),
        (at(days=3), "周四 10:24"),
        (at(days=6), "周日 10:24"),
        (at(days=-3), "上周五 10:24"),
        (at(days=-10), "11 月 13 日 10:24"),
        (at(days=30), "12 月 23 日 10:24"),
        (at(days=60), "2027 年 1 月 22 日 10:24"),
    ],
)
def test_a_moment_is_said_as_a_person_says_it(moment, words):
    assert formatting.moment(moment, MONDAY) == words


def test_the_coming_week_is_called_next_week():
    friday = at(days=4)
    assert formatting.day(friday + timedelta(days=4), friday) == "下周二"


def test_the_day_is_that_of_the_place_and_not_of_greenwich():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # 00:30 on Tuesday in Shanghai
    assert formatting.moment(late, MONDAY) == "明天 00:30"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=30), "剩 不到 1 分"),
        (timedelta(minutes=42, seconds=59), "剩 42 分"),
        (timedelta(hours=1, minutes=12), "剩 1 时 12 分"),
        (timedelta(hours=7, minutes=6), "剩 7 时 06 分"),
        (timedelta(hours=3), "剩 3 时"),
        (timedelta(days=1, hours=7, minutes=6), "剩 1 天 7 时"),
        (timedelta(days=1, minutes=6), "剩 1 天"),
        (timedelta(days=2, hours=7), "剩 2 天"),
        (timedelta(minutes=-18), "超 18 分"),
        (timedelta(hours=-1, minutes=-20), "超 1 时 20 分"),
    ],
)
def test_what_is_left_never_says_more_than_there_is(gap, words):
    assert formatting.left(MONDAY + gap, MONDAY) == words


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "¥0.00"), (5, "¥0.05"), (123450, "¥1,234.50"), (-123450, "−¥1,234.50")]
)
def test_money_is_said_in_yuan_to_the_fen(fen, words):
    assert formatting.money(fen) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 19), None, "周四 11 月 19 日"),
        (date(2026, 11, 14), date(2026, 11, 15), "11 月 14–15 日"),
        (date(2026, 11, 30), date(2026, 12, 2), "11 月 30 日 – 12 月 2 日"),
        (MONDAY, None, "周一 11 月 23 日 10:24"),
        (MONDAY, at(hours=2), "周一 11 月 23 日 10:24 – 12:24"),
        (MONDAY, at(days=1), "周一 11 月 23 日 10:24 – 周二 11 月 24 日 10:24"),
    ],
)
def test_a_step_of_an_explanation_says_its_days(first, last, words):
    assert formatting.stretch(first, last) == words


def test_the_script_gets_its_places_from_left_to_right():
    words = formatting.script_words()
    assert words["hours_minutes"] == "%s 时 %s 分"
    assert words["left"] == "剩 %s"
