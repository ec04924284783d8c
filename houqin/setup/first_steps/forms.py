from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.kernel.policies.registry import OrganisationKind
from houqin.setup.directory.fields import username_field
from houqin.setup.first_steps.actions import FIRST_POSTS
from houqin.ui.fields import HouseForm, RadioTiles

WHAT: Final = {
    Role.MANAGER: _("管业务：受理、派工、标准、报表，看全部园区。"),
    Role.SYSTEM_ADMIN: _("管系统：地点、部门、人员账号、日历、运行状况；不办业务。"),
    Role.SECURITY_ADMIN: _("管授权：谁有什么角色；不能给自己授权，不办业务。"),
    Role.AUDITOR: _("管审计：看所有人做过的每一步；什么都不能改。"),
}
USUAL: Final = {
    Role.MANAGER: "manager", Role.SYSTEM_ADMIN: "sysadmin", Role.SECURITY_ADMIN: "secadmin",
    Role.AUDITOR: "auditor",
}  # fmt: skip


class SetupCodeForm(HouseForm):
    code = forms.CharField(
        label=_("设置码"),
        max_length=60,
        help_text=_(
            "启动程序的窗口里打印的那一串；只能用一次，丢了就再运行一次 manage.py setup_link。"
        ),
        validators=[RegexValidator(r"^[\w-]+$", _("设置码只有字母、数字、横线和下划线。"))],
    )


class HouseFoundingForm(HouseForm):
    """Cleans to the keyword arguments of `found_house`."""

    name = forms.CharField(
        label=_("单位名称"), max_length=60, help_text=_("例如：滨江科创集团后勤服务中心。")
    )
    kind = forms.ChoiceField(
        label=_("单位类型"),
        choices=OrganisationKind.choices,
        widget=RadioTiles(look="fill"),
        help_text=_("归档、催办等规定按类型预设，以后可以在“规定”里修改。"),
    )
    language = forms.ChoiceField(label=_("默认语言"), choices=settings.LANGUAGES, widget=RadioTiles)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in FIRST_POSTS:
            self.fields[f"{role}_name"] = forms.CharField(label=_("姓名"), max_length=40)
            self.fields[f"{role}_username"] = username_field()
            self.initial.setdefault(f"{role}_username", USUAL[role])
        self.initial.setdefault("kind", OrganisationKind.ENTERPRISE)
        self.initial.setdefault("language", settings.LANGUAGE_CODE)

    @property
    def head(self) -> list[BoundField]:
        return [self["name"], self["kind"], self["language"]]

    def posts(self) -> Iterator[tuple[Any, Any, list[BoundField]]]:
        """Each first post with what it is for and its fields."""
        for role in FIRST_POSTS:
            yield role.label, WHAT[role], [self[f"{role}_name"], self[f"{role}_username"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for role in FIRST_POSTS:
            username = cleaned.get(f"{role}_username", "").lower()
            if username and username in seen:
                self.add_error(
                    f"{role}_username", _now("四个人的工号各不相同：三员和主管互不兼任。")
                )
            seen.add(username)
        people = {
            role: (cleaned.get(f"{role}_username", ""), cleaned.get(f"{role}_name", ""))
            for role in FIRST_POSTS
        }
        return {key: cleaned.get(key) for key in ("name", "kind", "language")} | {"people": people}
