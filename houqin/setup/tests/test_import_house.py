"""Places, departments and people by workbook: shown first, taken in as a whole, and again by code."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Department, Role, RoleGrant, User, the_guest, the_house
from houqin.kernel.places.models import Place
from houqin.kernel.trail.models import Event
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.template import template_book
from houqin.setup.directory.models import RoleWish
from houqin.setup.workbook.pages import HOUSE_IN
from houqin.work.teams.models import Member, Team

pytestmark = pytest.mark.engine
PAGE = "/setup/import/"


@pytest.fixture
def system(cast, as_user):
    """The browser of the system administrator."""
    grant_role(cast.person("sys", "系统管理员", cast.hq), Role.SYSTEM_ADMIN)
    return as_user(cast.sys)


def book(**sheets):
    """An uploaded workbook: rows by the key of their sheet, with heads as in the template."""
    workbook = openpyxl.load_workbook(BytesIO(template_book(HOUSE_IN, filled=False)))
    for sheet in HOUSE_IN.sheets:
        for number, row in enumerate(sheets.get(sheet.key, ()), 2):
            for column, cell in enumerate(row, 1):
                workbook[str(sheet.title)].cell(number, column, cell)
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile("house.xlsx", out.getvalue())


def problems(client, **sheets):
    """What the preview says."""
    return client.post(PAGE, {"upload": book(**sheets)}, follow=True).context["preview"].problems


def take(client, upload, **fields):
    client.post(PAGE, {"upload": upload})
    return client.post(f"{PAGE}{ImportFile.objects.latest('pk').pk}/start/", fields)


NO = None
# Each row with the column and the words of what is said of it; rows that lean on each other stand together.
WRONG = {
    "places": [
        (["A 1", "x", "园区"], "编码", "有空格或符号"),
        (["A2", NO, "园区"], "名称", "请填写“名称”"),
        (["A3", "x" * 61, "园区"], "名称", "最多 60 个字"),
        (["A4", "x", "大院"], "类别", "没有“大院”这种类别；请写 园区、楼栋"),
        (["A5", "x", "楼栋"], "上级编码", "只有园区没有上级"),
        (["A6", "x", "园区", "BJ"], "上级编码", "园区是最上一级"),
        (["A7", "x", "楼栋", "ZZ"], "上级编码", "没有编码为“ZZ”的上级"),
        (["A8", "x", "楼栋", "A9"], "上级编码", "上级“A9”在第 10 行，那一行有错"),
        (["A9", "x", "楼栋", "A8"], "上级编码", "绕成了圈"),
        (["a2", "x", "园区"], "编码", "第 3 行已经写过"),
    ],
    "departments": [(["D", "d", "ZZ"], "上级编码", "没有编码为“ZZ”的上级")],
    "people": [
        (["1", "张", "ZZ"], "部门编码", "没有编码为“ZZ”的部门"),
        (["2", "张", NO, "tel"], "电话", "只写数字"),
        (["3", "张", NO, NO, "x@"], "邮箱", "应像 wang@example.org"),
        (["4", "张", NO, NO, NO, "技工"], "角色", "没有“技工”这个角色；请写 后勤专员"),
        (["5", "张", NO, NO, NO, "审计管理员"], "角色", "不能从表里来"),
        (["6", "张", NO, NO, NO, "值班员", "ZZ"], "任职范围编码", "没有编码为“ZZ”的地点"),
        (["7", "张", NO, NO, NO, "部门负责人"], "任职范围编码", "请填部门编码"),
        (["8", "张", NO, NO, NO, NO, NO, "新班"], "任职范围编码", "班组“新班”还没有"),
        (["9", "张", NO, NO, NO, NO, NO, "滨江工程班", "木雕"], "工种", "现有：暖通、水暖"),
        (["10", "张", NO, NO, NO, NO, NO, NO, "水暖"], "班组", "还要写所在的班组"),
        (["house", "张"], "工号", "系统自己用的"),
        (["GUEST", "张"], "工号", "系统自己用的"),
    ],
}


def test_what_is_wrong_is_said_by_row_and_column_and_nothing_is_written(system, cast):
    the_house(), the_guest()
    before = Place.objects.count(), User.objects.count(), Department.objects.count()
    rows = {key: [row for row, _column, _words in cases] for key, cases in WRONG.items()}
    cells = problems(system, **rows)
    for key, cases in WRONG.items():
        title = next(str(sheet.title) for sheet in HOUSE_IN.sheets if sheet.key == key)
        for number, (_row, column, words) in enumerate(cases, 2):
            matches = [
                cell
                for cell in cells
                if (cell.sheet, cell.row, cell.column) == (title, number, column)
            ]
            assert any(words in cell.sentence for cell in matches), (key, number, words)
    assert len(cells) == sum(map(len, WRONG.values()))
    answer = system.post(f"{PAGE}{ImportFile.objects.get().pk}/start/")
    assert answer.status_code == 409
    assert (Place.objects.count(), User.objects.count(), Department.objects.count()) == before


def test_the_workbook_comes_back_with_the_wrong_cells_red_and_a_column_that_says_why(system, cast):
    upload = book(places=[["A 1", "x", "园区"], ["A2", "'=1+1", "园区"]], people=[["1024", None]])
    address = system.post(PAGE, {"upload": upload}).url
    answer = system.get(address.replace("preview", "errors"))
    workbook = openpyxl.load_workbook(BytesIO(answer.content))
    places = workbook["地点"]
    last = places.max_column
    assert (places.cell(1, last).value, "有空格或符号" in places.cell(2, last).value) == (
        "错误",
        True,
    )
    assert [places.cell(row, 1).fill.fgColor.rgb for row in (2, 3)] == ["00F8CBAD", "00000000"]
    assert (places.cell(3, 2).value, places.cell(3, 2).data_type) == ("=1+1", "s")
    assert "请填写“姓名”" in workbook["人员"].cell(2, workbook["人员"].max_column).value
    places["A2"] = "A1"  # corrected in the file itself, which is brought again as it is
    workbook["人员"]["B2"], workbook["人员"]["C2"] = "张三", "rd1"
    out = BytesIO()
    workbook.save(out)
    again = system.post(
        PAGE, {"upload": SimpleUploadedFile("again.xlsx", out.getvalue())}, follow=True
    )
    assert again.context["preview"].wrong == 0, again.context["preview"].problems
    assert system.get(again.redirect_chain[-1][0].replace("preview", "errors")).status_code == 409


GOOD = {
    "places": [
        ["N-1-1", "1 层", "楼层", "N-1"],
        ["N", "新园区", "园区"],
        ["N-1", "1 号楼", "楼栋", "N"],
    ],
    "departments": [["lab2", "二室", "rd1"]],
    "people": [
        [
            1024,
            "张三",
            "lab2",
            6001,
            "zhang@example.org",
            "维修技师、值班员",
            "N",
            "新园班",
            "水暖、暖通",
        ],
        ["1025", "李四", "lab2", None, None, "部门负责人", "lab2"],
    ],
}


def test_all_of_it_is_written_at_once_the_upper_rows_first_and_roles_are_only_asked_for(
    system, cast
):
    assert take(system, book(**GOOD)).status_code == 302
    assert Place.objects.get(code="N-1-1").full_name == "新园区 / 1 号楼 / 1 层"
    zhang = User.objects.get(username="1024")
    assert (zhang.name, zhang.department.name, zhang.phone) == ("张三", "二室", "6001")
    assert not zhang.has_usable_password()
    assert [skill.name for skill in Member.objects.get(user=zhang).skills.order_by("name")] == [
        "暖通",
        "水暖",
    ]
    assert Team.objects.get(name="新园班").place.code == "N"
    assert not RoleGrant.objects.filter(user=zhang).exists()
    asked = RoleWish.objects.values_list("user__name", "role", "place__code", "department__code")
    assert set(asked) == {
        ("张三", "technician", "N", None), ("张三", "duty", "N", None), ("李四", "head", None, "lab2"),
    }  # fmt: skip
    assert Event.objects.filter(name="user.added", actor=cast.sys).count() == 2


def test_the_same_workbook_again_changes_nothing_and_a_changed_one_updates_by_code(system, cast):
    take(system, book(**GOOD))
    counted = (
        Place.objects.count(),
        User.objects.count(),
        RoleWish.objects.count(),
        Team.objects.count(),
    )
    again = system.post(PAGE, {"upload": book(**GOOD)}, follow=True)
    assert again.context["preview"].changes == 0
    changed = {"places": [["N-1", "一号楼", "楼栋"]], "people": [["1024", "张三丰"]]}
    take(system, book(**changed))
    assert Place.objects.get(code="N-1-1").full_name == "新园区 / 一号楼 / 1 层"
    assert User.objects.get(username="1024").phone == "6001"  # an empty cell changes nothing
    assert User.objects.get(username="1024").name == "张三丰"
    assert (
        Place.objects.count(),
        User.objects.count(),
        RoleWish.objects.count(),
        Team.objects.count(),
    ) == counted


def test_the_house_written_out_is_a_workbook_that_changes_nothing(system, cast):
    upload = SimpleUploadedFile("house.xlsx", system.get(f"{PAGE}template/?filled=1").content)
    page = system.post(PAGE, {"upload": upload}, follow=True)
    assert page.context["preview"].wrong == 0, page.context["preview"].problems
    assert page.context["preview"].changes == 0


def test_wrong_rows_are_left_out_only_when_somebody_says_so(system, cast):
    rows = [["7", "好的"], ["8", "坏的", "ZZ"]]
    assert take(system, book(people=rows), leave_out="1").status_code == 302
    assert User.objects.filter(username="7").exists()
    assert not User.objects.filter(username="8").exists()
    shown = ImportFile.objects.get()
    assert (shown.outcome["people"]["new"], shown.outcome["people"]["wrong"]) == (1, 1)
    assert bytes(shown.content) == b""  # personal data is not kept twice
    assert system.post(f"{PAGE}{shown.pk}/start/").status_code == 409


def test_an_english_template_is_read_like_a_chinese_one(system, cast):
    cast.sys.language = "en"
    cast.sys.save()
    workbook = openpyxl.load_workbook(BytesIO(system.get(f"{PAGE}template/").content))
    assert workbook.sheetnames[:3] == ["Place", "Department", "People"]
    workbook["Place"].append(["N", "North", "Campus"])
    out = BytesIO()
    workbook.save(out)
    assert take(system, SimpleUploadedFile("h.xlsx", out.getvalue())).status_code == 302
    assert Place.objects.get(code="N").kind == "campus"


def test_what_is_no_workbook_of_ours_is_refused_beside_the_field(system):
    wrong = {
        b"a,b\n1,2\n": "不是 Excel 工作簿",
        b"PK\x03\x04 broken": "打不开这个 Excel 文件",
        b"": "文件是空的",
    }
    for content, words in wrong.items():
        answer = system.post(PAGE, {"upload": SimpleUploadedFile("x.xlsx", content)})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_workbook_of_others_is_not_there(system, cast, as_user):
    system.post(PAGE, {"upload": book(people=[["7", "七"]])})
    grant_role(cast.person("sys2", "另一位", cast.hq), Role.SYSTEM_ADMIN)
    other = as_user(cast.sys2)
    assert other.get(f"{PAGE}{ImportFile.objects.get().pk}/").status_code == 404
    assert other.post(f"{PAGE}{ImportFile.objects.get().pk}/start/").status_code == 404
