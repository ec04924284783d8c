from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.ui.fields import HouseForm

MAX_BYTES = 10 * 1024 * 1024


class BookForm(HouseForm):
    upload = forms.FileField(
        label=_("填好的工作簿"),
        help_text=_("xlsx 或 xls，不超过 10 MB；上传后先看预览，还不会写入。"),
        widget=forms.FileInput({"accept": ".xlsx,.xls"}),
        error_messages={
            "required": _("请选择文件。"),
            "empty": _("文件是空的，请选择有内容的工作簿。"),
        },
    )

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_now("文件超过 10 MB，请分几个再导入。"))
        return upload
