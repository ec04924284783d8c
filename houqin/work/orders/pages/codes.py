"""The list of fault codes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from houqin.ui.imports import Import
from houqin.ui.lists import Column, Filter, Listing, View, Words
from houqin.work.orders.actions import add_fault_code, remove_fault_code
from houqin.work.orders.forms import NewCodeForm
from houqin.work.orders.models import RUNS_WORK, FaultCode
from houqin.work.teams.models import Skill


def _skills() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Skill.objects.order_by("pk").values_list("pk", "name")]


CODES_IN = Import.of_form(
    "orders:codes",
    _("导入故障代码"),
    NewCodeForm,
    write=add_fault_code,
    to=RUNS_WORK,
    by="code",
    undo=remove_fault_code,
    home="orders:fault_codes",
)
CODES = Listing(
    model=FaultCode,
    template="orders/codes.html",
    row="orders/_code_row.html",
    title=_("故障代码"),
    columns=(
        Column("rows__no", _("代码"), lambda row: row.code),
        Column("rows__title", _("名称"), str, 30),
        Column("rows__who", _("工种"), lambda row: str(row.skill or _("各工种通用"))),
        Column(
            "rows__state", _("状态"), lambda row: str(_("在用") if row.active else _("停用")), 10
        ),
    ),
    views=(
        View("symptom", _("现象"), lambda rows, user: rows.filter(kind="symptom"), "code"),
        View("cause", _("原因"), lambda rows, user: rows.filter(kind="cause"), "code"),
        View("remedy", _("措施"), lambda rows, user: rows.filter(kind="remedy"), "code"),
    ),
    filters=(Filter("skill", _("工种"), _skills, lambda rows, value: rows.filter(skill=value)),),
    search=("code", "name"),
    size=50,
)
