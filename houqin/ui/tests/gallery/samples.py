"""Sample data for every shared part, as the page that shows them all is given it."""

import time
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Thing

from django import forms

from houqin.ui.chips import chip_html
from houqin.ui.fields import (
    HouseForm,
    MomentField,
    PhotoField,
    RadioTiles,
    SignatureField,
    StarsField,
)
from houqin.ui.lists import CLOCK, GRADE, NUMBER, STATE, TEXT, TITLE, Column
from houqin.ui.lists.kinds import state_html
from houqin.ui.shell.context import WorkerHealth
from houqin.ui.shell.menu import MenuEntry, MenuGroup

NOW = datetime(2026, 11, 23, 2, 24, tzinfo=UTC)
GRADES = [("urgent", "紧急"), ("important", "重要"), ("routine", "常规")]


class Sample(HouseForm):
    kind = forms.ChoiceField(
        label="哪一类？",
        choices=[("water", "水"), ("power", "电"), ("air", "空调"), ("other", "其他")],
        widget=RadioTiles(
            look="grid",
            icons={"water": "droplet", "power": "bolt", "air": "air-conditioning", "other": "dots"},
        ),
    )
    title = forms.CharField(label="怎么了？", help_text="一句话说清楚现象。", max_length=80)
    text = forms.CharField(
        label="补充说明", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    place = forms.ChoiceField(
        label="地点", choices=[("", "请选择"), ("1", "2 号楼 5 层"), ("2", "3 号楼")]
    )
    grade = forms.ChoiceField(
        label="有多急？",
        choices=GRADES,
        widget=RadioTiles(
            look="fill",
            grades=True,
            notes={"urgent": "有危险", "important": "影响工作", "routine": "可以等"},
        ),
    )
    hold = forms.ChoiceField(
        label="为什么挂起？",
        choices=[("parts", "等备件"), ("person", "等需求人")],
        widget=RadioTiles(
            look="list", notes={"parts": "时钟暂停 · 通知采购", "person": "时钟暂停"}
        ),
    )
    wanted = MomentField(label="期望时间", required=False)
    photos = PhotoField(label="照片", required=False, help_text="最多 6 张，手机上自动压缩。")
    urgent_call = forms.BooleanField(label="同时打电话给值班员", required=False)
    plain = forms.ChoiceField(
        label="普通单选", choices=[("a", "上午"), ("b", "下午")], widget=forms.RadioSelect
    )
    speed = StarsField(label="响应速度")
    signature = SignatureField(label="签名", help_text="签名连同本页内容一起固化，之后不可改动。")


def chip(text, percent, due, tone="", label="", minutes=None):
    epoch = time.time() + minutes * 60 if minutes is not None else None
    return Thing(
        text=text,
        share_percent=percent,
        due_text=due,
        tone=tone,
        label=label,
        due_epoch=epoch,
        provisional=False,
    )


def entry(icon, label, **options):
    return MenuEntry(key=label, icon=icon, label=label, url="#", **options)


MENU = {
    "groups": [
        MenuGroup(
            "own",
            "我的",
            [
                entry("layout-dashboard", "工作台", current=True),
                entry("list-check", "我的待办", count=23),
            ],
        ),
        MenuGroup(
            "desk",
            "服务台",
            [
                entry("inbox", "需求队列"),
                entry("clipboard-check", "审核台", count=7, hot=True),
                entry("calendar-time", "派工调度", count=5),
            ],
        ),
        MenuGroup(
            "lines",
            "各条线",
            [
                entry("tool", "设施运维"),
                entry("leaf", "环境管理"),
                entry("car", "车辆管理"),
                entry("door", "会议室"),
            ],
        ),
        MenuGroup("insight", "分析", [entry("chart-bar", "数据看板")], open=False, waiting=2),
    ],
    "tabs": [
        entry("home", "首页", current=True),
        entry("list-check", "待办", count=7, hot=True),
        entry("plus", "新需求", primary=True),
        entry("message", "消息"),
        entry("user", "我的"),
    ],
    "primary": entry("plus", "新需求", primary=True),
}
SHELL = {
    "menu": MENU,
    "unread": 4,
    "health": WorkerHealth("时钟与后台正常 · 10:24"),
    "user": "陈专员",
}

ROWS = [
    (
        chip("超 1 时 20 分", 150, "09:04", "red", minutes=-80),
        "important",
        "XQ-2026-004371",
        "地下车库 B2 东区 3 盏应急照明灯不亮",
        "综合楼 B2",
        "doing",
        "处理中",
    ),
    (
        chip("剩 42 分", 97, "11:06", "amber", minutes=42),
        "urgent",
        "XQ-2026-004386",
        "质量部恒温间温度偏高，样品需转移，请尽快派人来看",
        "实验楼 407",
        "",
        "待初审",
    ),
    (
        chip("剩 7 时 06 分", 20, "17:30", minutes=426),
        "routine",
        "XQ-2026-004127",
        "502 会议室空调不制热，出风口滴水",
        "2 号楼 502",
        "done",
        "待验收",
    ),
    (
        chip("等备件", 0, "", "paused"),
        "routine",
        "XQ-2026-004336",
        "办公椅气杆下沉，申请更换",
        "2 号楼 318",
        "back",
        "已退回",
    ),
]


def row(cells):
    clock, grade, number, title, place, tone, words = cells
    return Thing(
        chip=clock,
        grade=grade,
        number=number,
        title=title,
        place=place,
        url="#row",
        card=Thing(status="now", TONES={"now": tone}, get_status_display=lambda: words),
    )


COLUMNS = [
    Column("chip", "时钟", CLOCK, cell=lambda row, at: chip_html(row.chip)),
    Column("grade", "分级", GRADE),
    Column("number", "编号", NUMBER),
    Column("title", "内容", TITLE, link=True),
    Column("place", "地点", TEXT, look="rows__place"),
    Column("card", "状态", STATE, cell=lambda row, at: state_html(row.card)),
]


STEPS = [
    Thing(
        kind="start",
        first=NOW - timedelta(days=10),
        last=None,
        text="提交，定级“常规”：5 个工作日办结",
        rule="标准第 7 条",
    ),
    Thing(
        kind="off",
        first=date(2026, 11, 14),
        last=date(2026, 11, 15),
        text="周六、周日休息",
        rule="工作日历",
    ),
    Thing(
        kind="hold",
        first=date(2026, 11, 19),
        last=None,
        text="挂起“等备件”，1 个工作日不计",
        rule="王师傅",
    ),
    Thing(
        kind="due",
        first=NOW.replace(hour=9, minute=30),
        last=None,
        text="第 5 个工作日下班：应办结",
        rule="《民法典》第 203 条",
    ),
]

ENTRIES = [
    Thing(
        icon="camera",
        tone="",
        who="王师傅",
        sentence="上传维修后照片 1 张",
        at=NOW,
        note="",
        inner=False,
    ),
    Thing(
        icon="bell-ringing",
        tone="hold",
        who="吴工",
        sentence="催办（第 1 次）",
        at=NOW - timedelta(hours=1),
        note="下午 2 点客户到，来得及吗？",
        inner=False,
    ),
    Thing(
        icon="note",
        tone="hold",
        who="陈专员",
        sentence="写了内部备注",
        at=NOW - timedelta(days=4),
        note="这台两年换了 2 次阀，建议列入更新。",
        inner=True,
    ),
    Thing(
        icon="user-check",
        tone="ok",
        who="王师傅",
        sentence="接单，响应按时",
        at=NOW - timedelta(days=7),
        note="",
        inner=False,
    ),
]


def verbs():
    def verb(label, icon, tone="plain", key="", blocked="", direct=False):
        return {
            "label": label,
            "icon": icon,
            "tone": tone,
            "key": key,
            "blocked": blocked,
            "direct": direct,
            "url": "/verb/",
        }

    return [
        verb("加派", "user-plus"),
        verb("改级", "flag", key="g"),
        verb("完工", "check", blocked="还差 1 项必做的检查"),
        verb("取消需求", "ban", tone="danger"),
        verb("接单", "user-check", direct=True),
        verb("催促 王师傅", "speakerphone", tone="primary", key="c"),
    ]
