"""Places, departments, weekly hours and the catalogue, and the trail of it all."""

import pytest
from django.urls import reverse

from houqin.desk.catalogue.models import Entry
from houqin.kernel.people.actions import add_department, grant_role
from houqin.kernel.people.models import Department, Role
from houqin.kernel.places.models import Place
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.models import PlaceSchedule, Schedule, schedule_at
from houqin.platform.audit_chain.actions import seal_events
from houqin.platform.audit_chain.checkpoints import read_roots
from houqin.platform.audit_chain.models import Check, Seal
from houqin.platform.notices.models import Notice
from tests.cast import NOW

pytestmark = pytest.mark.engine


@pytest.fixture
def system(cast, as_user):
    grant_role(cast.person("sys", "系统管理员", cast.hq), Role.SYSTEM_ADMIN)
    return as_user(cast.sys)


def place(node, page, **more):
    return reverse(f"setup:{page}", args=[node.pk])


def test_a_place_is_added_renamed_and_moved_with_all_that_is_in_it(system, cast):
    fields = {"name": "3 层", "code": "BJ-2-3", "kind": "floor", "parent": cast.building.pk}
    assert system.post("/places/new/", fields).status_code == 302
    floor = Place.objects.get(code="BJ-2-3")
    move = {"name": "502", "code": "BJ-2-502", "kind": "room", "parent": floor.pk}
    system.post(place(cast.room, "edit_place"), move)
    rename = {"name": "二号楼", "code": "BJ-2", "kind": "building", "parent": cast.far.pk}
    system.post(place(cast.building, "edit_place"), rename)
    assert Place.objects.get(code="BJ-2-502").full_name == "城西院区 / 二号楼 / 3 层 / 502"
    assert (
        Place.objects.get(code="BJ-2-502").ancestor_paths()[0] == Place.objects.get(code="CX").path
    )
    assert {"place.added", "place.changed"} <= set(Event.objects.values_list("name", flat=True))
    into_itself = rename | {"parent": floor.pk}
    assert system.post(place(cast.building, "edit_place"), into_itself).status_code == 409


def test_what_is_wrong_with_a_place_is_said_in_the_form(system, cast):
    good = {"name": "x", "code": "X", "kind": "room", "parent": cast.building.pk}
    for bad in (
        {"code": "bj-2"},
        {"code": "a b"},
        {"parent": ""},
        {"kind": "campus"},
        {"name": ""},
        {"kind": "x"},
    ):
        answer = system.post("/places/new/", good | bad)
        assert answer.status_code == 422, bad
        assert "field__error" in answer.content.decode()


def test_a_place_in_use_is_closed_and_not_deleted_and_nothing_new_is_asked_for_there(
    system, cast, as_user
):
    cast.submit()
    assert (
        system.post(place(cast.building, "remove_place")).status_code == 409
    )  # something is in it
    assert (
        system.post(place(cast.room, "remove_place")).status_code == 409
    )  # a request happened there
    system.post(place(cast.building, "close_place"))
    client = as_user(cast.wu)
    assert "502" not in client.get("/demands/new/hvac/").content.decode()
    fields = {"place": cast.room.pk, "title": "x", "claimed": "routine", "ask_symptom": "滴水"}
    assert client.post("/demands/new/hvac/", fields).status_code == 422
    client = as_user(cast.sys)
    client.post(place(cast.room, "close_place"), {"open": "1"})
    assert set(Place.objects.in_use()) >= {cast.room, cast.building}
    assert client.post(place(cast.far_room, "remove_place")).status_code == 302
    assert not Place.objects.filter(code="CX-215").exists()


def test_departments_are_moved_and_only_empty_ones_deleted(system, cast):
    add_department(cast.lab, name="二室", code="lab2")
    system.post(
        reverse("setup:edit_department", args=[cast.lab.pk]),
        {"name": "研发部", "code": "rd1", "parent": cast.hq.pk},
    )
    lab = Department.objects.get(code="rd1")
    assert (lab.name, lab.depth, Department.objects.get(code="lab2").depth) == ("研发部", 2, 3)
    assert system.post(reverse("setup:remove_department", args=[lab.pk])).status_code == 409
    empty = Department.objects.get(code="lab2")
    assert system.post(reverse("setup:remove_department", args=[empty.pk])).status_code == 302


WEEK = {f"day_{day}": "8:30-12:00，13:30～17:30" for day in range(5)} | {"day_5": "", "day_6": ""}


