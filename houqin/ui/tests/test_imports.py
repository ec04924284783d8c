"""A row of a table as a form gets it: what people write in a cell, what updates, what stays as it is."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.actions import bring_import, start_import
from houqin.platform.sheets.reading import read_table
from houqin.platform.sheets.registry import IMPORTS
from houqin.platform.sheets.sweeps import import_files
from houqin.platform.sheets.template import template_book
from houqin.ui.fields import HouseForm, MomentField, PeopleField, PhotoField, PlaceField, YuanField
from houqin.ui.imports import Import
from tests.cast import cast

__all__ = ["cast"]


class ThingForm(HouseForm):
    code = forms.SlugField(label="编号")
    place = PlaceField(label="地点", required=False)
    keeper = PeopleField(label="保管人", most=1, required=False)
    second = forms.ModelChoiceField(User.objects.all(), label="副手", required=False)
    kind = forms.ChoiceField(
        label="类型", choices=[("big", "大件"), ("small", "小件")], initial="big"
    )
    marks = forms.MultipleChoiceField(
        label="标记", choices=[("a", "甲"), ("b", "乙")], required=False
    )
    active = forms.BooleanField(label="在用", required=False, initial=True)
    bought = forms.DateField(label="购入", required=False)
    checked = MomentField(label="检查", required=False)
    opens = forms.TimeField(label="开门", required=False)
    price = YuanField(label="价格", required=False)
    size = forms.IntegerField(label="大小", required=False)
    photos = PhotoField(label="照片", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].offer()
        for name in self.fields if self.target else ():
            self.initial[name] = getattr(self.target, name, None)
        self.initial["keeper"] = "、".join(map(str, self.initial.get("keeper") or ()))


def save_thing(actor, target, *, code, **values):
    thing = target or SimpleNamespace(code=code)
    vars(thing).update(values, price=values["price"] / 100)
    THINGS[code] = thing
    return thing


THINGS: dict[str, SimpleNamespace] = {}


@pytest.fixture
def things(cast):
    kind = Import.of_form(
        "tests:things", "东西", ThingForm, write=save_thing, to={Role.MANAGER}, by="code",
        find=lambda actor, row: THINGS.get(row["code"]), rows=THINGS.values, aliases={"code": "资产号"},
    )  # fmt: skip
    yield kind
    del IMPORTS["tests:things"]
    THINGS.clear()


def bring(cast, kind, *lines):
    upload = SimpleUploadedFile("物.csv", "\n".join(lines).encode())
    return bring_import(cast.lin, kind, upload=upload)


def take(cast, kind, *lines):
    """The outcome of a file that is brought and started."""
    file = bring(cast, kind, *lines)
    start_import(cast.lin, file)
    import_files(now())
    file.refresh_from_db()
    assert file.status == "done", file.problems
    return file.outcome["code"]


def test_cells_are_read_as_people_write_them(cast, things):
    head = "资产号,地点,保管人,副手,类型,标记,在用,购入,检查,开门,价格,大小"
    take(
        cast, things, head,
        f"t-1,{cast.room.full_name},王师傅,wang,小件,甲、b,否,2026年3月2日,2026/3/2 9:05,8：30,"
        '"1,200.50元",3',
        f"t-2,{cast.room.code},zhao,李班长,BIG,,是,2026.11.5,,,,",
    )  # fmt: skip
    first, other = THINGS["t-1"], THINGS["t-2"]
    assert (first.place, first.keeper, first.second) == (cast.room, [cast.wang], cast.wang)
    assert (first.kind, first.marks, first.active) == ("small", ["a", "b"], False)
    assert (first.bought, first.opens) == (date(2026, 3, 2), time(8, 30))
    assert first.checked == datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    assert (first.price, first.size) == (1200.5, 3)
    assert (other.place, other.keeper, other.second, other.kind) == (
        cast.room,
        [cast.zhao],
        cast.li,
        "big",
    )
    assert (other.marks, other.active, other.checked) == ([], True, None)


WRONG = {
    "地点": ("城东", "没有叫“城东”的地点"), "副手": ("查无", "没有叫“查无”的副手"),
    "类型": ("中件", "没有叫“中件”的类型"), "标记": ("甲、丙", "没有叫“丙”的标记"),
    "在用": ("也许", "不是“是”或“否”"), "购入": ("昨天", "“昨天”不是时间"), "大小": ("三", "整数"),
    "保管人": ("查无此人", "没有找到“查无此人”"),
}  # fmt: skip


@pytest.mark.parametrize("head", WRONG)
def test_what_nobody_understands_is_said_beside_its_cell(cast, things, head):
    cell, words = WRONG[head]
    file = bring(cast, things, f"编号,{head}", f"t-1,{cell}")
    (problem,) = things.preview(file, now()).problems
    assert (problem.row, problem.column) == (2, head)
    assert words in problem.sentence


def test_a_name_that_two_share_asks_for_the_account(cast, things):
    User.objects.create_user("wang2", name="王师傅")
    file = bring(cast, things, "编号,副手", "t-1,王师傅", "t-2,wang2")
    problems = things.preview(file, now()).problems
    assert [(problem.row, "编码或全称" in problem.sentence) for problem in problems] == [(2, True)]


def test_what_is_there_is_updated_and_empty_cells_change_nothing(cast, things):
    take(cast, things, "编号,类型,大小,在用", "t-1,小件,3,否", "t-2,小件,4,是")
    counts = take(cast, things, "编号,类型,大小,在用", "t-1,,5,", "t-2,小件,4,是", "t-3,大件,1,")
    assert counts == {"new": 1, "changed": 1, "same": 1, "wrong": 0}
    thing = THINGS["t-1"]
    assert (thing.kind, thing.size, thing.active) == ("small", 5, False)
    assert THINGS["t-3"].active


def test_the_filled_template_says_what_is_there_and_changes_nothing(cast, things):
    take(
        cast,
        things,
        "编号,地点,类型,标记,在用,购入",
        f"t-1,{cast.room.code},小件,甲、乙,否,2026-03-02",
    )
    data = template_book(things, filled=True)
    table = read_table(data)
    assert "照片" not in table.columns
    row = dict(zip(table.columns, table.rows[0][1], strict=True))
    assert (row["地点"], row["类型"], row["标记"], row["在用"]) == (
        cast.room.code, "小件", "甲、乙", "否",
    )  # fmt: skip
    file = bring_import(cast.lin, things, upload=SimpleUploadedFile("物.xlsx", data))
    assert things.preview(file, now()).counts["code"] == {"same": 1}


def test_places_out_of_use_are_not_offered(cast, things):
    Place.objects.filter(pk=cast.room.pk).update(closed=True)
    file = bring(cast, things, "编号,地点", f"t-1,{cast.room.code}")
    assert things.preview(file, now()).wrong_rows == 1
