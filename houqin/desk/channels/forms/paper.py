from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.channels.forms.behalf import BehalfForm
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm, received

MOST_SCANS = 20


class ScanInput(forms.FileInput):
    """Several scans at once."""

    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Pictures and PDF, each one paper form. Cleans to a list of `Received`."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        if len(files) > MOST_SCANS:
            raise ValidationError(_now("一次最多 %(most)s 张，请分几次放。") % {"most": MOST_SCANS})
        scans = [received(super(ScansField, self).clean(file, initial)) for file in files]
        for scan in scans:
            if not scan.thumb and scan.mime != "application/pdf":
                raise ValidationError(_now("“%(name)s”不是照片或 PDF。") % {"name": scan.name})
        return scans


class ScansForm(HouseForm):
    scans = ScansField(
        label=_("纸单的照片或扫描件"),
        help_text=_("一个文件是一张纸单；一次可选多个，JPEG、PNG 或 PDF。"),
        widget=ScanInput({"accept": "image/*,application/pdf"}),
        error_messages={
            "required": _("请选择扫描件。"),
            "empty": _("这个文件是空的，请重新扫描。"),
        },
    )


class PaperDemandForm(BehalfForm):
    """What a paper form says, and the date that stands on it."""

    dated = forms.DateField(
        label=_("纸单日期"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填纸单上写的日期。"), "invalid": _("请填一个日期。")},
    )

    def clean_dated(self) -> date:
        dated: date = self.cleaned_data["dated"]
        if dated > localtime(now()).date():
            raise ValidationError(_now("这个日期还没有到，请按纸单上写的填。"))
        if dated.year < 2000:
            raise ValidationError(_now("年份不对，请按纸单上写的填。"))
        return dated
