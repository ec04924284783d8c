"""One box finds everything that one may see (R3.5, R2.7: found again), on both databases alike."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.desk.demands.reports import reads_inner
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.trail.actions import record
from houqin.platform.search import reports
from houqin.platform.search.actions import index_due, index_stale
from houqin.platform.search.models import Passage
from houqin.platform.search.registry import KINDS
from houqin.platform.sheets import actions as imports
from houqin.platform.sheets.registry import IMPORTS
from houqin.platform.sheets.sweeps import import_files
from houqin.setup.directory.actions import trees
from houqin.work.orders import actions as work
from tests.cast import CAST, NOW, later
from tests.stages import Stage

pytestmark = pytest.mark.engine
MAIN = re.compile("<main.*</main>", re.DOTALL)


class Box:
    """The search page as one person after another asks it; `page` is what the last one was shown."""

    def __init__(self, client):
        self.client = client
        self.page = ""

    def __call__(self, person, words, kind="", **headers):
        self.client.force_login(person)
        answer = self.client.get(reverse("search"), {"q": words, "kind": kind}, headers=headers)
        assert answer.status_code == 200
        shown = MAIN.search(answer.content.decode())
        self.page = shown[0] if shown else answer.content.decode()
        self.hits = [hit.shown for group in answer.context["groups"] for hit in group.hits]
        return [each.title for each in self.hits]

    def demands(self, person, words):
        return self(person, words, "demand")

    def numbers(self):
        return [hit.number for hit in self.hits]


@pytest.fixture
def find(client):
    return Box(client)


@pytest.fixture(params=["everything", "newest"])
def ranked(request, monkeypatch):
    """Whether all that matches is ranked, or the newest first, as among very many."""
    if request.param == "newest":
        monkeypatch.setattr(reports, "WINDOWS", (1, 3))
        monkeypatch.setattr(reports, "FEW", 1)


def furnish(cast):
    """Three demands, the second with a work order."""
    cast.leak = cast.submit(
        title="茶水间漏水", body="水槽下面一直滴水", entry="plumbing", at=later(hours=-3)
    )
    cast.cold_order = cast.order(
        title="空调不制热", body="遥控器没反应 Toshiba", phone="138-0013-8000", at=later(hours=-2)
    )
    cast.cold = cast.cold_order.subject
    cast.lamp = cast.submit(
        cast.meng,
        title="走廊灯不亮",
        body="空调机房门口那盏",
        place=cast.far_room,
        at=later(hours=-1),
    )
    return cast


house = Stage(furnish, on=CAST).fixture("house")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("漏水", ["茶水间漏水"]),
        ("漏", ["茶水间漏水"]),
        ("滴水 茶水间", ["茶水间漏水"]),
        ("水间漏", ["茶水间漏水"]),
        ("间水", []),  # the pairs are there, but not side by side
        ("toshi", ["空调不制热"]),
        ("TOSHIBA 空调", ["空调不制热"]),
        ("空调", ["空调不制热", "走廊灯不亮"]),  # in the title before in the text
        ("13800138000", ["空调不制热"]),
        ("138 0013 8000", ["空调不制热"]),
        ("王师傅", ["空调不制热"]),
        ("孟工", ["走廊灯不亮"]),
        ("城西", ["走廊灯不亮"]),
        ("nothing", []),
        ("!!!", []),
    ],
)
def test_requests_are_found_by_what_was_written_by_people_places_and_telephones(
    house, find, words, titles
):
    assert find.demands(house.chen, words) == titles


@pytest.mark.usefixtures("ranked")
def test_a_number_is_found_whole_or_by_its_end_and_stands_first(house, find):
    for words in ("XQ-2026-000002", "xq-2026-2", "2026-2", "2", "000002", "XQ2026000002"):
        assert find.demands(house.chen, words)[:1] == ["空调不制热"], words
    assert find(house.chen, house.cold_order.number)[0] == "空调不制热"
    assert find.numbers() == [house.cold_order.number]


@pytest.mark.usefixtures("ranked")
def test_of_equals_the_open_and_the_recent_come_first(cast, find):
    old, new, done = (cast.submit(title="门锁坏了", at=later(hours=-nth)) for nth in (3, 2, 1))
    desk.withdraw_demand(cast.wu, done)
    find.demands(cast.chen, "门锁")
    assert find.numbers() == [new.number, old.number, done.number]


def test_what_is_said_later_is_found_at_once_and_shown_in_an_excerpt(house, find):
    desk.comment_demand(house.wu, house.cold, text="下午三点以后 <b>方便</b> 上门")
    work.accept_order(house.wang, house.cold_order)
    work.start_order(house.wang, house.cold_order)
    work.finish_order(house.wang, house.cold_order, result="更换压缩机电容")
    assert find.demands(house.wu, "压缩机电容") == ["空调不制热"]
    assert "更换<mark>压缩机电容</mark>" in find.page
    assert find(house.wang, "压缩机", "order") == ["空调不制热"]
    assert find.demands(house.wu, "方便") == ["空调不制热"]
    assert "&lt;b&gt;<mark>方便</mark>&lt;/b&gt;" in find.page
    desk.withdraw_demand(house.wu, house.leak, reason="自己关上了阀门")
    assert find.demands(house.wu, "阀门") == ["茶水间漏水"]


EVERYBODY = ("chen", "lin", "li", "qin", "ma", "xu", "wang", "zhao", "wu", "meng", "luo")


@pytest.mark.usefixtures("ranked")
def test_nobody_finds_anything_that_they_may_not_see(house, find):
    """For each person and each kind: exactly the visible ones, and not a word of the others."""
    grant_role(house.person("luo", "罗经理", house.lab), Role.HEAD, department=house.lab)
    for name in EVERYBODY:
        person = getattr(house, name)
        for kind in ("demand", "order"):
            rows = KINDS[kind].model.objects
            find(person, "2026", kind)
            seen = set(rows.visible_to(person).values_list("number", flat=True))
            assert set(find.numbers()) == seen, (name, kind)
    assert find(house.meng, "空调不制热") == []
    assert not re.search("138|Toshiba|遥控|更多", find.page)


@pytest.mark.usefixtures("ranked")
def test_inner_notes_are_found_by_those_who_may_read_them_alone(house, find):
    """Whoever finds the note is whoever reads it on the card."""
    grant_role(house.person("luo", "罗经理", house.lab), Role.HEAD, department=house.lab)
    desk.comment_demand(house.chen, house.cold, text="此人常常投诉", inner=True)
    for name in EVERYBODY:
        person = getattr(house, name)
        visible = Demand.objects.visible_to(person).filter(pk=house.cold.pk).exists()
        reads = visible and reads_inner(house.cold.roles_of(person))
        assert find.demands(person, "常常投诉") == (["空调不制热"] if reads else []), name
        assert ("投诉" in find.page.replace("常常投诉", "", 2)) <= reads
    assert find.demands(house.chen, "遥控器 投诉") == ["空调不制热"]  # a word here and a word there


def test_people_and_telephones_are_found_by_those_who_run_the_service_alone(house, find):
    assert find(house.chen, "吴工", "person") == ["吴工"]
    assert find(house.chen, house.wu.phone, "person") == ["吴工"]
    assert house.wu.phone in re.sub("</?mark>", "", find.page)
    assert find(house.meng, "吴工") == []
    assert house.wu.phone not in find.page


def test_services_places_and_pages_are_found_too(house, find):
    assert "空调报修" in find(house.wu, "空调报修", "service") or find(house.wu, "空调", "service")
    assert find(house.wu, "BJ-2-502", "place") == ["502"]
    assert find(house.wu, "需求队列", "page") or find(house.chen, "需求", "page")


def test_an_administrator_finds_pages_and_nothing_of_the_business(house, find):
    grant_role(house.person("sys", "系统员", house.hq), Role.SYSTEM_ADMIN)
    assert find(house.sys, "2026") == []
    assert find(house.sys, "运行状况") == ["运行状况"]
    find(house.sys, "空调", "demand")
    assert "空调不制热" not in find.page


def test_as_one_types_only_the_hits_are_answered(house, find):
    assert find(house.chen, "漏", "demand", **{"HX-Request": "true"}) == ["茶水间漏水"]
    assert "<html" not in find.page
    assert "<mark>漏</mark>" in find.page


def test_what_was_typed_stays_and_nothing_found_says_what_to_do(house, find):
    assert find(house.wu, '"><b>没有的') == []
    assert "没有找到“&quot;&gt;&lt;b&gt;没有的”" in find.page
    find(house.wu, "")
    assert "XQ-2026-123" in find.page


def test_more_hits_of_a_kind_are_one_click_away(cast, find):
    for _nth in range(6):
        cast.submit(title="门锁坏了")
    assert find(cast.chen, "门锁").count("门锁坏了") == 5
    assert "kind=demand" in find.page
    assert len(find.demands(cast.chen, "门锁")) == 6


def test_ten_times_the_hits_cost_no_more_queries(cast, find):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            find(cast.chen, "空调")
        return len(asked)

    for _nth in range(2):
        cast.order(title="空调不制热")
    find(cast.chen, "空调")  # what has happened is indexed by then
    few = queries()
    for _nth in range(10):
        cast.order(title="空调不制热")
    find(cast.chen, "空调")
    assert queries() == few


def test_each_thing_is_indexed_once_whatever_happened_to_it(house, find):
    index_due()
    for nth in range(3):
        desk.comment_demand(house.chen, house.cold, text=f"第 {nth} 句密语")
    assert Passage.objects.filter(stale=True).count() == 1  # not yet, and not lost
    with CaptureQueriesContext(connection) as asked:
        index_due()
    assert sum(each["sql"].startswith("INSERT") for each in asked) == 1
    assert not Passage.objects.filter(stale=True).exists()
    assert find.demands(house.chen, "第 2 句密语") == ["空调不制热"]


@pytest.mark.django_db(transaction=True)
def test_what_has_been_committed_is_in_the_index_before_anybody_asks(cast):
    order = cast.order(title="空调不制热")
    indexed = set(Passage.objects.filter(stale=False, inner=False).values_list("number", flat=True))
    assert indexed == {order.number, order.subject.number}


def test_what_a_process_did_not_come_to_is_indexed_by_the_sweep(house, find):
    index_due()
    desk.comment_demand(house.chen, house.cold, text="突然断电")
    assert index_stale() == 1
    assert Passage.objects.filter(thread__contains="突然断电").count() == 1
    assert index_stale() == 0


def test_what_is_undone_leaves_nothing_to_index(house):
    index_due()
    with transaction.atomic():
        desk.comment_demand(house.chen, house.cold, text="收回的话")
        index_due()
        transaction.set_rollback(True)
    index_due()
    assert not Passage.objects.filter(thread__contains="收回的话").exists()
    assert not Passage.objects.filter(stale=True).exists()


def test_the_index_is_built_anew_from_what_there_is(house, find):
    desk.comment_demand(house.chen, house.cold, text="内部的话", inner=True)
    index_due()
    before = sorted(Passage.objects.values_list(*SAID))
    Passage.objects.all().delete()
    assert find(house.chen, "漏水", "demand") == []
    call_command("reindex", verbosity=0)
    assert sorted(Passage.objects.values_list(*SAID)) == before
    assert find(house.chen, "漏水", "demand") == ["茶水间漏水"]
    Demand.objects.filter(pk=house.leak.pk).update(title="茶水间没事了")
    call_command("reindex", "--if-empty", verbosity=0)
    assert find(house.chen, "漏水", "demand") == ["茶水间没事了"]  # not touched: it was not empty
    call_command("reindex", verbosity=0)
    assert find(house.chen, "漏水", "demand") == []


SAID = (
    "target_type",
    "target_id",
    "inner",
    "number",
    "open",
    "body",
    "thread",
    "title_words",
    "thread_words",
)


def test_what_gets_another_name_is_found_by_it_after_the_next_sweep(house, find):
    index_due()
    sys = house.person("sys", "系统员", house.hq)
    grant_role(sys, Role.SYSTEM_ADMIN)
    house.building.refresh_from_db()
    trees.save_place(
        sys, house.building, name="博学楼", code="BJ-2", kind="building", parent=house.near
    )
    record(sys, "user.changed", rename(house.wang, "王大锤"), at=NOW, name="王大锤")
    assert not Passage.objects.filter(body__contains="博学楼").exists()
    assert index_stale() == 3  # two demands and an order at the building
    assert index_stale() == 0
    assert set(find.demands(house.chen, "博学楼")) == {"空调不制热", "茶水间漏水"}
    assert find(house.chen, "博学楼 王大锤", "order") == ["空调不制热"]
    assert find.demands(house.chen, "2 号楼") == []


def rename(person, name):
    User.objects.filter(pk=person.pk).update(name=name)
    return person


def test_a_file_that_comes_in_is_found(cast, find):
    content = "内容,提交时间\n老楼屋顶漏雨,2026-11-20 09:00\n".encode()
    file = imports.bring_import(
        cast.chen, IMPORTS["intake:demands"], upload=SimpleUploadedFile("a.csv", content)
    )
    answers = {
        "entry": "other_repair",
        "place": cast.near.code,
        "timezone": "Asia/Shanghai",
        "dates": "ymd",
    }
    imports.map_import(cast.chen, file, mapping=file.mapping, settings=answers)
    imports.start_import(cast.chen, file)
    while import_files(NOW):
        pass
    assert find.demands(cast.chen, "漏雨") == ["老楼屋顶漏雨"]