def test_a_schedule_is_made_given_to_a_place_changed_and_taken_back(system, cast):
    national = Schedule.objects.get()
    night = WEEK | {
        "name": "夜班",
        "base": national.pk,
        "timezone": "Asia/Shanghai",
        "day_0": "00:00-06:00 22:00-24:00",
    }
    assert system.post("/calendar/new/", night).status_code == 302
    schedule = Schedule.objects.get(name="夜班")
    assert schedule.week["0"] == [["00:00", "06:00"], ["22:00", "24:00"]]
    system.post(reverse("setup:give_schedule", args=[schedule.pk]), {"place": cast.near.pk})
    assert schedule_at(cast.room) == schedule
    demand = cast.submit()
    moved = system.post(
        reverse("setup:schedule", args=[schedule.pk]),
        night | {"day_1": "", "day_2": ""},
        follow=True,
    )
    assert "进行中的时限随之改变" in moved.content.decode()
    assert Event.objects.filter(name="clock.moved", target_id=demand.pk).exists()
    system.post(reverse("setup:take_schedule", args=[schedule.pk, cast.near.pk]))
    assert not PlaceSchedule.objects.exists()
    assert schedule_at(cast.room) == national


def test_what_is_wrong_with_a_schedule_is_said_in_the_form(system, cast):
    national = Schedule.objects.get()
    good = WEEK | {"name": "甲", "base": national.pk, "timezone": "Asia/Shanghai"}
    empty = dict.fromkeys(WEEK, "") | {"base": ""}
    for bad, words in (
        ({"day_0": "8:30-9"}, "应写作 08:30"), ({"day_0": "08:00-10:00 09:00-11:00"}, "重叠"),
        (empty, "没有任何工作时间"), ({"timezone": "Mars/Base"}, "没有这个时区"),
        ({"name": national.name}, "已有同名的作息"),
    ):  # fmt: skip
        answer = system.post("/calendar/new/", good | bad)
        assert answer.status_code == 422, bad
        assert words in answer.content.decode(), bad
    circle = system.post(
        reverse("setup:schedule", args=[national.pk]), good | {"name": "国家", "base": national.pk}
    )
    assert circle.status_code == 422


def test_the_manager_of_one_campus_changes_nothing_for_the_others(cast, as_user):
    campus = cast.person("campus", "园区主管", cast.hq)
    grant_role(campus, Role.MANAGER, place=cast.near)
    client, schedule = as_user(campus), Schedule.objects.get().pk
    assert client.get(f"/calendar/{schedule}/2026/").status_code == 200
    year = f"/calendar/{schedule}"
    for path in (f"{year}/2026/11/23/", f"{year}/notice/", f"{year}/",
                 "/calendar/new/", "/standards/new/", "/services/", "/services/hvac/"):  # fmt: skip
        assert client.get(path).status_code == 403, path
    assert client.post(f"/calendar/{schedule}/2026/11/23/", {"working": "no"}).status_code == 403


def entry_form(entry, **more):
    fields = {
        "name": entry.name,
        "hint": "",
        "default_grade": "urgent",
        "skill_code": "",
        "steps": "",
    }
    return fields | {f"q{nth}_kind": "text" for nth in range(8)} | more


def test_an_entry_is_edited_and_what_was_answered_before_stays(cast, as_user):
    client, entry = as_user(cast.lin), Entry.objects.get(code="hvac")
    demand = cast.submit(answers={"symptom": "滴水"})
    fields = entry_form(
        entry, active="on", photos_needed="on", steps="断电\n\n 查滤网 ", q0_code="symptom", q0_label="现象",
        q0_kind="choice", q0_choices="不制冷、滴水，异响", q0_required="on", q1_label="哪一台",
    )  # fmt: skip
    assert client.post("/services/hvac/", fields).status_code == 302
    entry.refresh_from_db()
    assert (entry.default_grade, entry.steps, entry.photos_needed) == (
        "urgent",
        ["断电", "查滤网"],
        True,
    )
    assert [question["code"] for question in entry.questions] == ["symptom", "q-0"]
    assert entry.questions[0]["choices"] == ["不制冷", "滴水", "异响"]
    assert entry.answered(demand.answers) == [("现象", "滴水")]
    assert "哪一台" in client.get("/demands/new/hvac/").content.decode()
    client.post("/services/hvac/", entry_form(entry))
    assert client.get("/demands/new/hvac/").status_code == 404


