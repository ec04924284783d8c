"""The way of a file through the pages, and what comes of its rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from houqin.desk.demands.models import Demand
from houqin.desk.intake.models import ImportedRow
from houqin.desk.intake.tests.conftest import table
from houqin.desk.intake.tests.test_reading import workbook
from houqin.kernel.clock.models import Clock
from houqin.kernel.numbers.models import Counter, next_number
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.models import Event
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.sweeps import import_files

pytestmark = pytest.mark.engine
HEAD = "编号,标题,内容,提交时间,应办结时间,办结时间,处理结果,需求人,地点,服务项,分级,电话"
TIMES = "2026-03-02 09:00,2026-03-04 17:30,2026-03-03 10:00"
CLOSED = f"R-1,水管漏水,走廊积水,{TIMES},已换阀门,吴工,BJ-2-502,水,重要,5127"
OPEN = "R-2,灯坏了,,2026-03-02 10:00,,,,王五,滨江园区/2 号楼/502会议室,电,,"


def closed_row(**changes):
    """CLOSED with some cells changed, by header."""
    cells = dict(zip(HEAD.split(","), CLOSED.split(","), strict=True)) | changes
    return ",".join(cells.values())


def test_a_file_goes_the_whole_way_and_becomes_requests(desk):
    file = desk.bring(table(HEAD, CLOSED, OPEN))
    assert file.status == "done", file.errors
    closed, still_open = Demand.objects.order_by("number")
    assert (closed.number, still_open.number) == ("XQ-2026-000001", "XQ-2026-000002")
    assert (closed.status, closed.channel, closed.grade) == ("closed", "import", "important")
    assert (closed.requester, closed.place, closed.entry.code) == (
        desk.house.wugong,
        desk.house.room,
        "plumbing",
    )
    assert closed.submitted_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert closed.done_at == datetime(2026, 3, 3, 2, tzinfo=UTC)
    assert closed.body == "走廊积水\n\n外部编号：R-1"
    assert closed.department == desk.house.department
    assert (still_open.status, still_open.requester, still_open.grade) == (
        "submitted",
        desk.house.chen,
        "important",
    )
    assert still_open.body == "外部编号：R-2\n需求人：王五"


def test_history_is_judged_by_its_own_due_time_and_nothing_else_is_invented(desk):
    desk.bring(table(HEAD, CLOSED, OPEN))
    closed, still_open = Demand.objects.order_by("number")
    (clock,) = closed.clocks.all()
    assert (clock.kind, clock.result, clock.given_due) == ("handling", "met", True)
    assert clock.due_at == datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert clock.stopped_at == closed.done_at
    assert (clock.next_alarm_at, closed.next_due_at) == (None, None)
    running = {row.kind: row for row in still_open.clocks.all()}
    assert set(running) == {"review", "response", "handling"}
    assert all(
        row.started_at == still_open.submitted_at and row.running for row in running.values()
    )
    assert running["handling"].due_at - still_open.submitted_at == timedelta(hours=48)
    assert still_open.next_due_at == min(row.due_at for row in running.values())


def test_alarms_of_the_past_stay_silent_and_those_to_come_are_set(desk):
    recent = f"{now() - timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}"
    desk.bring(table("标题,提交时间,分级", "早就过了,2024-03-02,重要", f"刚来,{recent},重要"))
    past, fresh = Demand.objects.order_by("submitted_at")
    assert not past.clocks.exclude(next_alarm_at=None).exists()
    handling = fresh.clocks.get(kind="handling")
    assert (handling.next_alarm, handling.next_alarm_at - handling.started_at) == (
        50,
        timedelta(hours=24),
    )


def test_the_timeline_says_who_imported_it_and_what_the_answer_was(desk):
    file = desk.bring(table(HEAD, CLOSED), "热线.csv")
    event = Event.objects.about(Demand.objects.get()).get()
    assert (event.name, event.actor) == ("demand.imported", desk.house.chen)
    assert event.facts["result"] == "已换阀门"
    assert (event.facts["row"], event.facts["external"]) == (2, "R-1")
    page = desk.client.get(Demand.objects.get().get_absolute_url()).content.decode()
    assert "由文件“热线.csv”第 2 行导入" in page
    assert "已换阀门" in page
    assert [event.name for event in Event.objects.about(file)] == [
        "import.uploaded",
        "import.started",
        "import.done",
    ]


def test_one_wrong_row_keeps_all_others_out(desk):
    late = closed_row(编号="R-9", 办结时间="2026-03-01 10:00")
    file = desk.bring(table(HEAD, CLOSED, late))
    assert file.status == "failed"
    assert file.errors == [
        [3, "办结时间", "办结时间 2026-03-01 10:00:00 早于提交时间 2026-03-02 09:00:00。"]
    ]
    assert not Demand.objects.exists()
    assert not Clock.objects.exists()
    assert not ImportedRow.objects.exists()
    assert not Counter.objects.filter(kind="XQ").exists()


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"提交时间": ""}, "提交时间", "没有提交时间"),
        ({"提交时间": "昨天"}, "提交时间", "“昨天”不是时间"),
        ({"提交时间": "2199-01-01", "应办结时间": "", "办结时间": ""}, "提交时间", "在将来"),
        ({"办结时间": "2199-01-01"}, "办结时间", "在将来"),
        ({"应办结时间": "2026-03-01"}, "应办结时间", "不晚于提交时间"),
        ({"标题": "", "内容": "", "服务项": ""}, "标题", "没有标题，也没有内容"),
        ({"内容": "长" * 20_001}, "内容", "20001 字，最多 20000 字"),
        ({"电话": "1" * 31}, "电话", "最多 30 字"),
        ({"电话": "5127,多余"}, "", "多出 1 格"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(desk, changes, column, words):
    file = desk.upload(table(HEAD, closed_row(**changes)))
    desk.map(file)
    (problem,) = desk.preview(file).problems
    assert (problem.row, problem.column) == (2, column)
    assert words in problem.sentence


def test_words_nobody_knows_are_written_down_or_wrong_as_the_importer_likes(desk):
    row = closed_row(服务项="Needle Pickup", 地点="42 Cross St", 分级="P7")
    file = desk.upload(table(HEAD, row))
    desk.map(file)
    shown = desk.preview(file)
    assert shown.rows[0].draft.body.endswith("服务项：Needle Pickup\n地点：42 Cross St\n分级：P7")
    assert {each.label: each.words for each in shown.unknown}["地点"] == [("42 Cross St", 1)]
    assert shown.rows[0].draft.place == desk.house.campus
    desk.map(file, strict="on")
    assert [problem.column for problem in desk.preview(file).problems] == ["服务项", "地点", "分级"]


def test_a_name_that_two_people_share_stays_in_the_body(desk):
    User.objects.create_user("wu2", name="吴工")
    desk.bring(table(HEAD, CLOSED, closed_row(编号="R-2", 需求人="wu2")))
    unclear, by_account = Demand.objects.order_by("pk")
    assert (unclear.requester, "需求人：吴工" in unclear.body) == (desk.house.chen, True)
    assert by_account.requester.username == "wu2"


def test_the_same_external_number_comes_in_once_unless_that_is_wanted(desk):
    desk.bring(table(HEAD, CLOSED))
    again = desk.bring(table(HEAD, closed_row(编号="R-3"), CLOSED, closed_row(编号="R-3")))
    assert again.errors == [
        [3, "编号", "外部编号 R-1 以前已经导入过。"], [4, "编号", "外部编号 R-3 与第 2 行重复。"],
    ]  # fmt: skip
    desk.map(again, repeats="on")
    desk.start(again)
    assert import_files(now()) == 1
    assert Demand.objects.count() == 4


def test_numbers_follow_the_year_of_submission_and_leave_no_gap(desk):
    desk.bring(
        table("标题,提交时间", "丙,2025-02-01", "甲,2024-12-31 23:59", "乙,2025-01-01 00:00")
    )
    assert list(Demand.objects.order_by("submitted_at").values_list("title", "number")) == [
        ("甲", "XQ-2024-000001"), ("乙", "XQ-2025-000001"), ("丙", "XQ-2025-000002"),
    ]  # fmt: skip
    assert next_number("XQ", datetime(2025, 6, 1, tzinfo=UTC)) == "XQ-2025-000003"


def test_excel_comes_in_as_text_does(desk):
    at = datetime(2026, 3, 2, 9)  # noqa: DTZ001 a cell of Excel knows no zone
    content = workbook(["单号", "标题", "提交时间", "电话"], [17, "灯坏了", at, 13800138000])
    file = desk.bring(content, "登记表.xlsx")
    created = Demand.objects.get()
    assert (file.name, created.phone, created.imported_as.external) == (
        "登记表.xlsx",
        "13800138000",
        "17",
    )
    assert created.submitted_at == datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_gb18030_comes_in_readable(desk):
    desk.bring("标题,提交时间\n镕基楼漏水,2026-03-02\n".encode("gb18030"))
    assert Demand.objects.get().title == "镕基楼漏水"


def test_times_are_of_the_zone_that_was_chosen(desk):
    desk.bring(table("标题,提交时间", "灯坏了,2022-01-03 09:00"), timezone="America/New_York")
    assert Demand.objects.get().submitted_at == datetime(2022, 1, 3, 14, tzinfo=UTC)


def test_a_long_title_is_shortened_and_kept_whole_in_the_body(desk):
    desk.bring(table("标题,提交时间", f"{'水管漏水' * 40},2026-03-02"))
    created = Demand.objects.get()
    assert (len(created.title), created.title[-1], created.body) == (60, "…", "水管漏水" * 40)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "空"), (b"a\x00b,c\n1,2\n", "NUL"), ("标题\n".encode(), "只有标题行")],
)
def test_a_bad_file_is_refused_beside_its_field(desk, content, words):
    upload = {"upload": SimpleUploadedFile("坏.csv", content)}
    response = desk.client.post(reverse("intake:demands_import"), upload)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not ImportFile.objects.exists()


def test_the_time_column_must_be_named(desk):
    file = desk.upload(table("标题,何时", "灯坏了,2026-03-02"))
    response = desk.map(file)
    assert response.status_code == 422
    assert "请指出哪一列是提交时间" in response.content.decode()


def test_rows_need_a_place_and_a_service_from_somewhere(desk):
    file = desk.upload(table("标题,提交时间", "灯坏了,2026-03-02"))
    response = desk.map(file, place="", entry="")
    assert {"place", "entry"} <= set(response.context["form"].errors)


@pytest.mark.parametrize("name", ["wugong", "wang"])
def test_only_those_who_run_the_desk_may_import(desk, name):
    file = desk.upload(table(HEAD, CLOSED))
    desk.sign_in(getattr(desk.house, name))
    for page in ("columns", "preview", "file", "errors"):
        assert (
            desk.client.get(reverse(f"intake:demands_import_{page}", args=[file.pk])).status_code
            == 403
        )
    assert desk.client.get(reverse("intake:demands_import")).status_code == 403
    assert desk.start(file).status_code == 403


def test_a_file_is_seen_by_whoever_brought_it_and_by_nobody_else(desk):
    file = desk.upload(table(HEAD, CLOSED))
    desk.sign_in(desk.house.lin)
    assert (
        desk.client.get(reverse("intake:demands_import_columns", args=[file.pk])).status_code == 404
    )


def test_a_coordinator_of_one_campus_imports_there_and_nowhere_else(desk):
    desk.sign_in(desk.house.zhou)
    file = desk.upload(table(HEAD, CLOSED, closed_row(编号="R-2", 地点="城西院区")))
    desk.map(file, place=desk.house.other.pk)
    (problem,) = desk.preview(file).problems
    assert (problem.row, problem.column) == (2, "地点")
    assert "您不负责" in problem.sentence


def test_the_same_file_again_is_pointed_out(desk):
    desk.bring(table("标题,提交时间", "灯坏了,2026-03-02"))
    file = desk.upload(table("标题,提交时间", "灯坏了,2026-03-02"))
    page = desk.client.get(
        reverse("intake:demands_import_columns", args=[file.pk])
    ).content.decode()
    assert "一模一样的文件" in page


def test_a_file_that_has_come_in_cannot_be_started_again(desk):
    file = desk.bring(table(HEAD, CLOSED))
    assert desk.start(file).status_code == 409
    assert desk.client.get(file.get_absolute_url()).context["total"] == 1
