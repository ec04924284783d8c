from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.forms.entries import entry_choices
from houqin.desk.intake.mapping import zones
from houqin.kernel.clock.models import Grade
from houqin.ui.fields import HouseForm, PlaceField
from houqin.ui.imports import MapForm
from houqin.work.teams.models import Team

PREFIX = "column_"
CHOSEN = ("timezone", "dates", "entry", "grade", "strict", "repeats")
INSTEAD = _("没有这一列，或者某一行空着、认不出时用")
DATES = [
    ("ymd", _("年-月-日（2026-11-23）")),
    ("mdy", _("月/日/年（11/23/2026）")),
    ("dmy", _("日/月/年（23/11/2026）")),
]


class TeamsForm(HouseForm):
    """Which team is which; `target` is a preview with the groups of the file. Cleans to settings."""

    title = _("班组对应")
    words = _("原系统的班组是我们的哪一个；对上以后，按班组的数字算得进去")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [
            (0, _now("不对应")),
            *Team.objects.order_by("name", "pk").values_list("pk", "name"),
        ]
        for nth, group in enumerate(self.groups):
            self.fields[f"group_{nth}"] = forms.TypedChoiceField(
                label=group.words,
                choices=teams,
                coerce=int,
                initial=group.team.pk if group.team else 0,
                help_text=_now("%(times)s 件") % {"times": group.times},
            )

    @cached_property
    def groups(self) -> list[Any]:
        return list(self.target.groups)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        teams = {
            group.words: cleaned[f"group_{nth}"]
            for nth, group in enumerate(self.groups)
            if f"group_{nth}" in cleaned
        }
        return {"settings": {"teams": self.target.teams | teams}}


class DemandMapForm(MapForm):
    """Also asks what holds for the whole file."""

    timezone = forms.ChoiceField(
        label=_("表中时间的时区"), help_text=_("时间自己带时区的，以它为准")
    )
    dates = forms.ChoiceField(label=_("日期写法"), choices=DATES)
    entry = forms.ChoiceField(label=_("默认服务项"), required=False, help_text=INSTEAD)
    place = PlaceField(label=_("默认地点"), required=False, help_text=INSTEAD)
    grade = forms.ChoiceField(label=_("默认分级"), required=False)
    strict = forms.BooleanField(
        label=_("表里的服务项、地点、分级认不出时算错误（不勾选则用默认值，原文写进说明）"),
        required=False,
    )
    repeats = forms.BooleanField(label=_("外部编号重复的行也导入"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.target.settings
        self._offer("timezone", [(zone, zone) for zone in zones()])
        self._offer("entry", entry_choices())
        self._offer("grade", [("", _now("按服务项的默认")), *Grade.choices])
        self.fields["place"].offer()  # type: ignore[attr-defined]
        self.fields["place"].to_field_name = None  # type: ignore[attr-defined]
        for name in CHOSEN:
            self.initial.setdefault(name, chosen.get(name, ""))
        self.initial.setdefault("place", chosen.get("place_pk", ""))

    def settings(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        place = cleaned.get("place")
        chosen = {name: cleaned.get(name, "") for name in CHOSEN}
        return chosen | {
            "place": place.code if place else "",
            "place_pk": place.pk if place else None,
        }

    def check_together(self, mapping: dict[str, str]) -> None:
        if "title" not in mapping and "body" not in mapping:
            self.add_error(PREFIX + "title", _now("请指出哪一列是标题或内容。"))
        for key, words in (
            ("entry", _now("请选默认服务项，或指出哪一列是服务项。")),
            ("place", _now("请选默认地点，或指出哪一列是地点。")),
        ):
            if not self.cleaned_data.get(key) and key not in mapping:
                self.add_error(key, words)

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
