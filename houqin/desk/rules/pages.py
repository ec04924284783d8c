"""The register of the rules, and its place in the menu."""

from __future__ import annotations

from datetime import datetime

from django.utils.html import format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.lines import LINES
from houqin.desk.rules import samples
from houqin.desk.rules.actions import EDITS
from houqin.desk.rules.forms import RuleForm
from houqin.desk.rules.models import DispatchRule
from houqin.ui.lists import TITLE, Blank, Column
from houqin.ui.registers import Register, in_use
from houqin.ui.shell.navigation import NavItem, register


def _demands(rule: DispatchRule) -> list[str]:
    """Which demands the rule is for, in words; what is left empty fits all."""
    line = LINES.get(rule.line)
    subject = rule.entry or (line.name if line else "")
    parts = [subject, rule.place, rule.get_grade_display() if rule.grade else ""]
    return [str(part) for part in parts if part] or [_now("全部")]


def _for(rule: DispatchRule, at: datetime) -> str:
    return format_html_join(" · ", "{}", ((part,) for part in _demands(rule)))


def _gives(rule: DispatchRule) -> str:
    return " · ".join(filter(None, [str(rule.get_gives_display()), str(rule.team or "")]))


RULES = Register(
    key="rules",
    model=DispatchRule,
    title=_("派工规则"),
    about=_("需求一受理就按规则派出，处理记录里写明是哪一条；审核时指定了人的，不走规则。"),
    columns=(
        Column("position", look="rows__no num", sort=True),
        Column("name", kind=TITLE, link=True),
        Column(
            "for",
            _("适用需求"),
            value=lambda rule: " · ".join(_demands(rule)),
            cell=_for,
            phone=True,
        ),
        Column("gives", _("派工方式"), value=_gives, phone=True),
        Column("active"),
    ),
    views=in_use("position"),
    search=("name",),
    placeholder=_("搜规则"),
    blank=Blank(
        _("还没有派工规则"),
        _("写一条规则，例如“保洁类都进保洁班的抢单池”，受理后就不用再手工派工。"),
        "rules:new_rule",
        _("新增派工规则"),
    ),
    namespace="rules",
    name="rule",
    form=RuleForm,
    saved=_("规则“%(name)s”已保存，对之后受理的需求生效。"),
    by="name",
    switch=True,
    edits=EDITS,
    everywhere=True,
    sample=samples.switched_off,
)
register(
    NavItem(
        group="setup",
        label=_("派工规则"),
        icon="route",
        url_name="rules:rules",
        order=810,
        roles=frozenset(EDITS),
    )
)
