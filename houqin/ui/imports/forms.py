from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        for column in self.target.declared.columns:
            self.fields[PREFIX + column.key] = self._choice_for(column)
        places = head_choices(self.target)
        if len(places) > 1:
            self.fields["head"] = forms.ChoiceField(
                label=_now("列名在哪一行"), choices=places, required=False
            )
            self.initial.setdefault("head", head_now(self.target, places))

    def _choice_for(self, column: ImportColumn) -> forms.ChoiceField:
        """The heads of the file, of which one may be `column`."""
        heads = [("", _now("不导入"))] + [(name, name) for name in self.target.columns]
        missing = _now("请指出哪一列是%(column)s。") % {"column": column.label}
        return forms.ChoiceField(
            label=str(column.label),
            help_text=str(column.hint),
            choices=heads,
            required=column.required,
            initial=self.target.mapping.get(column.key, ""),
            error_messages={"required": missing},
        )

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
        mapping = self._mapping()
        self.check_together(mapping)
        return {"mapping": mapping, "settings": self.settings()}

    def _mapping(self) -> dict[str, str]:
        """The head that was chosen for each of our columns that has one."""
        keys = [column.key for column in self.target.declared.columns]
        heads = {key: self.cleaned_data.get(PREFIX + key, "") for key in keys}
        return {key: head for key, head in heads.items() if head}

    def check_together(self, mapping: dict[str, str]) -> None:
        """Add what is wrong with the choices as a whole."""


def head_now(file: ImportFile, places: list[tuple[str, str]]) -> str:
    """The row of the heads among `places`: the first where nobody and nothing said another one."""
    return f"{file.head}:{file.sheet}" if file.head else next((key for key, _words in places), "")


def head_choices(file: ImportFile) -> list[tuple[str, str]]:
    """The rows in which the heads may stand, of each sheet."""
    tops = read_tops(bytes(file.content))
    return [
        (
            f"{number}:{sheet}",
            f"{f'{sheet} · ' if len(tops) > 1 else ''}{_row_words(number, cells)}",
        )
        for sheet, rows in tops.items()
        for number, cells in rows
        if _words(cells)
    ]


def _row_words(number: int, cells: Iterable[Any]) -> str:
    """A row as one chooses it: 第 2 行 · 编号 · 名称."""
    row = _now("第 %(row)d 行") % {"row": number}
    return f"{row} · {_words(cells)[:60]}"


def _words(cells: Iterable[Any]) -> str:
    """What stands in a row, "" for an empty one."""
    texts = (str(cell or "").strip() for cell in cells)
    return " · ".join(text for text in texts if text)
