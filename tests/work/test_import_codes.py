"""The usual import: a form that checks a row and an action that writes it, through the pages."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.sweeps import import_files
from houqin.work.orders.models import FaultCode
from houqin.work.orders.pages import CODES
from houqin.work.teams.models import Skill
from tests.cast import NOW

pytestmark = pytest.mark.engine
CODES_IN = CODES.importer
PAGE = "/orders/codes/import/"
HEAD = "代码,名称,类别,工种"


def csv(*lines, head=HEAD):
    return SimpleUploadedFile("码.csv", "\n".join([head, *lines]).encode())


def book(*sheets):
    """A workbook of sheets, each a name and its rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, *rows in sheets:
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    return workbook


def saved(workbook, name="码.xlsx"):
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def client(cast, as_user):
    FaultCode.objects.all().delete()
    return as_user(cast.lin)


def bring(client, upload):
    """The address of the page to which bringing a file leads."""
    answer = client.post(PAGE, {"upload": upload})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def step(client, address, name, **data):
    """Another step of the file at `address`."""
    url = f"{PAGE}{address.removeprefix(PAGE).split('/')[0]}/{name}"
    return client.post(url, data) if name in ("start/", "undo/") or data else client.get(url)


def codes():
    return list(FaultCode.objects.order_by("pk").values_list("code", flat=True))


def test_rows_come_in_by_label_or_value_and_go_again_by_one_click(client, cast):
    skill = Skill.objects.order_by("pk").first()
    address = bring(client, csv(f"a-1,漏水,现象,{skill.name}", "a-2,老化,cause,", "a-3,x,原因,"))
    assert address.endswith("/preview/"), "heads that tell need no matching"
    assert codes() == []
    assert step(client, address, "start/").status_code == 302
    assert codes() == ["a-1", "a-2", "a-3"]
    assert FaultCode.objects.get(code="a-1").skill == skill
    file = ImportFile.objects.get()
    assert (file.status, file.outcome["code"]["new"]) == ("done", 3)
    assert bytes(file.content) == b""
    assert step(client, address, "undo/").status_code == 302
    assert codes() == []
    assert step(client, address, "undo/").status_code == 409


def test_nothing_is_taken_back_when_one_of_the_rows_was_used(client, cast):
    address = bring(client, csv("a-1,漏水,现象,", "a-2,老化,现象,"))
    step(client, address, "start/")
    order = cast.order()
    type(order).objects.filter(pk=order.pk).update(symptom=FaultCode.objects.get(code="a-1"))
    assert step(client, address, "undo/").status_code == 409
    assert codes() == ["a-1", "a-2"]
    assert ImportFile.objects.get().status == "done"


def test_the_sentences_of_the_form_stand_beside_the_cells(client):
    FaultCode.objects.create(kind="cause", code="old", name="旧")
    rows = [
        "b-0,旧,原因,",
        "b-1,,原因,",
        "b-2,x,大事,",
        "b-3,y,原因,炼金",
        "b-4,z,原因,",
        "b-4,w,原因,",
    ]
    address = bring(client, csv(*rows))
    preview = client.get(address).context["preview"]
    facts = [(problem.row, problem.column, problem.sentence) for problem in preview.problems]
    expected = [
        (2, "名称", "已经有同名的"), (3, "名称", "请填写"), (4, "类别", "没有叫“大事”的类别"),
        (5, "工种", "没有叫“炼金”的工种"), (7, "代码", "在第 6 行已经写过"),
    ]  # fmt: skip
    for (row, column, words), problem in zip(expected, sorted(facts), strict=True):
        assert problem[:2] == (row, column)
        assert words in problem[2]
    assert step(client, address, "start/").status_code == 409
    assert codes() == ["old"]
    assert step(client, address, "start/", leave_out="1").status_code == 302
    assert codes() == ["old", "b-4"]
    assert ImportFile.objects.get().outcome["code"] == {
        "new": 1,
        "changed": 0,
        "same": 0,
        "wrong": 5,
    }


def test_two_rows_that_only_collide_when_they_are_written_leave_nothing(client):
    address = bring(client, csv("c-1,同名,原因,", "c-2,同名,原因,", "c-3,别的,原因,"))
    assert step(client, address, "start/").status_code == 302
    assert codes() == []
    file = ImportFile.objects.get()
    assert (file.status, file.problems[0].row) == ("failed", 3)
    assert "有重复" in client.get(file.get_absolute_url()).content.decode()


