"""The register of the patterns of shifts."""

from __future__ import annotations

from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.ui.fields import record_form
from houqin.ui.lists import TITLE, Column
from houqin.ui.registers import Register, in_use
from houqin.work.roster import samples
from houqin.work.roster.models import ShiftPattern

EDITS = frozenset({Role.MANAGER})  # they hold for the whole house


def _mark(pattern: ShiftPattern, at: datetime) -> str:
    look = " mark--duty" if pattern.on_call else ""
    return format_html('<b class="mark{}">{}</b>', look, pattern.mark)


PATTERNS = Register(
    key="patterns",
    model=ShiftPattern,
    title=_("班次"),
    about=_("排班时点一下就填进去的钟点；改了不影响已经排好的班。"),
    columns=(
        Column("letter", cell=_mark, phone=True),
        Column("name", kind=TITLE, value=str, link=True),
        Column("hours", _("钟点"), phone=True),
        Column("on_call", _("值班"), shown=False),
        Column("active"),
    ),
    views=in_use("starts"),
    namespace="roster",
    name="pattern",
    form=record_form(ShiftPattern, ("letter", "name", "starts", "ends", "on_call")),
    saved=_("班次“%(name)s”已保存。"),
    by="letter",
    switch=True,
    edits=EDITS,
    sample=samples.pattern,
)
