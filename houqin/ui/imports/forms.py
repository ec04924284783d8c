from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.platform.sheets.columns import ImportColumn
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import MAX_BYTES, read_tops
from houqin.ui.fields import HouseForm

PREFIX = "column_"


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


class MapForm(HouseForm):
    """Which head is which column in the file `target`. Cleans to the arguments of `map_import`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.target
        heads = [("", _now("不导入"))] + [(name, name) for name in file.columns]
        for column in file.declared.columns:
            self.fields[PREFIX + column.key] = forms.ChoiceField(
                label=str(column.label),
                help_text=str(column.hint),
                choices=heads,
                required=column.required,
                initial=file.mapping.get(column.key, ""),
                error_messages={
                    "required": _now("请指出哪一列是%(column)s。") % {"column": column.label}
                },
            )
        places = head_choices(file)
        if len(places) > 1:
            self.fields["head"] = forms.ChoiceField(
                label=_now("列名在哪一行"), choices=places, required=False
            )
            self.initial.setdefault("head", head_now(file, places))

    def pairs(self) -> Iterator[tuple[ImportColumn, BoundField]]:
        """Our columns with the choice of a head for each."""
        return ((column, self[PREFIX + column.key]) for column in self.target.declared.columns)

    def others(self) -> list[BoundField]:
        """What holds for the whole file."""
        return [field for field in self if not field.name.startswith(PREFIX)]

    def settings(self) -> dict[str, Any]:
        """What was chosen for the whole file, to be kept with it."""
        return {}

    @property
    def moved(self) -> bool:
        """Whether the heads are said to stand elsewhere, so that nothing else counts."""
        chosen, places = self.data.get("head"), head_choices(self.target)
        return chosen in dict(places) and chosen != head_now(self.target, places)

    def moved_to(self) -> dict[str, Any]:
        """The arguments of `map_import` for heads that stand elsewhere."""
        row, _colon, sheet = self.data["head"].partition(":")
        return {"mapping": {}, "settings": {}, "sheet": sheet, "head": int(row)}

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        columns = self.target.declared.columns
        mapping = {column.key: answers.get(PREFIX + column.key, "") for column in columns}
        mapping = {key: head for key, head in mapping.items() if head}
        self.check_together(mapping)
        return {"mapping": mapping, "settings": self.settings()}

    def check_together(self, mapping: dict[str, str]) -> None:
        """Add what is wrong with the choices as a whole."""


def head_now(file: ImportFile, places: list[tuple[str, str]]) -> str:
    """The row of the heads among `places`: the first where nobody and nothing said another one."""
    return f"{file.head}:{file.sheet}" if file.head else next((key for key, _words in places), "")


def head_choices(file: ImportFile) -> list[tuple[str, str]]:
    """The rows in which the heads may stand, of each sheet."""
    tops = read_tops(bytes(file.content))
    offered = []
    for sheet, rows in tops.items():
        for number, cells in rows:
            words = [str(cell).strip() for cell in cells if str(cell or "").strip()]
            if words:
                within = f"{sheet} · " if len(tops) > 1 else ""
                row = _now("第 %(row)d 行") % {"row": number}
                shown = " · ".join(words)[:60]
                offered.append((f"{number}:{sheet}", f"{within}{row} · {shown}"))
    return offered