def test_the_marked_file_comes_back_in_the_form_in_which_it_came(client):
    rows = (["代码", "名称", "类别"], ["d-1", "好", "原因"], ["d 2", "坏", "原因"])
    address = bring(client, saved(book(("表", *rows))))
    whole = openpyxl.load_workbook(BytesIO(step(client, address, "errors/").content)).worksheets[0]
    assert [cell.value for cell in whole[1]] == ["代码", "名称", "类别", "错误"]
    assert (whole["A2"].value, whole["A3"].fill.fgColor.rgb, whole.max_row) == (
        "d-1",
        "00F8CBAD",
        3,
    )
    only = openpyxl.load_workbook(BytesIO(step(client, address, "errors/?only=1").content))
    assert [row[0].value for row in only.worksheets[0]] == ["代码", "d 2"]
    address = bring(client, csv("d 2,坏,原因,"))
    lines = step(client, address, "errors/").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "代码,名称,类别,工种,错误"


def test_the_template_comes_back_filled(client):
    workbook = openpyxl.load_workbook(BytesIO(client.get(f"{PAGE}template/").content))
    page = workbook.worksheets[0]
    assert [cell.value for cell in page[1]] == ["类别", "名称", "代码", "工种"]
    page.append(["措施", "更换", "e-1", None])
    address = bring(client, saved(workbook))
    step(client, address, "start/")
    assert codes() == ["e-1"]


def test_the_heads_are_found_below_a_title_and_behind_a_sheet_of_notes(client):
    notes = ("说明", ["请看第二张表"], ["谢谢"])
    workbook = book(notes, ("数据", ["故障代码登记表"], [], ["代码", "名称", "类别"]))
    page = workbook["数据"]
    for row in (["f-1", "甲", "原因"], ["f-2", "乙", None], ["f-3", "丙", None]):
        page.append(row)
    page.merge_cells("C4:C6")
    page.merge_cells("A1:C1")
    address = bring(client, saved(workbook))
    file = ImportFile.objects.get()
    assert (file.sheet, file.head, file.total) == ("数据", 3, 3)
    step(client, address, "start/")
    assert set(FaultCode.objects.values_list("code", "kind")) == {
        ("f-1", "cause"), ("f-2", "cause"), ("f-3", "cause"),
    }  # fmt: skip


def test_the_row_of_the_heads_can_be_chosen_and_matching_is_remembered(client):
    rows = (["登记"], ["甲列", "乙列", "丙列"], ["g-1", "名", "原因"])
    address = bring(client, saved(book(("表", *rows))))
    assert address.endswith("/columns/")
    page = client.get(address)
    assert "甲列 · 乙列 · 丙列" in page.content.decode()
    assert client.post(address, {"head": "2:表"}).url == address
    file = ImportFile.objects.get()
    assert (file.columns, file.total, file.status) == (["甲列", "乙列", "丙列"], 1, "uploaded")
    meant = {"column_code": "甲列", "column_name": "乙列", "column_kind": "丙列"}
    assert client.post(address, meant | {"column_kind": ""}).status_code == 422
    assert client.post(address, meant).url.endswith("/preview/")
    step(client, address, "start/")
    assert codes() == ["g-1"]
    heads = csv("g-2,名二,原因", head="甲列,乙列,丙列")
    assert bring(client, heads).endswith("/preview/"), "the same heads were matched before"


def test_columns_that_nobody_reads_are_told_of(client):
    address = bring(client, csv("j-1,甲,原因,,旧", head=f"{HEAD},备注"))
    assert "没有用到：备注" in client.get(address).content.decode()


def test_many_rows_are_left_to_the_worker(client, monkeypatch):
    monkeypatch.setattr(CODES_IN, "at_once", 2)
    address = bring(client, csv("h-1,甲,原因,", "h-2,乙,原因,", "h-3,丙,原因,"))
    step(client, address, "start/")
    assert (codes(), ImportFile.objects.get().status) == ([], "checking")
    assert (import_files(NOW), import_files(NOW)) == (1, 0)
    assert codes() == ["h-1", "h-2", "h-3"]


def test_the_file_of_another_person_or_of_another_import_is_not_there(client, cast, as_user):
    address = bring(client, csv("i-1,甲,原因,"))
    pk = ImportFile.objects.get().pk
    assert client.get(f"/demands/import/{pk}/preview/").status_code == 404
    other = as_user(cast.wang)
    assert other.get(address).status_code == 403
    assert other.post(f"{PAGE}{pk}/start/").status_code == 403
