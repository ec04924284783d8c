from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.web.forms import HouseForm, RadioTiles
from houqin.kernel.worktime.hours import hours_from
from houqin.kernel.worktime.timetable import BadIntervals

INTERVAL = re.compile(r"[\s,，;；、]+")
DASH = re.compile(r"\s*[-–—~～至到]+\s*")


class DayForm(HouseForm):
    """What one date is. Cleans to the keyword arguments of `set_day`, without the date."""

    working = forms.TypedChoiceField(
        label=_("这一天"),
        choices=[("yes", _("上班")), ("no", _("放假"))],
        coerce=lambda said: said == "yes",
        widget=RadioTiles(look="fill"),
    )
    name = forms.CharField(
        label=_("名称"), max_length=40, required=False, help_text=_("例如：春节、春节调休、园区停电。")
    )
    intervals = forms.CharField(
        label=_("工作时段"),
        max_length=120,
        required=False,
        help_text=_("不填就用平日的时段；例如 08:30–12:00 13:30–17:30，夜里到 24:00。"),
    )

    def clean_intervals(self) -> list[list[str]] | None:
        """The typed intervals as they are stored; None when nothing was typed."""
        text = DASH.sub("-", self.cleaned_data["intervals"].strip())
        if not text or self.cleaned_data.get("working") is False:
            return None
        pairs = [part.split("-") for part in INTERVAL.split(text) if part]
        try:
            hours_from(pairs)
        except BadIntervals as error:
            raise ValidationError(str(error)) from error
        return pairs


class NoticeForm(HouseForm):
    file = forms.FileField(
        label=_("放假安排文件"),
        widget=forms.FileInput({"accept": ".json,.csv,text/csv,application/json"}),
        help_text=_(
            "JSON（与 holiday-cn 的年度文件相同），或 CSV：第一行写“日期,名称,类型”，类型写“放假”或“上班”。"
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 1_000_000:
            raise ValidationError(_now("文件太大，一年的放假安排不会超过 1 MB。"))
        return file
