"""A page that shows every shared part with sample data, for the browser tests and for looking at."""

from pathlib import Path
from types import SimpleNamespace as Thing

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.timezone import override

from houqin.ui.lists.drawing import heads
from houqin.ui.shell.errors import WORDS_OF
from houqin.ui.tests.gallery.samples import (
    COLUMNS,
    ENTRIES,
    GRADES,
    NOW,
    ROWS,
    SHELL,
    STEPS,
    Sample,
    chip,
    row,
    verbs,
)

CHOICES = "ui/_filter_choices.html"
HERE = Path(__file__).parent


def cells(thing):
    return [(column.draw(thing, NOW, thing.url),) for column in COLUMNS]


def context(request):
    shots = [
        Thing(url="#", thumb_url="/photo/", alt="吊顶水渍", tag=tag, caption="11-13 17:18 吴工")
        for tag in ("前", "后", "")
    ]
    tabs = [
        ("全部未结", 86, False),
        ("待初审", 7, False),
        ("已超时", 2, True),
        ("我关注的", 4, False),
    ]
    return SHELL | {
        "heads": heads(COLUMNS, QueryDict()),
        "lines": [
            format_html("<tr data-row>{}</tr>", format_html_join("", "{}", cells(thing)))
            for thing in map(row, ROWS)
        ],
        "now": NOW,
        "chips_all": [
            ROWS[0][0],
            ROWS[1][0],
            ROWS[2][0],
            ROWS[3][0],
            chip("按时", 100, "周一 09:05", "ok", "响应"),
        ],
        "rows": [row(cells) for cells in ROWS],
        "steps": STEPS,
        "entries": ENTRIES,
        "photos": shots,
        "verbs": verbs(),
        "tabs_views": [
            Thing(label=a, count=b, hot=c, current=a == "全部未结", url="#") for a, b, c in tabs
        ],
        "chips": [
            Thing(
                label="状态", chosen="未结", off_url="#", choices=[], kept=QueryDict(), part=CHOICES
            ),
            Thing(
                label="分级",
                chosen="",
                off_url="#",
                kept=QueryDict(),
                part=CHOICES,
                choices=[Thing(label=words, value=code, on=False) for code, words in GRADES],
            ),
        ],
        "query": "",
        "kept": QueryDict("view=open"),
        "clear_url": "#",
        "total": 86,
        "next_url": "#",
        "previous_url": "",
        "facts": [
            Thing(label="需求人", value="吴工 · 研发一部", url="", tone=""),
            Thing(label="资产", value="ZC-KT-00231 风机盘管", url="#", tone=""),
            Thing(label="办理", value="进行中 · 86 %", url="", tone="warn"),
        ],
        "kpis": [
            Thing(name="待初审", value=7, unit="件", note="最早一件剩 42 分", url="#", tone=""),
            Thing(name="已超时未结", value=2, unit="件", note="比上周少 3", url="#", tone="red"),
        ],
        "form": Sample(request.POST, request.FILES) if request.method == "POST" else Sample(),
    }


@login_not_required
def page(request, name="page"):
    with override("Asia/Shanghai"):
        get_token(request)
        if name == "page" and "quiet" not in request.GET:
            messages.success(request, "已受理 XQ-2026-004371，定为重要。")
        template = engines["django"].from_string((HERE / f"{name}.html").read_text())
        status = 422 if request.method == "POST" else 200
        return HttpResponse(template.render(context(request), request), status=status)


@login_not_required
def verb(request):
    card = Thing(get_absolute_url=lambda: "/")
    hint = Thing(hint="选中列出的原因，时钟暂停，不算您超时。")
    fields = ("hold", "text")
    form = Sample(request.POST) if request.method == "POST" else Sample()
    for name in set(form.fields) - set(fields):
        del form.fields[name]
    about = {
        "verb": {"label": "挂起", "url": "/verb/", "tone": "primary"},
        "how": hint,
        "form": form,
        "card": card,
    }
    template = "ui/_verb.html" if request.htmx else "ui/verb.html"
    if request.method == "POST" and form.is_valid():
        refusal = {"reason": "XQ-2026-004371 目前是“已完工”，不能执行此操作。"}
        answer = render(request, "ui/_refused.html", refusal, status=409)
        answer["HX-Reswap"] = "none"
        return answer
    return render(request, template, SHELL | about, status=422 if form.is_bound else 200)


@login_not_required
def photo(request):
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">'
        '<path fill="#789" d="M0 0h4v3H0z"/></svg>'
    )
    return HttpResponse(drawing, content_type="image/svg+xml")


@login_not_required
def trouble(request, status):
    return render(
        request,
        "ui/error.html",
        SHELL
        | {
            "status": status,
            "layout": "ui/base.html",
            "happened": WORDS_OF[status][0],
            "reason": WORDS_OF[status][1],
        },
        status=status,
    )


urlpatterns = [
    path("", page, name="home"),
    path("form/", page, {"name": "form"}, name="form"),
    path("blank/", page, {"name": "blank"}, name="search"),
    path("bare/", page, {"name": "bare"}, name="signin"),
    path("verb/", verb, name="set_theme"),
    path("notices/", page, {"name": "blank"}, name="notices"),
    path("language/", verb, name="set_language"),
    path("out/", verb, name="signout"),
    path("photo/", photo, name="me"),
    path("trouble/<int:status>/", trouble, name="trouble"),
]
