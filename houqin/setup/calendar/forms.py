from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.places.models import Place
from houqin.kernel.worktime.hours import hours_from, hours_stored
from houqin.kernel.worktime.models import DEFAULT_ZONE, Schedule
from houqin.kernel.worktime.timetable import BadIntervals
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.ui.formatting import WEEKDAYS

INTERVAL = re.compile(r"[\s,，;；、]+")
DASH = re.compile(r"\s*[-–—~～至到]+\s*")


def read_intervals(typed: str) -> list[list[str]]:
    """Intervals as people write them, 8:30-12:00 13:30—17:30, as they are stored; [] for nothing.

    Raises ValidationError with what is wrong.
    """
    pairs = [part.split("-") for part in INTERVAL.split(DASH.sub("-", typed.strip())) if part]
    try:
        return hours_stored(hours_from(pairs))
    except BadIntervals as error:
        raise ValidationError(str(error)) from error


class DayForm(HouseForm):
    """What one date is. Cleans to the keyword arguments of `set_day`, without the date."""

    working = forms.TypedChoiceField(
        label=_("这一天"),
        choices=[("yes", _("上班")), ("no", _("放假"))],
        coerce=lambda choice: choice == "yes",
        widget=RadioTiles(look="fill"),
    )
    name = forms.CharField(
        label=_("名称"),
        max_length=40,
        required=False,
        help_text=_("例如：春节、春节调休、园区停电。"),
    )
    intervals = forms.CharField(
        label=_("工作时段"),
        max_length=120,
        required=False,
        help_text=_("不填就用平日的时段；例如 08:30–12:00 13:30–17:30，夜里到 24:00。"),
    )

    def clean_intervals(self) -> list[list[str]] | None:
        """The typed intervals as they are stored; None when nothing was typed."""
        typed = self.cleaned_data["intervals"]
        return None if self.cleaned_data.get("working") is False else read_intervals(typed) or None


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


class ScheduleForm(HouseForm):
    """A schedule; cleans to the keyword arguments of `save_schedule`. `target` is the one that is changed."""

    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("例如：总部作息、厂区两班。")
    )
    base = forms.ModelChoiceField(
        label=_("节假日随哪个日历"),
        queryset=Schedule.objects.order_by("pk"),
        required=False,
        empty_label=_("不随任何日历，全年按下面的时段"),
    )
    timezone = forms.CharField(label=_("时区"), max_length=40, initial=DEFAULT_ZONE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, label in enumerate(WEEKDAYS):
            self.fields[f"day_{day}"] = forms.CharField(
                label=label,
                max_length=120,
                required=False,
                widget=forms.TextInput({"placeholder": "08:30–12:00 13:30–17:30"}),
            )
        if self.target:
            base: Any = self.fields["base"]
            base.queryset = base.queryset.exclude(pk__in=self.target.family().values("pk"))
            if self.target.published_through is not None:
                base.empty_label = _("自己保存每年的放假安排")

    @property
    def head(self) -> list[forms.BoundField]:
        return [self["name"], self["base"], self["timezone"]]

    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in range(7)]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if (
            Schedule.objects.filter(name=name)
            .exclude(pk=self.target.pk if self.target else 0)
            .exists()
        ):
            raise ValidationError(_now("已有同名的作息，请换一个名称。"))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week: dict[str, Any] = {}
        for day in range(7):
            try:
                hours = read_intervals(cleaned.pop(f"day_{day}", ""))
            except ValidationError as error:
                self.add_error(f"day_{day}", error)
            else:
                week |= {str(day): hours} if hours else {}
        cleaned["week"] = week
        if not self.errors:
            self._try(cleaned)
        return cleaned

    def _try(self, cleaned: dict[str, Any]) -> None:
        """What the schedule itself finds wrong with this: an unknown zone, no working time at all."""
        tried = Schedule(pk=self.target.pk if self.target else None, **cleaned)
        try:
            tried.clean()
        except ValidationError as error:
            for field, problems in error.message_dict.items():
                self.add_error("day_0" if field == "week" else field, problems)


class PlaceOfScheduleForm(HouseForm):
    place = forms.ModelChoiceField(
        label=_("给一个地点"),
        queryset=Place.objects.in_use(),
        empty_label=_("请选择地点"),
        help_text=_("它下面没有另设作息的地点都用这个作息；已经开始的时限不变。"),
    )
