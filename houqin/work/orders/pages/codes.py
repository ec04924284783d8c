"""The register of fault codes: what executors choose from when they finish."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.ui.fields import record_form
from houqin.ui.lists import PERSON, TITLE, Blank, Column, View
from houqin.ui.registers import Register
from houqin.work.orders import samples
from houqin.work.orders.models import RUNS_WORK, FaultCode

Kind = FaultCode.Kind


def _of_kind(kind: Kind) -> View:
    return View(kind.value, kind.label, lambda rows, user: rows.filter(kind=kind), "code")


CODES = Register(
    key="fault_codes",
    model=FaultCode,
    title=_("故障代码"),
    about=_("完工时按工种挑选，统计故障用同一种话"),
    columns=(
        Column("code", sort=True),
        Column("name", kind=TITLE, value=str, link=True),
        Column("skill", kind=PERSON, value=lambda row: row.skill or _("各工种通用"), filter=True),
        Column("active", filter=True),
    ),
    views=[_of_kind(kind) for kind in Kind],
    search=("code", "name"),
    placeholder=_("搜代码、名称"),
    blank=Blank(
        _("还没有故障代码"),
        _("把常见的现象、原因、措施各列几条；师傅完工时挑选，以后就能按故障统计。"),
        "orders:new_fault_code",
        _("新增故障代码"),
    ),
    size=50,
    namespace="orders",
    name="fault_code",
    form=record_form(FaultCode, ("name",)),
    new_form=record_form(FaultCode, ("kind", "name", "code", "skill")),
    by="code",
    switch=True,
    edits=RUNS_WORK,
    sample=samples.fault_code,
)
