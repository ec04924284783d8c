from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.ui.imports import UploadForm


class BookForm(UploadForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.label = _("填好的工作簿")
        upload.help_text = _("xlsx 或 xls，不超过 20 MB；上传后先看预览，还不会写入。")
        upload.widget.attrs["accept"] = ".xlsx,.xls"
