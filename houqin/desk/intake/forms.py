from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.forms.entries import entry_choices
from houqin.desk.intake.mapping import FIELDS, NEEDED, Field, zones
from houqin.kernel.clock.models import Grade
from houqin.platform.sheets.reading import MAX_BYTES
from houqin.ui.fields import HouseForm, PlaceField
from houqin.work.teams.models import Team

PREFIX = "column_"
INSTEAD = _("没有这一列，或者某一行空着、认不出时用")
DATES = [
    ("ymd", _("年-月-日（2026-11-23）")),
    ("mdy", _("月/日/年（11/23/2026）")),
    ("dmy", _("日/月/年（23/11/2026）")),
]


class UploadForm(HouseForm):
    upload = forms.FileField(
        label=_("表格文件"),
        help_text=_("CSV、xlsx 或 xls，第一行是列名；不超过 20 MB、10 万行。"),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,.xls"}),
        error_messages={
            "required": _("请选择文件。"),
            "empty": _("文件是空的，请选择有内容的表格。"),
        },
    )

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_now("文件超过 20 MB，请拆成几个再导入。"))
        return upload


class TeamsForm(HouseForm):
    """Which team is which; `target` are the groups of the file. Cleans to the arguments of `map_teams`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [
            (0, _now("不对应")),
            *Team.objects.order_by("name", "pk").values_list("pk", "name"),
        ]
        for nth, group in enumerate(self.target):
            self.fields[f"group_{nth}"] = forms.TypedChoiceField(
                label=group.words,
                choices=teams,
                coerce=int,
                initial=group.team.pk if group.team else 0,
                help_text=_now("%(times)s 件") % {"times": group.times},
            )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "teams": {
                group.words: said[f"group_{nth}"]
                for nth, group in enumerate(self.target)
                if f"group_{nth}" in said
            }
        }


class MapForm(HouseForm):
    """Which column is what in the file `target`. Cleans to the arguments of `map_import`."""

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
        columns = [("", _now("不导入"))] + [(name, name) for name in self.target.columns]
        for one in FIELDS:
            required = one.key == NEEDED
            self.fields[PREFIX + one.key] = forms.ChoiceField(
                label=str(one.label),
                help_text=str(one.hint),
                choices=columns,
                required=required,
                initial=self.target.mapping.get(one.key, ""),
                error_messages={"required": _now("请指出哪一列是提交时间。")},
            )
        self._offer("timezone", [(zone, zone) for zone in zones()])
        self._offer("entry", entry_choices())
        self._offer("grade", [("", _now("按服务项的默认")), *Grade.choices])
        self.fields["place"].offer()  # type: ignore[attr-defined]
        self.fields["place"].to_field_name = None  # type: ignore[attr-defined]
        for name in ("timezone", "dates", "entry", "grade", "strict", "repeats"):
            self.initial.setdefault(name, chosen.get(name, ""))
        self.initial.setdefault("place", chosen.get("place_pk", ""))

    def pairs(self) -> Iterator[tuple[Field, BoundField]]:
        """Our fields with the choice of a column for each."""
        return ((one, self[PREFIX + one.key]) for one in FIELDS)

    def others(self) -> Iterator[BoundField]:
        """What holds for the whole file."""
        return (field for field in self if not field.name.startswith(PREFIX))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        mapping = {one.key: said.get(PREFIX + one.key, "") for one in FIELDS}
        if not mapping["title"] and not mapping["body"]:
            self.add_error(PREFIX + "title", _now("请指出哪一列是标题或内容。"))
        for key, words in (
            ("entry", _now("请选默认服务项，或指出哪一列是服务项。")),
            ("place", _now("请选默认地点，或指出哪一列是地点。")),
        ):
            if not said.get(key) and not mapping[key]:
                self.add_error(key, words)
        place = said.get("place")
        names = ("timezone", "dates", "entry", "grade", "strict", "repeats")
        settings = {name: said.get(name, "") for name in names}
        settings |= {"place": place.code if place else "", "place_pk": place.pk if place else None}
        return {
            "mapping": {key: column for key, column in mapping.items() if column},
            "settings": settings,
        }

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
