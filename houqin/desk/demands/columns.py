"""What a list shows of a demand; every list of demands has these columns."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Category, Entry
from houqin.desk.demands.models import Demand
from houqin.kernel.addresses import address
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.related import undrawn
from houqin.ui.chips import Chip, chip_html
from houqin.ui.clocks import nearest
from houqin.ui.lists import CLOCK, PERSON, TITLE, Column


def explained_at(demand: Demand, chip: Chip | None) -> str:
    """Where the due time behind `chip` is explained step by step."""
    dated = chip is not None and chip.due_epoch is not None
    kind = chip.kind if chip else ""
    return address("demands:explain_clock", demand.number, kind) if dated else ""


def _clock(demand: Demand, at: datetime) -> str:
    chip = nearest(demand, at)
    if chip is None or not chip.kind:
        return ""
    url = address("demands:explain_clock", demand.number, chip.kind)
    return chip_html(chip, explain_url=url, hide_label=True)


def _title(demand: Demand, at: datetime) -> str:
    if not (demand.supervised or demand.urges):
        return demand.title
    return render_to_string("demands/_row_title.html", {"row": demand})


def _doers(demand: Demand) -> str:
    return _now("、").join(demand.doers())


# What no row shows of the things that it names.
UNDRAWN_BY_NAME = [
    *undrawn("requester", User, User.DRAWN),
    *undrawn("place", Place, {"code", "full_name", "path"}),
]
UNDRAWN = [
    *UNDRAWN_BY_NAME,
    *undrawn("entry", Entry, {"code", "name", "category"}),
    *undrawn("entry__category", Category, {"code", "line_code", "name"}),
]
COLUMNS = (
    Column("clock", _("时钟"), CLOCK, cell=_clock),
    Column("grade", _("分级"), filter=True),
    Column("number", _("编号"), gives=5),
    Column("title", _("内容"), TITLE, cell=_title, link=True),
    Column("place", _("地点"), gives=4, filter=True),
    Column("asker", _("需求人"), PERSON, gives=3),
    Column("doers", _("执行人"), value=_doers, look="rows__doers", gives=2),
    Column("status", _("状态"), filter=True),
    Column("submitted_at", _("提交"), gives=1, sort=True, filter=True),
    Column("next_due_at", _("最近到期"), shown=False, sort=True),
    Column("done_at", _("完工"), shown=False, sort=True, filter=True),
    Column("department", _("部门"), shown=False),
    Column("entry", _("服务项"), shown=False, filter=True),
    Column("entry.category", _("类别"), shown=False),
    Column("channel", _("渠道"), shown=False),
    Column("round", _("轮次"), shown=False),
    Column("urges", _("催办"), shown=False),
)
