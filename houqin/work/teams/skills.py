"""The register of the trades."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.ui.fields import record_form
from houqin.ui.lists import COUNT, TITLE, Column, View
from houqin.ui.registers import Register
from houqin.work.teams import samples
from houqin.work.teams.actions import EDITS_SKILLS
from houqin.work.teams.models import Skill


def _all(rows: Any, user: Any) -> Any:
    return rows


SKILLS = Register(
    key="skills",
    model=Skill,
    title=_("工种"),
    about=_("服务项要求的工种，和班组里会的人数。"),
    columns=(
        Column("code", sort=True),
        Column("name", kind=TITLE, link=True),
        Column("people", _("人数"), COUNT, phone=True),
    ),
    views=[View("all", _("全部"), _all, "code")],
    search=("code", "name"),
    placeholder=_("搜代码、名称"),
    namespace="teams",
    name="skill",
    form=record_form(
        Skill, ("name",)
    ),  # the catalogue asks for it by its code, which therefore stays
    new_form=record_form(Skill, ("name", "code")),
    by="code",
    edits=EDITS_SKILLS,
    everywhere=True,
    sample=samples.skill,
)
