"""The duty roster: who writes it, what may not overlap, what a sheet brings in, what a calendar reads."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from houqin.kernel.people.actions import go_away
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift, ShiftPattern
from tests.cast import NOW

pytestmark = pytest.mark.engine
MONDAY = "2026-11-23"


def pattern(letter):
    return ShiftPattern.objects.get(letter=letter)


def member(cast, name="wang"):
    return cast.team.crew.get(user=getattr(cast, name))


def mark(client, member, day=MONDAY, brush="白"):
    return client.post("/roster/mark/", {"cell": f"{member.pk}:{day}", "brush": brush})


def shifts(user):
    return [
        (str(shift.pattern), shift.starts_at, shift.ends_at)
        for shift in Shift.objects.filter(user=user).order_by("pk")
    ]


def test_one_press_puts_a_shift_in_and_another_takes_it_away(cast, as_user):
    client = as_user(cast.li)
    answer = mark(client, member(cast))
    assert (answer.status_code, "brush=%E7%99%BD" in answer.url) == (302, True)
    (shift,) = Shift.objects.all()
    assert (shift.user, shift.starts_at, shift.ends_at, shift.place) == (
        cast.wang, NOW.replace(hour=8, minute=0), NOW.replace(hour=17, minute=30), cast.building,
    )  # fmt: skip
    mark(client, member(cast), brush="早")
    mark(client, member(cast), brush="值")
    assert [name for name, *_ in shifts(cast.wang)] == ["早班", "值班"]
    assert Shift.objects.get(on_call=True).place == cast.near
    mark(client, member(cast), brush="早")
    assert [name for name, *_ in shifts(cast.wang)] == ["值班"]
    mark(client, member(cast), brush="x")
    assert not Shift.objects.exists()


def test_a_night_shift_and_an_early_one_after_it_overlap_and_are_refused_with_the_reason(
    cast, as_user
):
    night = pattern("夜")
    ShiftPattern.objects.filter(pk=night.pk).update(ends="08:00")
    client = as_user(cast.li)
    mark(client, member(cast), brush="夜")
    answer = mark(client, member(cast), day="2026-11-24", brush="早")
    assert answer.status_code == 409
    assert "王师傅已有 11-23 夜 22:30–08:00，时间重叠。" in answer.content.decode()
    assert len(shifts(cast.wang)) == 1


@pytest.mark.parametrize("way", ["create", "update", "bulk_create"])
def test_the_database_itself_refuses_two_shifts_of_one_person_at_a_time(cast, way):
    def shift(hour, **more):
        start = NOW.replace(hour=hour, minute=0)
        times = {"starts_at": start, "ends_at": start + timedelta(hours=4), "place": cast.near}
        return Shift(**{"user": cast.wang} | times | more)

    shift(8).save()
    shift(12).save()  # one begins as the other ends
    shift(8, on_call=True).save()
    shift(8, user=cast.zhao).save()
    late = shift(18)
    late.save()
    ways = {
        "create": lambda: shift(15).save(),
        "update": lambda: Shift.objects.filter(pk=late.pk).update(starts_at=NOW.replace(hour=15)),
        "bulk_create": lambda: Shift.objects.bulk_create([shift(23), shift(22)]),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ways[way]()


@pytest.mark.parametrize(
    ("who", "answer"), [("lin", 302), ("li", 302), ("qin", 404), ("wang", 403), ("wu", 404)]
)
def test_a_lead_writes_the_roster_of_their_own_place(cast, as_user, who, answer):
    assert mark(as_user(getattr(cast, who)), member(cast)).status_code == answer


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ({"cell": "x", "brush": "白"}, 404), ({"cell": "{}:2026-99-01", "brush": "白"}, 404),
        ({"cell": "{}:2026-11-23", "brush": "zz"}, 409), ({}, 404),
    ],
)  # fmt: skip
def test_a_press_that_means_nothing_is_answered_and_never_breaks(cast, as_user, data, answer):
    data = {key: value.format(member(cast).pk) for key, value in data.items()}
    assert as_user(cast.li).post("/roster/mark/", data).status_code == answer


def test_last_week_is_repeated_where_nothing_is_yet(cast, as_user):
    client = as_user(cast.li)
    for day in ("2026-11-16", "2026-11-17"):
        mark(client, member(cast), day=day)
    mark(client, member(cast), day="2026-11-24", brush="早")
    asked = {"team": cast.team.pk, "day": MONDAY}
    assert client.post("/roster/copy/", asked).status_code == 302
    names = [(name, at.astimezone(NOW.tzinfo).day) for name, at, _end in shifts(cast.wang)]
    assert names == [("白班", 16), ("白班", 17), ("早班", 24), ("白班", 23)]
    assert client.post("/roster/copy/", asked).status_code == 409


def test_the_table_shows_shifts_leave_and_the_gaps_of_the_duty(cast, as_user):
    client = as_user(cast.li)
    mark(client, member(cast))
    mark(client, member(cast, "zhao"), brush="值")
    go_away(
        cast.wang,
        substitute=cast.zhao,
        starts_at=NOW + timedelta(days=2),
        ends_at=NOW + timedelta(days=3),
    )
    page = client.get("/roster/").content.decode()
    assert page.count("mark--away") == 2
    assert "这段时间没有值班员" in page
    assert "11-24 08:00 – 11-30 00:00" in page
    assert "没有值班员" not in as_user(cast.wang).get("/roster/").content.decode()
    month = client.get("/roster/?span=month&day=2026-02-10").content.decode()
    assert month.count('scope="col"') == 28 + 2


@pytest.mark.parametrize(
    "asked", ["day=x&span=y&team=z", "day=0001-01-01", "day=9999-12-31&span=month"]
)
def test_an_address_that_means_nothing_shows_this_week(cast, as_user, asked):
    assert "11-23" in as_user(cast.li).get(f"/roster/?{asked}").content.decode()


def test_the_roster_costs_the_same_for_few_and_for_many(cast, as_user):
    client = as_user(cast.li)
    mark(client, member(cast), brush="值")

    def cost(query):
        client.get("/roster/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/roster/?{query}").status_code == 200
        return len(seen)

    few = cost("span=week")
    for nth in range(9):
        cast.person(f"m{nth}", f"{nth} 师傅", cast.hq)
        newcomer = cast.team.crew.create(user=getattr(cast, f"m{nth}"))
        for day in range(23, 29):
            mark(client, newcomer, day=f"2026-11-{day}")
    assert cost("span=month") == cost("span=week") == few


def csv(*lines):
    return SimpleUploadedFile("班.csv", "\n".join(lines).encode())


def bring(client, cast, file):
    return client.post(f"/roster/teams/{cast.team.pk}/sheet/", {"upload": file})


def start(client, address):
    """The answer to the button below the preview."""
    return client.post(address.replace("preview", "start"))


@pytest.mark.parametrize(
    "lines",
    [
        ("姓名,2026-11-23,11/24,2026年11月25日", "王师傅,早,休,白、值", "zhao,晚,-,"),
        ("工号,日期,班次", "wang,2026-11-23,早班", "王师傅,11-25,白 值", "zhao,2026/11/23,晚"),
    ],
)
def test_a_sheet_is_previewed_and_then_taken_in(cast, as_user, lines):
    client = as_user(cast.li)
    address = bring(client, cast, csv(*lines)).url
    assert "读到 4 个班" in client.get(address).content.decode()
    assert not Shift.objects.exists()
    assert start(client, address).status_code == 302
    assert [name for name, *_ in shifts(cast.wang)] == ["早班", "白班", "值班"]
    assert [name for name, *_ in shifts(cast.zhao)] == ["晚班"]
    assert start(client, address).status_code == 409
    start(client, bring(client, cast, csv(*lines)).url)
    assert Shift.objects.count() == 4


def test_what_is_wrong_in_a_sheet_is_said_by_row(cast, as_user):
    Shift.objects.create(
        user=cast.zhao, place=cast.near, starts_at=NOW, ends_at=NOW + timedelta(hours=3)
    )
    client, lines = as_user(cast.li), ("无此人,早", "王师傅,上", "赵师傅,白", "王师傅,早 白")
    address = bring(client, cast, csv("姓名,2026-11-23", *lines)).url
    problems = client.get(address).context["preview"].problems
    wrong = [(2, "没有“无此人”"), (3, "“上”不是班次"), (4, "时间重叠"), (5, "时间重叠")]
    for (row, words), problem in zip(wrong, problems, strict=True):
        assert problem.row == row
        assert words in problem.sentence
    assert start(client, address).status_code == 409
    assert Shift.objects.count() == 1


def test_a_sheet_is_taken_back_until_one_of_its_shifts_has_begun(cast, as_user):
    client = as_user(cast.li)
    address = bring(client, cast, csv("姓名,2026-11-23,11/24", "王师傅,早,晚")).url
    start(client, address)
    assert client.post(address.replace("preview", "undo")).status_code == 409
    assert Shift.objects.count() == 2
    address = bring(client, cast, csv("姓名,11/25,11/26", "王师傅,早,晚")).url
    start(client, address)
    assert client.post(address.replace("preview", "undo")).status_code == 302
    assert Shift.objects.count() == 2
    assert client.post(address.replace("preview", "undo")).status_code == 409


@pytest.mark.parametrize("lines", [("a,b", "1,2"), ("姓名,电话", "王师傅,1"), ("",)])
def test_a_sheet_without_people_or_days_is_a_form_error(cast, as_user, lines):
    assert bring(as_user(cast.li), cast, csv(*lines)).status_code == 422


def test_only_who_keeps_the_roster_brings_a_sheet(cast, as_user):
    for who, answer in (("wang", 403), ("qin", 404), ("wu", 404)):
        assert (
            bring(
                as_user(getattr(cast, who)), cast, csv("姓名,2026-11-23", "王师傅,早")
            ).status_code
            == answer
        )


def link(client):
    page = client.post("/roster/calendar/").content.decode()
    return re.search(r"/roster/calendar/[\w-]+\.ics", page)[0]


def parsed(content):
    """The events of a calendar file, each line of which is short enough (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    return Calendar.from_ical(content).walk("VEVENT")


def test_the_calendar_holds_ones_shifts_and_planned_orders_and_is_read_back(cast, as_user):
    title = "换水泵；先停水, 再拆\\装" + "很长的题目" * 15
    order = cast.order(title=title)
    WorkOrder.objects.filter(pk=order.pk).update(
        planned_from=NOW, planned_to=NOW + timedelta(hours=1)
    )
    client = as_user(cast.li)
    mark(client, member(cast), brush="夜")
    mark(client, member(cast, "zhao"))
    path = link(as_user(cast.wang))
    client.logout()
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    work, night = sorted(parsed(answer.content), key=lambda event: event["UID"])
    assert (work["SUMMARY"], work["DESCRIPTION"]) == (title, order.number)
    assert night["SUMMARY"] == "夜班"
    assert night["DTSTART"].to_ical().endswith(b"Z")
    assert night["DTSTART"].dt == NOW.replace(hour=22, minute=30)
    assert {event["UID"].partition("@")[2] for event in (work, night)} == {"testserver"}
    assert work["DTSTAMP"].to_ical() == b"20261123T022400Z"


def test_a_link_is_worth_nothing_once_it_was_changed_or_taken_back(cast, as_user):
    client = as_user(cast.wang)
    old, new = link(client), link(client)
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    client.post("/roster/calendar/", {"drop": "1"})
    assert client.get(new).status_code == 404
    path = link(client)
    cast.wang.is_active = False
    cast.wang.save()
    assert client.get(path).status_code == 404


def test_patterns_are_the_managers_and_no_letter_is_used_twice(cast, as_user):
    answers = {"letter": "中", "name": "中班", "starts": "11:00", "ends": "19:00", "active": "on"}
    assert as_user(cast.li).post("/roster/patterns/new/", answers).status_code == 403
    client = as_user(cast.lin)
    assert client.post("/roster/patterns/new/", answers).status_code == 302
    assert client.post("/roster/patterns/new/", answers).status_code == 422
    assert client.post("/roster/patterns/new/", answers | {"starts": "25:00"}).status_code == 422
    middle = pattern("中")
    assert (
        client.post(f"/roster/patterns/{middle.pk}/", answers | {"ends": "20:00"}).status_code
        == 302
    )
    assert pattern("中").hours() == "11:00–20:00"
    assert middle.on(date(2026, 11, 23))[0] == NOW.replace(hour=11, minute=0)