def test_a_new_entry_stands_with_its_neighbours_and_a_bad_one_is_refused(cast, as_user):
    client, pest = as_user(cast.lin), Entry.objects.get(code="pest")
    good = entry_form(pest, name="灭鼠", active="on", category=pest.category_id)
    assert client.post("/services/new/", good).status_code == 302
    assert Entry.objects.get(name="灭鼠").category == pest.category
    one_choice = {"q0_label": "哪种", "q0_kind": "choice", "q0_choices": "鼠"}
    for bad in (
        {"category": ""},
        {"name": ""},
        one_choice,
        {"default_grade": "x"},
        {"steps": "x" * 121},
    ):
        assert client.post("/services/new/", good | bad).status_code == 422, bad


@pytest.fixture
def auditor(cast, as_user):
    grant_role(cast.person("aud", "审计管理员", cast.hq), Role.AUDITOR)
    return as_user(cast.aud)


def test_the_auditor_finds_who_did_what_to_what_and_when(auditor, cast):
    demand = cast.graded()
    other = cast.submit(title="灯不亮")

    def events(**asked):
        page = auditor.get("/trail/", asked)
        return {(row["event"].name, row["event"].target_id) for row in page.context["rows"]}

    assert ("demand.graded", demand.pk) in events()
    assert events(who="陈专", event="demand.graded") == {("demand.graded", demand.pk)}
    assert events(what=other.number.lower()) == {("demand.submitted", other.pk)}
    assert events(what="XQ-2026-999999") == set()
    assert events(since=f"{NOW:%Y-%m-%d}", until=f"{NOW:%Y-%m-%d}") == events()
    assert events(until="2026-11-22") == set()
    assert auditor.get("/trail/", {"since": "yesterday"}).status_code == 422
    assert auditor.get("/trail/", {"since": "1200-01-01", "event": "nonsense"}).status_code == 422


def test_the_trail_costs_the_same_for_any_number_of_events(
    auditor, cast, django_assert_max_num_queries
):
    cast.graded()
    auditor.get("/trail/")
    with django_assert_max_num_queries(30) as counted:
        auditor.get("/trail/")
    for _nth in range(4):
        cast.graded()
    with django_assert_max_num_queries(len(counted.captured_queries)):
        auditor.get("/trail/")


def test_the_auditor_has_the_seals_checked_and_takes_the_roots_along(auditor, cast):
    cast.graded()
    seal_events(NOW)
    assert "还没有核验过" in auditor.get("/trail/seals/").content.decode()
    assert auditor.post("/trail/seals/check/").status_code == 302
    page = auditor.get("/trail/seals/")
    assert [(check.wrong, check.asked_by) for check, _problems in page.context["checks"]] == [
        (0, cast.aud)
    ]
    roots = auditor.get("/trail/seals/roots/")
    assert roots["Content-Disposition"].startswith("attachment")
    assert read_roots(roots.content.decode()) == {1: Seal.objects.get().root}


def test_a_walk_that_is_too_long_for_a_page_is_left_to_the_worker(auditor, cast, monkeypatch):
    monkeypatch.setattr("houqin.setup.audit.views.AT_ONCE", 1)
    for _nth in range(3):
        cast.graded()
        seal_events(NOW)
    auditor.post("/trail/seals/check/")
    page = auditor.get("/trail/seals/")
    assert page.context["standing"].under_way.upto == 2
    assert 'hx-trigger="every 3s"' in page.content.decode()
    assert auditor.post("/trail/seals/check/").status_code == 302  # goes on with the same walk
    assert Check.objects.count() == 1


def test_every_auditor_is_told_at_once_when_the_trail_is_not_what_was_sealed(auditor, cast):
    grant_role(cast.person("second", "审计二", cast.hq), Role.AUDITOR)
    cast.graded()
    seal_events(NOW)
    Seal.objects.bulk_create(  # the triggers refuse to touch the first; a second one that fits nothing
        [Seal(number=2, last=10**6, count=0, sealed_at=NOW, previous="x", leaves="", root="0" * 64)]
    )
    auditor.post("/trail/seals/check/")
    words = auditor.get("/trail/seals/").content.decode()
    assert "封存 2 本身被改过" in words
    assert "有 1 处与封存不符" in words
    (notice,) = Notice.objects.filter(event__name="trail.tampered")  # nobody is told what they did
    assert (notice.user.username, notice.url, notice.urgent) == ("second", "/trail/seals/", True)
