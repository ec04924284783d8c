from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import SAYINGS, sentence_of
from houqin.ui.fields import YEARS, HouseForm


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class AuditForm(HouseForm):
    """What an auditor looks for; everything may be left out."""

    who = forms.CharField(
        label=_("谁做的"), max_length=60, required=False, help_text=_("姓名或工号的一部分。")
    )
    what = forms.CharField(
        label=_("对什么"),
        max_length=60,
        required=False,
        help_text=_("需求号、工单号、工号、地点或部门的编码。"),
    )
    event = forms.ChoiceField(label=_("做了什么"), required=False)
    since = _day(_("从哪天"))
    until = _day(_("到哪天"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted((sentence_of(name, {}), name) for name in SAYINGS)
        event: Any = self.fields["event"]
        event.choices = [
            ("", _now("不限")),
            *((name, f"{words} · {name}") for words, name in names),
        ]

    def clean_since(self) -> date | None:
        return self._in_range("since")

    def clean_until(self) -> date | None:
        return self._in_range("until")

    def _in_range(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(_now("请填 2000 年以后的日期。"))
        return day
